"""What changed between two texts, word by word, for someone who reads both at once."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple


TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Part(NamedTuple):
    """A piece of text: of both (`same`), of the former alone (`gone`), of the latter (`new`)."""

    kind: Kind
    text: str


def difference(before, after):
    """The parts that make both texts: all but the new are the former, all but the gone the latter.

    Line by line first, then word by word where lines differ; what is gone stands before what
    replaced it.
    """
    changes = []
    for gone, new in _pairs(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if gone == new:
            changes.append((gone, new))
        else:
            changes += _joined(_pairs(TOKEN.findall(gone), TOKEN.findall(new)))
    return [*_parts(changes)]


def _pairs(before, after):
    """The runs of two lists, joined: (same, same), or (gone, new) where they differ."""
    matcher = SequenceMatcher(None, before, after)
    return [
        ("".join(before[a:b]), "".join(after[c:d])) for _tag, a, b, c, d in matcher.get_opcodes()
    ]


def _joined(pairs):
    """The pairs, with two changes made one where no word but a space or a comma parts them."""
    joined = []
    for number, (gone, new) in enumerate(pairs):
        inside = 0 < number < len(pairs) - 1
        bridge = gone == new and inside and not re.search(r"\w", gone)
        if joined and (bridge or joined[-1][2] and gone != new):
            joined[-1] = (joined[-1][0] + gone, joined[-1][1] + new, True)
        else:
            joined.append((gone, new, gone != new))
    return [(gone, new) for gone, new, _changed in joined]


def _parts(changes):
    for same, group in groupby(changes, key=lambda change: change[0] == change[1]):
        pairs = list(group)
        gone, new = "".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)
        if same:
            yield Part(Kind.SAME, gone)
        else:
            yield from (Part(k, text) for k, text in [(Kind.GONE, gone), (Kind.NEW, new)] if text)
