"""Numbered acts that correct signed minutes, which never change."""

import pytest
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from committees.models import Minutes, Rectification, RectificationSignature
from notifications.models import Message
from tests.committees.room import decided, room_of
from tests.factories import InterestFactory, RectificationFactory, SeatFactory, UserFactory


WORDS = {
    "wrong": "Présents : 3.",
    "right": "Présents : 4.",
    "reason": "Une arrivée n’était pas notée.",
}


@pytest.fixture
def room():
    """A sitting of three voices whose minutes are signed."""
    room = room_of(3)
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    minutes.sign(by=room.chair.user)
    minutes.sign(by=room.secretary.user)
    return room


def draft(room, **more):
    minutes = room.sitting.minutes
    return Rectification.draft(by=room.secretary.user, minutes=minutes, **WORDS | more)


def sign(act, room):
    act.sign(by=room.chair.user)
    act.sign(by=room.secretary.user)


def test_a_rectification_is_numbered_hashed_and_leaves_the_minutes_alone(room):
    before = room.sitting.minutes.snapshot

    act = draft(room)

    said = str(act.snapshot.sections).replace("\u00a0", " ")
    assert act.number == 1
    assert act.snapshot.title.startswith("Rectification n° 1")
    assert before.digest in said
    assert all(words in said for words in WORDS.values())
    assert act.snapshot.is_genuine
    assert Minutes.objects.get().snapshot == before


def test_the_chair_and_the_secretary_are_asked_to_sign(room):
    draft(room)

    messages = Message.objects.filter(notice="committees/rectification_to_sign")
    assert {m.recipient for m in messages} == {room.chair.user, room.secretary.user}


def test_two_signatures_make_it_hold(room):
    act = draft(room)

    act.sign(by=room.chair.user)
    half = Rectification.objects.in_force().contains(act)
    act.sign(by=room.secretary.user)

    assert (half, Rectification.objects.in_force().contains(act)) == (False, True)


def test_nobody_signs_twice_or_without_a_capacity(room):
    act = draft(room)
    act.sign(by=room.chair.user)

    for user in [room.chair.user, room.members[0].user, UserFactory(staff=True)]:
        with pytest.raises(Refused, match="déjà signé"):
            act.sign(by=user)


def test_numbers_follow_one_another_within_what_is_corrected(room):
    first = draft(room)
    about = draft(room, item=room.item)
    with pytest.raises(Refused, match="attend encore"):
        draft(room)
    sign(first, room)

    second = draft(room)

    assert [first.number, about.number, second.number] == [1, 1, 2]


def test_a_draft_is_reworded_then_given_up_and_its_number_serves_again(room):
    act = draft(room)
    act.reword(by=room.chair.user, right="Présents : 5.")
    assert "Présents : 5." in str(act.snapshot.sections)

    act.discard(by=room.chair.user)

    assert draft(room).number == 1


def test_a_signed_rectification_is_neither_reworded_nor_given_up(room):
    act = draft(room)
    act.sign(by=room.chair.user)

    with pytest.raises(Refused, match="ne change plus"):
        act.reword(by=room.secretary.user, right="Présents : 5.")
    with pytest.raises(Refused, match="ne change plus"):
        act.discard(by=room.secretary.user)


@pytest.mark.parametrize("who", ["member", "staff", "past chair"])
def test_minutes_are_rectified_by_the_chair_or_the_secretary(room, who):
    users = {
        "member": lambda: room.members[0].user,
        "staff": lambda: UserFactory(staff=True),
        "past chair": lambda: (
            SeatFactory(committee=room.sitting.committee, secretary=True, past=True).user
        ),
    }

    with pytest.raises(Refused, match="n’est pas de votre ressort"):
        Rectification.draft(by=users[who](), minutes=room.sitting.minutes, **WORDS)


def test_unsigned_minutes_are_not_rectified():
    room = room_of(3)
    room.sitting.close(by=room.chair.user)
    Minutes.generate(by=room.chair.user, sitting=room.sitting)

    with pytest.raises(Refused, match="n’est pas signé"):
        draft(room)


def test_a_rectification_is_about_an_item_of_that_sitting(room):
    with pytest.raises(Refused, match="à l’ordre du jour"):
        draft(room, item=room_of(1).item)


def excluded_from(room, seat):
    InterestFactory(deliberation=room.deliberation, person=seat.user, seat=None, effect="exclusion")
    return seat.user


def test_who_is_kept_from_an_item_learns_nothing_of_its_rectification(room):
    about, general = draft(room, item=room.item), draft(room)
    sign(about, room)
    sign(general, room)
    excluded = excluded_from(room, room.members[0])

    assert list(Rectification.objects.visible_to(excluded)) == [general]
    assert general.number == 1
    assert set(Rectification.objects.visible_to(room.members[1].user)) == {about, general}


def test_who_is_kept_from_an_item_does_not_sign_its_rectification(room):
    excluded = excluded_from(room, room.chair)
    act = draft(room, item=room.item)

    with pytest.raises(Refused, match="à la signer"):
        act.sign(by=excluded)
    with pytest.raises(Refused, match="à l’ordre du jour"):
        Rectification.draft(by=excluded, minutes=room.sitting.minutes, item=room.item, **WORDS)


def test_where_the_chair_is_kept_away_a_member_signs_in_their_place(room):
    excluded_from(room, room.chair)
    act = draft(room, item=room.item)

    act.sign(by=room.members[0].user)
    act.sign(by=room.secretary.user)

    assert Rectification.objects.in_force().contains(act)
    assert [s.capacity for s in act.signatures.order_by("pk")] == ["chair", "secretary"]


def test_members_read_a_rectification_once_it_holds(room):
    act, member = draft(room), room.members[0].user
    before = Rectification.objects.visible_to(member).contains(act)
    sign(act, room)

    assert (before, Rectification.objects.visible_to(member).contains(act)) == (False, True)


def test_the_database_keeps_what_is_signed():
    act = RectificationFactory(signed=True)

    for change in [
        lambda: Rectification.objects.update(right="Autre."),
        lambda: Rectification.objects.filter(pk=act.pk)._raw_delete("default"),
        lambda: RectificationSignature.objects.update(capacity="chair"),
        act.signatures.first().delete,
    ]:
        with pytest.raises(IntegrityError, match="never changes|append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (
            lambda a: RectificationFactory(minutes=a.minutes, number=a.number),
            "rectification_numbered_once",
        ),
        (lambda a: Rectification.objects.update(reason=" "), "rectification_is_reasoned"),
        (
            lambda a: a.signatures.create(capacity="member", signed_by=UserFactory()),
            "rectification_signature_of_the_chair_or_the_secretary",
        ),
        (
            lambda a: [
                a.signatures.create(capacity="chair", signed_by=UserFactory()) for _ in "ab"
            ],
            "rectification_signature_once_per_capacity",
        ),
        (
            lambda a: [
                a.signatures.create(capacity=capacity, signed_by=a.drafted_by)
                for capacity in ["chair", "secretary"]
            ],
            "rectification_signature_by_two_people",
        ),
    ],
)
def test_the_database_keeps_rectifications_straight(change, name):
    act = RectificationFactory()

    with pytest.raises(IntegrityError, match=name):
        change(act)
