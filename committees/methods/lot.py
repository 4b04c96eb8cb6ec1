"""A lot that anyone can draw again: the SHA-256 of a seed, sealed before the vote, and of a name.

The hash of the seed is shown from the opening of the vote, the seed itself at its end, so that
nobody chose it knowing the votes.
"""

from hashlib import sha256


def drawn(seed, names):
    """The names in the order of the lot: by the SHA-256 (hex) of « seed:name »."""
    return sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())
