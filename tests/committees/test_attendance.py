import pytest
from django.db import IntegrityError

from base.lifecycle import Refused
from committees.models import Attendance, Proxy
from notifications.models import Message
from tests.committees.room import room_of
from tests.factories import (
    AttendanceFactory,
    ProxyFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)


@pytest.fixture
def room():
    return room_of(3)


@pytest.fixture
def away(room):
    return room.seat(here=False)


def test_a_member_says_that_they_are_there(room, away):
    Attendance.begin(by=away.user, sitting=room.sitting, seat=away, mode="remote")

    assert room.sitting.attendances.here().get(seat=away).mode == "remote"


def test_the_secretary_says_it_of_anyone(room, away):
    Attendance.begin(by=room.secretary.user, sitting=room.sitting, seat=away)

    assert room.sitting.attendances.here().filter(seat=away).exists()


def test_a_member_does_not_say_it_of_another(room, away):
    with pytest.raises(Refused, match="Ce n’est pas à vous"):
        Attendance.begin(by=room.members[0].user, sitting=room.sitting, seat=away)


def test_nobody_arrives_twice(room):
    with pytest.raises(Refused, match="déjà là"):
        Attendance.begin(by=room.chair.user, sitting=room.sitting, seat=room.chair)
    with pytest.raises(IntegrityError, match="attendance_once_at_a_time"):
        AttendanceFactory(sitting=room.sitting, seat=room.chair)


def test_nobody_arrives_from_another_committee(room):
    stranger = SeatFactory()

    with pytest.raises(Refused, match="pas de cette séance"):
        Attendance.begin(by=room.secretary.user, sitting=room.sitting, seat=stranger)


def test_nobody_arrives_before_the_opening():
    seat = SeatFactory()
    sitting = SittingFactory(committee=seat.committee, due=True)

    with pytest.raises(Refused, match="n’est pas ouverte"):
        Attendance.begin(by=seat.user, sitting=sitting, seat=seat)


def test_who_leaves_may_come_back(room):
    member = room.members[0]

    room.sitting.attendances.get(seat=member).end(by=member.user)
    Attendance.begin(by=member.user, sitting=room.sitting, seat=member)

    stays = room.sitting.attendances.filter(seat=member).order_by("pk")
    assert [stay.left_at is None for stay in stays] == [False, True]


def test_a_departure_is_noted_once_and_not_by_another_member(room):
    stay = room.sitting.attendances.get(seat=room.chair)

    with pytest.raises(Refused, match="pas à vous"):
        stay.end(by=room.members[0].user)
    stay.end(by=room.secretary.user)
    with pytest.raises(Refused, match="déjà noté"):
        stay.end(by=room.chair.user)


def test_nobody_leaves_before_they_came(room):
    stay = room.sitting.attendances.get(seat=room.chair)
    stay.left_at = stay.arrived_at.replace(year=2020)

    with pytest.raises(IntegrityError, match="attendance_ends_after_it_begins"):
        stay.save()


def test_an_absent_member_gives_power_and_the_holder_is_told(room, away):
    holder = room.members[0]

    proxy = Proxy.give(by=away.user, sitting=room.sitting, principal=away, holder=holder)

    assert room.item.assembly().represented == {away.pk: holder.pk}
    messages = Message.objects.filter(notice="committees/proxy_given")
    assert [m.recipient for m in messages] == [holder.user]
    assert str(proxy) == f"{away.user} → {holder.user}"


def test_nobody_gives_the_power_of_another(room, away):
    with pytest.raises(Refused, match="Ce n’est pas à vous"):
        Proxy.give(
            by=room.members[0].user,
            sitting=room.sitting,
            principal=away,
            holder=room.members[1],
        )


def test_a_power_goes_from_a_voice_to_a_voice(room, away):
    with pytest.raises(Refused, match="d’un membre votant à un autre"):
        Proxy.give(by=away.user, sitting=room.sitting, principal=away, holder=room.secretary)
    with pytest.raises(Refused, match="d’un membre votant à un autre"):
        Proxy.give(
            by=room.secretary.user,
            sitting=room.sitting,
            principal=room.secretary,
            holder=room.chair,
        )


@pytest.mark.parametrize(
    ("principal", "holder", "name"),
    [
        ("away", "held", "proxy_one_per_holder"),
        ("gone", "free", "proxy_one_per_principal"),
        ("away", "away", "proxy_is_given_to_another"),
    ],
)
def test_the_database_keeps_powers_single(room, away, principal, holder, name):
    seats = {"away": away, "gone": room.seat(here=False), "free": room.chair}
    seats["held"] = room.members[0]
    ProxyFactory(sitting=room.sitting, principal=seats["gone"], holder=seats["held"])

    with pytest.raises(IntegrityError, match=name):
        ProxyFactory(sitting=room.sitting, principal=seats[principal], holder=seats[holder])


def test_a_power_is_given_before_the_end(room, away):
    room.sitting.close(by=room.chair.user)

    with pytest.raises(Refused, match="entre la convocation et la fin"):
        Proxy.give(by=away.user, sitting=room.sitting, principal=away, holder=room.chair)


def test_a_power_is_taken_back_once_by_who_gave_it(room, away):
    proxy = ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])

    with pytest.raises(Refused, match="pas à vous"):
        proxy.revoke(by=room.members[0].user)
    proxy.revoke(by=away.user)
    with pytest.raises(Refused, match="déjà repris"):
        proxy.revoke(by=away.user)

    assert room.item.assembly().represented == {}


def test_a_power_does_not_serve_once_its_principal_arrives(room, away):
    ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])

    Attendance.begin(by=away.user, sitting=room.sitting, seat=away)

    assembly = room.item.assembly()
    assert (assembly.represented, away.pk in assembly.present) == ({}, True)


def test_a_committee_may_want_no_proxies(room):
    committee = room.sitting.committee
    committee.configure(by=UserFactory(staff=True), proxies_per_holder=0)
    room.sitting.refresh_from_db()

    with pytest.raises(Refused, match="n’admet pas de pouvoir"):
        Proxy.give(
            by=room.members[0].user,
            sitting=type(room.sitting).objects.get(pk=room.sitting.pk),
            principal=room.members[0],
            holder=room.chair,
        )
