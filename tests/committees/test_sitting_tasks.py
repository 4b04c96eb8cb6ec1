from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from committees import duties
from committees.models import Minutes
from committees.tasks import remind_awaited_votes
from notifications.models import Message
from tests.committees.council import Council
from tests.committees.room import decided, room_of
from tests.factories import ProxyFactory, SittingFactory


@pytest.fixture
def room():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


def reminded():
    return [m.recipient for m in Message.objects.filter(notice="committees/vote_awaited")]


@pytest.mark.parametrize("minutes", [10, 60])
def test_the_reminder_reaches_each_awaited_voter_once_even_late(minutes, room):
    away = room.seat(here=False)
    ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])
    ballot = room.ballot()
    for seat in [room.chair, room.members[0]]:
        ballot.cast(by=seat.user, choice="for")

    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        remind_awaited_votes()
        remind_awaited_votes()

    assert set(reminded()) == {room.members[0].user, room.members[1].user}
    assert len(reminded()) == 2


def test_who_has_not_judged_the_dossiers_compared_has_a_duty_and_is_reminded_once():
    council = Council(voices=3)
    contest = council.contest()
    done, late = council.seats[0], council.seats[1:]
    council.file(contest, done, A=1, B=0, C=0)

    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        remind_awaited_votes()
        remind_awaited_votes()

    assert sorted(m.email for m in reminded()) == sorted(seat.user.email for seat in late)
    assert "Voter : Dans quel ordre ?" in titles(late[0].user)
    assert "Voter : Dans quel ordre ?" not in titles(done.user)


def test_nobody_is_reminded_at_once_nor_after_the_closing(room):
    ballot = room.ballot()

    remind_awaited_votes()
    ballot.close(by=room.chair.user)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        remind_awaited_votes()

    assert reminded() == []


def titles(user):
    return [duty.title.replace("\u00a0", " ") for duty in duties.awaiting(user)]


def test_a_sitting_awaits_those_who_sit(room):
    SittingFactory()

    assert titles(room.members[0].user) == [f"Séance : {room.sitting.committee}"]


def test_a_vote_awaits_until_it_is_given(room):
    ballot, voter = room.ballot(), room.members[0].user
    before = titles(voter)

    ballot.cast(by=voter, choice="for")

    assert before[1:] == ["Voter : Le comité retient-il cette candidature ?"]
    assert titles(voter) == before[:1]


def test_a_decision_then_the_minutes_await_the_chair():
    room = room_of(3)
    chair = room.chair.user
    decided(room)
    assert titles(chair)[1:] == [f"Enregistrer la décision sur « {room.deliberation} »"]

    room.deliberation.conclude(by=chair, outcome="selected")
    room.sitting.close(by=chair)
    assert titles(chair) == [f"Établir le procès-verbal : {room.sitting.committee}"]

    minutes = Minutes.generate(by=chair, sitting=room.sitting)
    assert titles(chair) == [f"Signer le procès-verbal : {room.sitting.committee}"]
    assert titles(room.members[0].user) == []

    minutes.sign(by=chair)
    assert titles(chair) == []
