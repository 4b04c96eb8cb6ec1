"""RELIABILITY A-44: what a file is, by its content; what is refused, in a sentence."""

import unicodedata

import pytest

from base.lifecycle import Refused
from calls import files
from tests.calls.papers import DOCX, GOOD, ODT, PDF, PNG, archive, office, upload


@pytest.mark.parametrize("name", GOOD)
def test_the_documented_kinds_are_taken(name):
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")

    assert files.type_of(upload(name, GOOD[name]), name) == files.TYPES[kind]


BOMB = archive(("mimetype", ""), *[(f"{n}.xml", bytes(21 * 1024 * 1024)) for n in range(5)])
CROWD = archive(*[(f"{n}.xml", "") for n in range(2001)])
ENCRYPTED = DOCX[:6] + b"\x01" + DOCX[7:]
ENCRYPTED = ENCRYPTED.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
BAD = {
    "empty": ("note.pdf", b"", "vide"),
    "too big": ("note.pdf", PDF + bytes(10 * 1024 * 1024), "dépasse 10 Mo"),
    "not admitted": ("page.html", b"<script>alert(1)</script>", "n’est pas admis"),
    "drawing with scripts": ("dessin.svg", b"<svg onload='x'/>", "n’est pas admis"),
    "program": ("note.exe", b"MZ" + bytes(50), "n’est pas admis"),
    "double extension": ("note.pdf.exe", PDF, "n’est pas admis"),
    "page in disguise": ("note.pdf", b"<html><script>x</script>", "n’est pas celui d’un fichier"),
    "program in disguise": ("note.docx", b"MZ" + bytes(50), "n’est pas celui d’un fichier"),
    "picture in disguise": ("note.pdf", PNG, "n’est pas celui d’un fichier"),
    "odt in disguise": ("note.docx", ODT, "n’est pas celui d’un fichier"),
    "plain archive": ("note.docx", archive(("a.txt", "x")), "n’est pas celui d’un fichier"),
    "bomb": ("note.odt", BOMB, "volume démesuré"),
    "crowd": ("note.docx", CROWD, "trop d’éléments"),
    "secret": ("note.docx", ENCRYPTED, "mot de passe"),
    "way out": ("note.docx", office("word/document.xml", ("../../x", "x")), "en dehors"),
    "absolute": ("note.docx", office("word/document.xml", ("/etc/x", "x")), "en dehors"),
    "macros": ("note.docx", office("word/document.xml", ("word/vbaProject.bin", "x")), "macros"),
    "cut": ("note.docx", DOCX[: len(DOCX) // 2], "abîmé"),
    "broken inside": ("note.odt", ODT[:60] + b"\xff" * 8 + ODT[68:], "abîmé"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_dangerous_or_disguised_is_refused_with_a_sentence(case):
    name, content, sentence = BAD[case]

    with pytest.raises(Refused, match=sentence):
        files.type_of(upload(name, content), name)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\note.pdf", "note.pdf"),
        ("note\u202efdp.exe.pdf", "notefdp.exe.pdf"),
        ("no\x00te\r\nBcc: x.pdf", "noteBcc x.pdf"),
        ("  e\u0301tude  de   cas .pdf", "étude de cas .pdf"),
        ("...pdf", None),
        (".htaccess", None),
        ("note", None),
        ("", None),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ('a"<b>|?*.pdf', "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("COM¹.pdf", "_COM¹.pdf"),
        ("Console.pdf", "Console.pdf"),
        ("\ufeff\u200bnote\u2066.pdf", "note.pdf"),
        ("note.pdf\u2028", "note.pdf"),
        ("..\\..\\windows\\note.pdf", "note.pdf"),
        ("\U0001f41f" * 119 + ".pdf", "\U0001f41f" * 59 + ".pdf"),
        ("note.pdf. . ", "note.pdf"),
    ],
)
def test_a_name_is_a_name_and_never_a_path(given, kept):
    if kept is None:
        with pytest.raises(Refused, match="pas d’extension"):
            files.name_of(given)
    else:
        assert files.name_of(given) == kept
        assert files.name_of(kept) == kept


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_has_one_form_whatever_computer_wrote_it(form):
    assert files.name_of(unicodedata.normalize(form, "étude.pdf")) == "étude.pdf"
