"""Two versions of a dossier, section by section."""

from collections import Counter
from typing import NamedTuple

from base.difference import Kind, difference


class Compared(NamedTuple):
    """A section of either version: its heading and the parts of its text."""

    heading: str
    parts: list

    @property
    def changed(self):
        return any(part.kind != Kind.SAME for part in self.parts)


def compared(before, after):
    """The sections of two versions, (heading, text) pairs each, in the order of the latter.

    What only the former has comes last. A heading used twice is matched in its order.
    """
    former, latter = _numbered(before), _numbered(after)
    return [
        Compared(key[0], difference(former.get(key, ""), latter.get(key, "")))
        for key in dict.fromkeys([*latter, *former])
    ]


def contents(title, sections):
    """A version as pairs, its title among them."""
    return [("", str(title)), *((str(heading), str(text)) for heading, text in sections)]


def _numbered(pairs):
    seen, numbered = Counter(), {}
    for heading, text in pairs:
        seen[heading] += 1
        numbered[heading, seen[heading]] = text
    return numbered
