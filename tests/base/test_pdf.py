import zlib

import pytest

from base.pdf import pdf


DATA = {
    "title": "Récépissé",
    "reference": "n° 12",
    "facts": [["Déposée le", "12 septembre 2026"]],
    "sections": [["Problème", "Ligne 1\nLigne 2\n\nUn autre paragraphe"]],
}


def test_a_document_is_an_accessible_pdf_with_its_title():
    document = pdf("specimen", **DATA)

    assert document.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert "Récépissé".encode() in document


def test_the_same_data_make_the_same_document():
    assert pdf("specimen", **DATA) == pdf("specimen", **DATA)


@pytest.mark.parametrize(
    "text", ['#panic("x")', "= Titre", "*gras* $x$ <b>", "\\", '"', "]", "\u2028", "𝔘"]
)
def test_the_words_of_a_person_are_never_markup(text):
    document = pdf("specimen", **DATA | {"title": text, "sections": [[text, text]]})

    assert document.startswith(b"%PDF")


def test_a_document_holds_what_it_was_given():
    """The letters are there as glyphs: two texts that differ make two documents."""
    other = DATA | {"sections": [["Problème", "Tout autre chose"]]}

    assert zlib.crc32(pdf("specimen", **DATA)) != zlib.crc32(pdf("specimen", **other))
