"""What may tell whose a dossier is, found by comparison with its people, and how it is masked."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


MASK = "[masqué]"  # the same in every language, as a snapshot keeps it
TITLE = 300  # characters: a snapshot's title holds no more
SHORTEST = 3  # a shorter name would be found everywhere
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[ .\-\u00a0]?[1-9](?:[ .\-\u00a0]?\d{2}){4}(?!\d)")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]+")
CIVILITY = re.compile(
    r"\b(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame)[ \u00a0][A-ZÀ-Ý][\w’'-]+"
    r"(?:[ \u00a0][A-ZÀ-Ý][\w’'-]+)*"
)
PATTERNS = [
    (ADDRESS, _("adresse électronique")),
    (PHONE, _("numéro de téléphone")),
    (LINK, _("adresse d’un site")),
    (CIVILITY, _("personne nommée")),
]


@dataclass(frozen=True)
class Trace:
    """A passage that may tell whose the dossier is, and why it is thought so."""

    passage: str
    why: str


def words_of(subject):
    """(word, why) pairs: the names of its people, of their services, their acronyms."""
    found = {}
    for person, _why in subject.interested_people():
        for word in [person.email, str(person), person.last_name, person.first_name]:
            found.setdefault(word, _("personne liée au dossier"))
    for name in subject.applicant_names():
        found.setdefault(name, _("personne liée au dossier"))
    for service in subject.services():
        for word in [service.name, service.acronym]:
            found.setdefault(word, _("service qui porte le dossier"))
    return [(word, why) for word, why in found.items() if len(word) >= SHORTEST]


def spans(text, words):
    """(start, end, why) of what may tell, in the order of the text, none within another."""
    found = [
        (*match.span(), why)
        for word, why in words
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    ]
    found += [(*match.span(), why) for pattern, why in PATTERNS for match in pattern.finditer(text)]
    kept, last = [], 0
    for start, end, why in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= last:
            kept.append((start, end, why))
            last = end
    return kept


def traces(snapshot, words):
    """The Traces of a snapshot's title and sections, each passage once, as they come."""
    found = {}
    for text in texts_of(snapshot):
        for start, end, why in spans(text, words):
            found.setdefault(text[start:end], why)
    return [Trace(passage, why) for passage, why in found.items()]


def marked(text, words):
    """The text cut into (piece, why or nothing), for a page to show what may tell."""
    pieces, last = [], 0
    for start, end, why in spans(text, words):
        pieces += [(text[last:start], ""), (text[start:end], why)]
        last = end
    return [(piece, why) for piece, why in [*pieces, (text[last:], "")] if piece]


def without(snapshot, passages):
    """(title, sections) with each passage masked, the longest first."""
    longest = sorted(set(passages), key=lambda passage: (-len(passage), passage))

    def masked(text):
        for passage in longest:
            text = text.replace(passage, MASK)
        return text

    sections = [(masked(heading), masked(text)) for heading, text in snapshot.sections]
    return masked(snapshot.title)[:TITLE], sections


def holds(snapshot, passage):
    return any(passage in text for text in texts_of(snapshot))


def texts_of(snapshot):
    yield snapshot.title
    for heading, text in snapshot.sections:
        yield heading
        yield text
