import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from committees.models import Ballot, Interest, Vote
from journal.models import Event
from tests.committees.room import room_of
from tests.factories import (
    BallotFactory,
    InterestFactory,
    ProxyFactory,
    SeatFactory,
    VoteFactory,
)


@pytest.fixture
def room():
    """Three voices in a room, the examination begun."""
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


def counts(ballot):
    tally = ballot.tally()
    return tally.in_favour, tally.against, tally.abstaining, tally.silent


def test_voting_again_replaces_the_vote_and_the_same_click_is_one_event(room):
    ballot, voter = room.ballot(), room.members[0].user

    ballot.cast(by=voter, choice="for")
    ballot.cast(by=voter, choice="for")
    ballot.cast(by=voter, choice="against", comment="Trop cher.")

    assert [(v.choice, v.comment) for v in ballot.votes.all()] == [("against", "Trop cher.")]
    assert [e.detail["choice"] for e in Event.objects.about(ballot)] == ["for", "against"]


@pytest.mark.parametrize("comment", ["", " \n"])
def test_a_vote_against_is_motivated(room, comment):
    ballot = room.ballot()

    with pytest.raises(IntegrityError, match="vote_against_is_motivated"):
        ballot.cast(by=room.chair.user, choice="against", comment=comment)


def test_a_vote_has_a_voter_unless_silent():
    with pytest.raises(IntegrityError, match="vote_has_a_voter_unless_silent"):
        VoteFactory(cast_by=None)


def test_an_elector_votes_once():
    vote = VoteFactory()

    with pytest.raises(IntegrityError, match="vote_once_per_elector"):
        VoteFactory(ballot=vote.ballot, seat=vote.seat)


@pytest.mark.parametrize("status", ["prepared", "closed", "proclaimed", "cancelled"])
def test_no_vote_outside_an_open_ballot(room, status):
    ballot = room.ballot()
    if status == "prepared":
        ballot.cancel(by=room.chair.user, reason="À reformuler.")
        ballot = BallotFactory(item=room.item)
    else:
        Ballot.objects.update(status=status, cancellation="Motif.", closed_at=timezone.now())

    with pytest.raises(Refused, match="Vous ne pouvez pas voter"):
        ballot.cast(by=room.chair.user, choice="for")
    with pytest.raises(IntegrityError, match="changes only while its ballot is open"):
        VoteFactory(ballot=ballot, seat=room.chair)


def test_the_database_keeps_the_votes_of_a_closed_ballot():
    vote = VoteFactory()
    Ballot.objects.update(status="closed", closed_at=timezone.now())

    for change in [lambda: vote.delete(), lambda: Vote.objects.update(choice="abstain")]:
        with pytest.raises(IntegrityError, match="changes only"), transaction.atomic():
            change()
    assert Vote.objects.update(neutralised_at=timezone.now()) == 1


@pytest.mark.parametrize("effect", Interest.Effect.values)
def test_the_interested_do_not_vote(room, effect):
    ballot = room.ballot()
    InterestFactory(deliberation=room.deliberation, seat=room.members[0], effect=effect)

    with pytest.raises(Refused, match="Vous ne pouvez pas voter"):
        ballot.cast(by=room.members[0].user, choice="for")
    assert room.members[0] not in ballot.awaited_seats()


def test_the_absent_the_secretary_and_strangers_do_not_vote(room):
    ballot = room.ballot()
    away = room.seat(here=False)

    for user in [away.user, room.secretary.user, SeatFactory().user]:
        with pytest.raises(Refused, match="Vous ne pouvez pas voter"):
            ballot.cast(by=user, choice="for")


def test_a_holder_votes_for_the_absent(room):
    away, holder = room.seat(here=False), room.members[0]
    ProxyFactory(sitting=room.sitting, principal=away, holder=holder)
    ballot = room.ballot()

    ballot.cast(by=holder.user, choice="for", seat=away)
    ballot.cast(by=holder.user, choice="abstain")

    votes = {v.seat: (v.choice, v.cast_by) for v in ballot.votes.all()}
    assert votes == {away: ("for", holder.user), holder: ("abstain", holder.user)}


def test_nobody_votes_for_a_seat_that_they_do_not_represent(room):
    ballot = room.ballot()

    with pytest.raises(Refused, match="Vous ne votez pas pour ce siège"):
        ballot.cast(by=room.chair.user, choice="for", seat=room.members[0])
