"""Who may decide on one item, at one instant: a pure account of seats, presences and proxies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True)
class Assembly:
    """The seats of a committee before one item: who is there, who is represented, by whom.

    Décret n° 2006-672: art. 10 (one proxy per holder), art. 11 (quorum), art. 13 (whoever has an
    interest takes no part). Seats are told apart by their keys.
    """

    composition: frozenset
    present: frozenset
    represented: Mapping = field(default_factory=dict)  # the seat that is away → who votes for it
    quorum_percent: int = 50

    @classmethod
    def gather(cls, *, composition, attending, proxies=(), out=(), quorum_percent=50):
        """Of (principal, holder) pairs, keep those that serve on this item.

        A proxy serves when its principal is a voting seat, neither here nor out, and its holder is
        here and not out; the first one only for each holder.
        """
        composition = frozenset(composition)
        present = composition & frozenset(attending) - frozenset(out)
        away = composition - frozenset(attending) - frozenset(out)
        represented = {}
        for principal, holder in proxies:
            if principal in away and holder in present and holder not in represented.values():
                represented.setdefault(principal, holder)
        return cls(composition, present, represented, quorum_percent)

    @property
    def electors(self):
        """The seats whose vote is awaited, their own or by proxy."""
        return self.present | self.represented.keys()

    @property
    def needed(self):
        """The committee's share of its composition, half by default (art. 11)."""
        return ceil(len(self.composition) * self.quorum_percent / 100)

    @property
    def has_quorum(self):
        return bool(self.composition) and len(self.electors) >= self.needed

    def voter_for(self, seat):
        """The seat that votes for a seat: itself, its proxy's holder, or None."""
        return seat if seat in self.present else self.represented.get(seat)

    def votes_of(self, holder):
        """The seats for which a seat votes: first its own, then the one it represents."""
        own = [holder] if holder in self.present else []
        return own + [seat for seat, voter in self.represented.items() if voter == holder]
