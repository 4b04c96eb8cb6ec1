"""Every document that the portal makes is an accessible PDF (PDF/UA-1), read back as a file."""

import io
import re

import pytest
from django.utils import translation
from pypdf import PdfReader

from base.pdf import FOLDER, pdf
from committees.models import Minutes
from committees.pack import printed_for
from tests.base.test_pdf import DATA
from tests.committees.room import room_of
from tests.factories import AgendaItemFactory, ApplicationFactory, SittingFactory, UserFactory


LEGAL = {
    "receipt_service": "Mission innovation de la préfecture",
    "receipt_contact": "1 place de la République\n30000 Nîmes\n04 66 00 00 00",
    "silence": "rejection",
    "silence_months": 2,
    "legal_notice": "Recours dans les deux mois devant le tribunal administratif de Nîmes.",
}


def receipt():
    application = ApplicationFactory(**{f"call__{name}": value for name, value in LEGAL.items()})
    return application.deposit(by=application.author)


def minutes():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    room.vote(ballot, ["for", "for", "against"])
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.chair.user)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)
    return Minutes.generate(by=room.secretary.user, sitting=room.sitting)


def convened():
    item = AgendaItemFactory(sitting=SittingFactory())
    item.sitting.convene(by=UserFactory(staff=True))
    return item.sitting


FROZEN = {
    "title": "Votre candidature est retenue",
    "reference": "a1b2",
    "facts": [["Date", "1er février 2027"]],
    "sections": [["Décision", "Candidature retenue."]],
}


# What prepares each document, then what makes it: the reader's language is asked for at the making.
PAPERS = {
    "receipt": (receipt, lambda receipt: pdf("receipt", **receipt.printed())),
    "minutes": (minutes, lambda its: pdf("minutes", **its.printed_for(UserFactory(staff=True)))),
    "pack": (convened, lambda sitting: pdf("pack", **printed_for(sitting, sitting.convened_by))),
    "frozen": (lambda: FROZEN, lambda words: pdf("frozen", **words)),
    "specimen": (lambda: DATA, lambda data: pdf("specimen", **data)),
}


def elements(node):
    """The tree of tags, depth first: each element as pypdf reads it."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K", []))


def words_of(document):
    text = " ".join(page.extract_text() for page in document.pages)
    return re.sub(r"\s+", " ", text)


def made(name, lang="fr"):
    prepare, make = PAPERS[name]
    its = prepare()
    with translation.override(lang):
        return PdfReader(io.BytesIO(make(its)))


def test_every_document_is_looked_at():
    assert set(PAPERS) == {path.stem for path in FOLDER.glob("*.typ")} - {"style"}


@pytest.mark.parametrize(("lang", "said"), [("fr", "fr-FR"), ("en", "en")])
@pytest.mark.parametrize("name", PAPERS)
def test_a_document_is_tagged_titled_and_in_its_reader_s_language(name, lang, said):
    document = made(name, lang)
    catalogue = document.trailer["/Root"]
    tags = list(elements(catalogue["/StructTreeRoot"]))
    headings = [tag["/S"] for tag in tags if re.fullmatch("/H[1-6]", tag["/S"])]

    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == said
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert document.metadata.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in document.xmp_metadata.rdf_root.toxml()
    assert headings[0] == "/H1" and headings.count("/H1") == 1
    assert "/H2" in headings and "/P" in {tag["/S"] for tag in tags}
    assert all(int(b[2]) - int(a[2]) <= 1 for a, b in zip(headings, headings[1:], strict=False))


@pytest.mark.parametrize("name", ["receipt", "minutes"])
def test_what_was_frozen_in_french_is_said_to_be_in_french(name):
    tags = elements(made(name, "en").trailer["/Root"]["/StructTreeRoot"])

    assert "fr-FR" in {tag.get("/Lang") for tag in tags}


def test_the_receipt_on_paper_says_everything_that_the_page_says():
    given = receipt()

    text = words_of(PdfReader(io.BytesIO(pdf("receipt", **given.printed()))))

    sections = [word for pair in given.snapshot.sections for word in pair]
    said = [*LEGAL["receipt_contact"].split("\n"), LEGAL["receipt_service"], LEGAL["legal_notice"]]
    facts = [given.number, given.stated_at, given.snapshot.digest, given.depositor]
    for expected in [*said, *facts, given.silence_text, given.call_title, *sections]:
        assert re.sub(r"\s+", " ", expected) in text


def test_the_minutes_on_paper_say_their_hash_their_sections_and_who_signed():
    given = minutes()
    given.sign(by=given.sitting.committee.seats.get(capacity="chair").user)

    reader = UserFactory(staff=True)
    text = words_of(PdfReader(io.BytesIO(pdf("minutes", **given.printed_for(reader)))))

    signature = given.signatures.get().sentence
    headings = [heading for heading, _text in given.sections_for(reader)]
    for expected in [given.snapshot.digest, signature, *headings]:
        assert re.sub(r"\s+", " ", expected) in text
