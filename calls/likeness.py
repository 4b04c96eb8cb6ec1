"""How alike two texts are, and where to look for those that are, without reading them all.

A text is the set of its stems. The likeness of two is the share of the stems that they have in
common (Jaccard). MinHash finds candidates by an index: for each of many shuffles of all words, the
first word of two texts is the same as often as they are alike; a band is the first words of ROWS
shuffles together. Two texts that share a third of their stems have one band or more of the BANDS in
common nine times out of ten, two unrelated ones one time out of thirty (Broder, 1997; Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
"""

from random import Random
from zlib import crc32

from calls.stems import stems


ROWS, BANDS = 3, 64
ALIKE = 0.35
SHORTEST = 4  # letters: « le », « est » and « nous » are in every text
PRIME = 2**61 - 1
COMMON = set(
    stems("cette leur leurs notre votre avec dans pour sans plus tout toute chaque").split()
)
_random = Random(2026)  # noqa: S311  (the same shuffles for ever: they are stored)
SHUFFLES = [
    (_random.randrange(1, PRIME), _random.randrange(PRIME)) for _number in range(ROWS * BANDS)
]


def words_of(text):
    """The stems of a text as sorted numbers of 31 bits."""
    kept = {stem for stem in stems(text).split() if len(stem) >= SHORTEST} - COMMON
    return sorted({crc32(stem.encode()) >> 1 for stem in kept})


def bands_of(words):
    """The BANDS of a set of words, each a number of 31 bits; none for no word."""
    if not words:
        return []
    firsts = [min((a * word + b) % PRIME for word in words) for a, b in SHUFFLES]
    starts = range(0, len(firsts), ROWS)
    return [crc32(f"{start}:{firsts[start : start + ROWS]}".encode()) >> 1 for start in starts]


def likeness(one, other):
    """From 0, nothing in common, to 1, the same words."""
    one, other = set(one), set(other)
    return len(one & other) / len(one | other) if one or other else 0
