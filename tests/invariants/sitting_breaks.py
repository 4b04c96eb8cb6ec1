"""The rules of the sittings, each broken once on purpose; see `tests.invariants.breaks`."""

from tests.committees.room import decided, room_of
from tests.factories import (
    AgendaItemFactory,
    DecisionFactory,
    DeliberationFactory,
    InterestFactory,
    MinutesFactory,
    ProxyFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
    VoteFactory,
)
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


def concluded():
    room = room_of(3)
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    return room


@breaks("committees")
def a_concluded_deliberation_has_one_decision_in_force():
    deliberation = concluded().deliberation
    early = DeliberationFactory()
    yield
    spoil("DELETE FROM committees_decision WHERE deliberation_id = %s", deliberation.pk)
    DecisionFactory(deliberation=early)
    yield [deliberation.pk, early.pk]


@breaks("committees")
def a_decision_follows_its_ballot():
    decision = concluded().deliberation.decision_in_force()
    yield
    spoil("UPDATE committees_vote SET choice = 'against', comment = 'Non.'")
    yield [decision.pk]


@breaks("committees")
def a_decision_has_the_sense_of_its_outcome():
    decision = DecisionFactory()
    yield
    spoil(
        "UPDATE committees_decision SET sense = 'unfavourable' WHERE id = %s",
        decision.pk,
        without=[
            "decision_not_favourable_is_reasoned",
            "decision_not_favourable_has_a_reason_code",
        ],
    )
    yield [decision.pk]


@breaks("committees")
def an_interested_person_votes_nowhere():
    own, given = VoteFactory(), VoteFactory(cast_by=UserFactory())
    yield
    for vote, person in [(own, own.seat.user), (given, given.cast_by)]:
        InterestFactory(deliberation=vote.ballot.item.deliberation, person=person, seat=None)
    yield [own.pk, given.pk]


@breaks("committees")
def a_vote_is_of_a_voice_of_the_committee():
    strayed, voiceless = VoteFactory(), VoteFactory()
    yield
    spoil("UPDATE committees_vote SET seat_id = %s WHERE id = %s", SeatFactory().pk, strayed.pk)
    spoil(
        "UPDATE committees_seat SET capacity = 'observer' WHERE id = %s",
        voiceless.seat_id,
    )
    yield [strayed.pk, voiceless.pk]


@breaks("committees")
def a_vote_is_given_while_its_ballot_is_open():
    vote = VoteFactory()
    yield
    spoil("UPDATE committees_vote SET cast_at = '2001-01-01' WHERE id = %s", vote.pk)
    yield [vote.pk]


@breaks("committees")
def an_agenda_stays_in_its_committee():
    AgendaItemFactory()
    yield
    yield [AgendaItemFactory(deliberation=DeliberationFactory()).pk]


@breaks("committees")
def a_dossier_is_examined_in_an_open_sitting():
    AgendaItemFactory(open=True)
    yield
    yield [AgendaItemFactory(sitting=SittingFactory(closed=True), open=True).pk]


@breaks("committees")
def nobody_stays_in_a_sitting_that_is_over():
    room = room_of(1)
    room.sitting.close(by=room.chair.user)
    stay = room.sitting.attendances.get(seat=room.chair)
    yield
    spoil("UPDATE committees_attendance SET left_at = NULL WHERE id = %s", stay.pk)
    yield [stay.pk]


@breaks("committees")
def a_proxy_goes_from_a_voice_to_a_voice_of_the_committee():
    strayed, voiceless = ProxyFactory(), ProxyFactory()
    yield
    spoil("UPDATE committees_proxy SET holder_id = %s WHERE id = %s", SeatFactory().pk, strayed.pk)
    spoil("UPDATE committees_seat SET capacity = 'observer' WHERE id = %s", voiceless.principal_id)
    yield [strayed.pk, voiceless.pk]


@breaks("committees")
def a_sitting_is_signed_by_two():
    minutes = MinutesFactory()
    yield
    spoil("UPDATE committees_sitting SET status = 'signed' WHERE id = %s", minutes.sitting_id)
    yield [minutes.sitting_id]


@breaks("committees")
def minutes_are_those_of_their_sitting():
    minutes, other = MinutesFactory(), MinutesFactory()
    yield
    spoil(
        "UPDATE committees_minutes SET snapshot_id = %s WHERE id = %s",
        other.snapshot_id,
        minutes.pk,
    )
    yield [minutes.pk]
