"""Two requests at the same time in a sitting: right with the lock, wrong without it."""

import pytest

from committees.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Decision,
    Deliberation,
    Interest,
    Sitting,
    Vote,
)
from journal.models import Event
from tests.committees.room import decided, room_of
from tests.factories import AgendaItemFactory, DeclarationFactory
from tests.races import again, all_at_once, during, without_constraint, without_lock


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("locked", [True, False]),
]


@pytest.fixture
def room():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


@pytest.mark.race("fifty votes by one elector")
def test_fifty_votes_by_one_elector_are_one(locked, room):
    ballot, voter = room.ballot(), room.members[0].user

    with (
        without_lock(Ballot, Vote, when=not locked, in_pairs=True),
        without_constraint(Vote, "vote_once_per_elector", when=not locked),
    ):
        all_at_once(50, lambda _n: again(ballot).cast(by=voter, choice="for"))
        votes = ballot.votes.count()

    assert (votes == 1) is locked
    assert (Event.objects.about(ballot).count() == 1) is locked


@pytest.mark.race("a vote against the closing")
def test_a_vote_waits_for_a_closing_in_progress_and_is_refused(locked, room):
    ballot, voter = room.ballot(), room.members[0].user
    ballot.cast(by=voter, choice="for")
    late = again(ballot)

    with without_lock(Ballot, when=not locked):
        result = during(
            lambda: late.cast(by=voter, choice="abstain"),
            first=lambda: ballot.close(by=room.chair.user),
        )

    assert (result == "refused") is locked
    assert (ballot.votes.get(seat__user=voter).choice == "for") is locked


@pytest.mark.race("two conclusions")
def test_of_two_conclusions_the_second_is_refused(locked, room):
    room = room_of(3)
    decided(room)
    late = again(room.deliberation)

    with without_lock(Deliberation, when=not locked):
        result = during(
            lambda: late.conclude(by=room.chair.user, outcome="selected"),
            first=lambda: room.deliberation.conclude(by=room.chair.user, outcome="selected"),
        )

    assert result == ("refused" if locked else "broken")
    assert Decision.objects.count() == 1


def step_aside(room):
    return room.deliberation.declare_interest(
        by=room.members[0].user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )


@pytest.mark.race("a vote against a late declaration")
def test_a_vote_waits_for_a_declaration_in_progress_and_is_refused(locked, room):
    ballot = room.ballot()
    late = again(ballot)

    with without_lock(Ballot, when=not locked):
        result = during(
            lambda: late.cast(by=room.members[0].user, choice="for"),
            first=lambda: step_aside(room),
        )

    assert (result == "refused") is locked
    assert (not ballot.votes.counting().exists()) is locked


@pytest.mark.race("a late declaration against a vote")
def test_a_declaration_waits_for_a_vote_in_progress_and_neutralises_it(locked, room):
    ballot = room.ballot()

    with without_lock(Ballot, when=not locked):
        during(
            lambda: step_aside(room),
            first=lambda: ballot.cast(by=room.members[0].user, choice="for"),
        )

    assert (not ballot.votes.counting().exists()) is locked


@pytest.mark.race("a ballot opened during a declaration")
def test_a_ballot_waits_for_a_declaration_in_progress_before_it_opens(locked, room):
    def vote():
        room.ballot().cast(by=room.members[0].user, choice="for")

    with without_lock(Deliberation, when=not locked):
        result = during(vote, first=lambda: step_aside(room))

    assert (result == "refused") is locked
    assert (not Vote.objects.counting().exists()) is locked


@pytest.mark.race("two openings in one sitting")
def test_of_two_items_opened_together_the_second_is_refused(locked):
    room = room_of(3)
    second = AgendaItemFactory(sitting=room.sitting)
    DeclarationFactory(person=room.secretary.user, up_to=second.deliberation)

    with without_lock(Sitting, when=not locked):
        result = during(
            lambda: second.open(by=room.secretary.user),
            first=lambda: room.item.open(by=room.chair.user),
        )

    assert result == ("refused" if locked else "broken")
    assert AgendaItem.objects.open().count() == 1


@pytest.mark.race("two arrivals of one person")
def test_of_two_arrivals_the_second_is_refused(locked, room):
    away = room.seat(here=False)
    arrival = {"sitting": room.sitting, "seat": away}

    with without_lock(Sitting, when=not locked):
        result = during(
            lambda: Attendance.begin(by=away.user, **arrival | {"sitting": again(room.sitting)}),
            first=lambda: Attendance.begin(by=room.secretary.user, **arrival),
        )

    assert result == ("refused" if locked else "broken")
    assert room.sitting.attendances.here().filter(seat=away).count() == 1


@pytest.mark.race("a quorum against a departure")
def test_an_opening_waits_for_a_departure_in_progress_and_counts_it(locked):
    room = room_of(3)
    room.sitting.attendances.get(seat=room.members[1]).end(by=room.chair.user)
    stay = room.sitting.attendances.get(seat=room.members[0])

    with without_lock(Sitting, when=not locked):
        result = during(
            lambda: again(room.item).open(by=room.chair.user),
            first=lambda: stay.end(by=room.chair.user),
        )

    assert (result == "refused") is locked
