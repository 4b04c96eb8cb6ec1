"""A committee in session: its chair, its secretary, its members, one dossier on the table."""

from dataclasses import dataclass, field

from committees.models import AgendaItem, Ballot, Seat, Sitting
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    DeclarationFactory,
    SeatFactory,
    SittingFactory,
)


@dataclass
class Room:
    sitting: Sitting
    item: AgendaItem
    chair: Seat
    secretary: Seat
    members: list = field(default_factory=list)

    @property
    def deliberation(self):
        return self.item.deliberation

    def seat(self, *, here=True, **traits):
        """One more seat, whose person declared their interests, there or not."""
        seat = SeatFactory(committee=self.sitting.committee, **traits)
        DeclarationFactory(person=seat.user, up_to=self.deliberation)
        if here:
            AttendanceFactory(sitting=self.sitting, seat=seat)
        return seat

    def ballot(self, *, by=None, **fields):
        """A ballot opened by the chair, or by somebody else, on a dossier being examined."""
        by = by or self.chair.user
        rules = {"question": "Le comité retient-il cette candidature ?", "proposal": "selected"}
        ballot = Ballot.prepare(by=by, item=self.item, **rules | fields)
        ballot.open(by=by)
        return ballot

    def vote(self, ballot, choices):
        """Cast « for », « against »… by the chair first, then by the members in order."""
        for seat, choice in zip([self.chair, *self.members], choices, strict=False):
            ballot.cast(by=seat.user, choice=choice, comment="Trop tôt.")


def room_of(voting, *, here=True, **item):
    """A room of `voting` seats with a voice, chair included, in an open sitting."""
    sitting = SittingFactory(open=True)
    room = Room(sitting, AgendaItemFactory(sitting=sitting, **item), None, None)
    room.chair = room.seat(here=here, chair=True)
    room.secretary = room.seat(here=here, secretary=True)
    room.members = [room.seat(here=here) for _ in range(voting - 1)]
    return room


def decided(room, *, adopted=True):
    """The ballot of a room of three on « selected », voted and proclaimed."""
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    room.vote(ballot, ["for", "for", "for"] if adopted else ["against", "against", "against"])
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.chair.user)
    return ballot
