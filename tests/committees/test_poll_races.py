"""Two requests at once in a secret vote or a contest: right with the lock, wrong without it."""

import pytest

from committees.models import Ballot, Contest, Deliberation, Interest, PaperLine, RollMark
from tests.committees.council import Council
from tests.committees.room import room_of
from tests.races import again, all_at_once, during, without_lock


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("locked", [True, False]),
]


@pytest.fixture
def ballot():
    """A secret ballot of five voices, open, and its room."""
    room = room_of(5)
    room.item.open(by=room.chair.user)
    ballot = room.ballot(secret=True, tie_rule="rejected")
    ballot.room = room
    return ballot


def step_aside(deliberation, seat):
    return deliberation.declare_interest(
        by=seat.user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )


@pytest.mark.race("many secret votes by one elector")
def test_many_secret_votes_by_one_elector_are_one(locked, ballot):
    voter = ballot.room.members[0].user

    with without_lock(Ballot, when=not locked, in_pairs=True):
        _done, refused, broken = all_at_once(
            12, lambda _n: again(ballot).cast(by=voter, choice="for")
        )

    assert RollMark.objects.count() == 1
    assert again(ballot).urn.counts == {"for": 1}
    assert (len(refused) == 11) is locked
    assert (broken == []) is locked


@pytest.mark.race("two secret votes at once")
def test_of_two_secret_votes_at_once_the_urn_loses_none(locked, ballot):
    one, other = ballot.room.members[:2]

    with without_lock(Ballot, when=not locked):
        during(
            lambda: again(ballot).cast(by=other.user, choice="against"),
            first=lambda: ballot.cast(by=one.user, choice="for"),
        )

    counted = sum(again(ballot).urn.counts.values())
    assert RollMark.objects.count() == 2
    assert (counted == 2) is locked


@pytest.mark.race("a late declaration against a secret vote")
def test_a_declaration_waits_for_a_secret_vote_in_progress_and_cancels_it(locked, ballot):
    room = ballot.room

    with without_lock(Ballot, when=not locked):
        during(
            lambda: step_aside(again(room.deliberation), room.members[0]),
            first=lambda: ballot.cast(by=room.members[0].user, choice="for"),
        )

    assert (again(ballot).status == "cancelled") is locked


@pytest.mark.race("a secret vote against a late declaration")
def test_a_secret_vote_waits_for_a_declaration_in_progress_and_is_refused(locked, ballot):
    room, late = ballot.room, again(ballot)

    with without_lock(Ballot, when=not locked):
        result = during(
            lambda: late.cast(by=room.members[0].user, choice="for"),
            first=lambda: step_aside(room.deliberation, room.members[0]),
        )

    assert (result == "refused") is locked
    assert RollMark.objects.exists() is not locked


@pytest.mark.race("a secret vote against the closing")
def test_a_secret_vote_waits_for_a_closing_in_progress_and_is_refused(locked, ballot):
    late = again(ballot)

    with without_lock(Ballot, when=not locked):
        result = during(
            lambda: late.cast(by=ballot.room.members[0].user, choice="for"),
            first=lambda: ballot.close(by=ballot.room.chair.user),
        )

    assert result == ("refused" if locked else "broken")
    assert not RollMark.objects.exists()


@pytest.mark.race("a paper against a late declaration")
def test_a_paper_waits_for_a_declaration_in_progress_and_is_refused(locked):
    council = Council()
    contest, member = council.contest(), council.seats[1]
    late, values = again(contest), council.paper(contest, A=1, B=1, C=0)

    with without_lock(Contest, when=not locked):
        result = during(
            lambda: late.cast(by=member.user, values=values),
            first=lambda: step_aside(council.items["B"].deliberation, member),
        )

    assert (result == "refused") is locked
    assert PaperLine.objects.counting().exists() is not locked


@pytest.mark.race("a contest opened during a declaration")
def test_a_contest_waits_for_a_declaration_in_progress_before_it_opens(locked):
    council = Council(voices=5)

    with without_lock(Deliberation, when=not locked):
        result = during(
            lambda: council.contest(secret=True),
            first=lambda: step_aside(council.items["B"].deliberation, council.seats[1]),
        )

    assert (result == "refused") is locked
