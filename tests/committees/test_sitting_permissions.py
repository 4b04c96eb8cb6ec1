"""Who may do what in a sitting: people × rights, for each model."""

import pytest

from committees.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Deliberation,
    Interest,
    Minutes,
    Proxy,
    Sitting,
    Vote,
)
from tests.committees.room import decided, room_of
from tests.factories import (
    InterestFactory,
    MinutesFactory,
    ProxyFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)


EXCLUSION, ABSTENTION = Interest.Effect.EXCLUSION, Interest.Effect.ABSTENTION


CHAIRS = {None: "chair", ABSTENTION: "abstaining chair", EXCLUSION: "excluded chair"}
OTHERS = {
    "staff": lambda room: UserFactory(staff=True),
    "excluded staff": lambda room: kept_away(room, EXCLUSION, person=UserFactory(staff=True)),
    "author": lambda room: room.deliberation.subject.author,
    "secretary": lambda room: room.secretary.user,
    "member": lambda room: room.members[0].user,
    "abstaining member": lambda room: kept_away(room, ABSTENTION, seat=room.seat()),
    "excluded member": lambda room: kept_away(room, EXCLUSION, seat=room.seat()),
    "absent member": lambda room: room.seat(here=False).user,
    "undeclared member": lambda room: SeatFactory(committee=room.sitting.committee).user,
    "substitute": lambda room: room.seat(substitute=True).user,
    "observer": lambda room: room.seat(observer=True).user,
    "past member": lambda room: room.seat(past=True).user,
    "chair of another committee": lambda room: SeatFactory(chair=True).user,
    "stranger": lambda room: UserFactory(),
}
PEOPLE = {*CHAIRS.values(), *OTHERS}


def kept_away(room, effect, **who):
    return InterestFactory(deliberation=room.deliberation, effect=effect, **who).person


def people_of(room, effect):
    """Everybody, around a chair without an interest, or with one of that effect."""
    if effect:
        kept_away(room, effect, seat=room.chair)
    return {CHAIRS[effect]: room.chair.user} | {who: make(room) for who, make in OTHERS.items()}


def granted(queryset, right, row, people):
    """Who has a right on a row."""
    return {who for who, user in people.items() if getattr(queryset, right)(user).contains(row)}


SEATED = set(PEOPLE) - {
    "staff",
    "excluded staff",
    "author",
    "past member",
    "chair of another committee",
    "stranger",
}
CONDUCTORS = {*CHAIRS.values(), "secretary"}
TEAM = {"staff", "excluded staff"}
KEPT_FROM_READING = {"excluded staff", "excluded chair", "excluded member", "undeclared member"}
READERS = (SEATED | TEAM) - KEPT_FROM_READING
FREE_CONDUCTORS = {"chair", "secretary"}

SITTINGS = {
    "prepared": {
        "visible_to": TEAM | CONDUCTORS,
        "preparable_by": TEAM | CONDUCTORS,
        "conductable_by": CONDUCTORS,
        "openable_by": set(),
        "closable_by": set(),
        "reconvenable_by": set(),
        "recordable_by": set(),
    },
    "convened": {"visible_to": TEAM | SEATED, "preparable_by": set(), "openable_by": CONDUCTORS},
    "open": {"visible_to": TEAM | SEATED, "openable_by": set(), "closable_by": CONDUCTORS},
    "closed": {
        "visible_to": TEAM | SEATED,
        "closable_by": set(),
        "reconvenable_by": set(),
        "recordable_by": CONDUCTORS,
    },
    "adjourned": {"reconvenable_by": TEAM | CONDUCTORS, "recordable_by": CONDUCTORS},
}
ITEMS = {
    "visible_to": READERS,
    "conducted_by": FREE_CONDUCTORS,
    "openable_by": FREE_CONDUCTORS,
    "postponable_by": FREE_CONDUCTORS,
    "movable_by": set(),
}
PREPARED = {
    "status": "prepared",
    "convened_at": None,
    "convened_by": None,
    "opened_at": None,
    "opened_by": None,
}
BALLOTS = {
    "open": {
        "visible_to": READERS,
        "conducted_by": FREE_CONDUCTORS,
        "votable_by": {"chair", "member"},
    },
    "closed": {"visible_to": READERS, "conducted_by": FREE_CONDUCTORS, "votable_by": set()},
}


around_each_chair = pytest.mark.parametrize("effect", CHAIRS, ids=list(CHAIRS.values()))


@pytest.fixture
def room():
    return room_of(3)


@pytest.fixture
def examined():
    """The examination is open."""
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


@around_each_chair
@pytest.mark.parametrize("state", SITTINGS)
def test_rights_on_a_sitting(state, effect, room):
    people = people_of(room, effect)
    traits = {} if state == "prepared" else {state: True}
    sitting = SittingFactory(committee=room.sitting.committee, **traits)

    for right, who in SITTINGS[state].items():
        assert granted(Sitting.objects, right, sitting, people) == who & people.keys(), right


@around_each_chair
def test_rights_on_an_agenda_item(effect, room):
    people = people_of(room, effect)

    for right, who in ITEMS.items():
        assert granted(AgendaItem.objects, right, room.item, people) == who & people.keys(), right


@around_each_chair
def test_rights_on_an_item_of_a_prepared_agenda(effect, room):
    people = people_of(room, effect)
    Sitting.objects.update(**PREPARED)

    movers = READERS & (TEAM | CONDUCTORS)
    assert granted(AgendaItem.objects, "movable_by", room.item, people) == movers & people.keys()


@around_each_chair
@pytest.mark.parametrize("state", BALLOTS)
def test_rights_on_a_ballot(state, effect, examined):
    ballot = examined.ballot()
    if state == "closed":
        ballot.close(by=examined.chair.user)
    people = people_of(examined, effect)

    for right, who in BALLOTS[state].items():
        assert granted(Ballot.objects, right, ballot, people) == who & people.keys(), right


@around_each_chair
@pytest.mark.parametrize("proclaimed", [True, False])
def test_others_votes_are_seen_once_the_result_is_proclaimed(proclaimed, effect, examined):
    ballot = examined.ballot()
    vote = ballot.cast(by=examined.members[1].user, choice="for")
    if proclaimed:
        ballot.close(by=examined.chair.user)
        ballot.proclaim(by=examined.chair.user)
    people = people_of(examined, effect)

    readers = READERS & people.keys() if proclaimed else set()
    assert granted(Vote.objects, "visible_to", vote, people) == readers


def test_a_vote_is_seen_by_who_gave_it_and_by_whom_it_was_given_for(examined):
    away, holder = examined.seat(here=False), examined.members[0]
    ProxyFactory(sitting=examined.sitting, principal=away, holder=holder)
    vote = examined.ballot().cast(by=holder.user, choice="for", seat=away)

    for user in [holder.user, away.user]:
        assert Vote.objects.visible_to(user).contains(vote)


@around_each_chair
def test_rights_on_a_presence_and_a_proxy_of_somebody_else(effect, room):
    away = room.seat(here=False)
    proxy = ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[1])
    stay = room.sitting.attendances.get(seat=room.members[1])
    people = people_of(room, effect)

    conductors = CONDUCTORS & people.keys()
    assert granted(Attendance.objects, "endable_by", stay, people) == conductors
    assert granted(Proxy.objects, "revocable_by", proxy, people) == conductors


@around_each_chair
@pytest.mark.parametrize("status", ["closed", "signed"])
def test_rights_on_minutes(status, effect, room):
    people = people_of(room, effect)
    room.sitting.close(by=room.chair.user)
    minutes = MinutesFactory(sitting=room.sitting)
    Sitting.objects.update(status=status)

    readers = TEAM | (SEATED if status == "signed" else CONDUCTORS)
    conductors = CONDUCTORS & people.keys()
    assert granted(Minutes.objects, "visible_to", minutes, people) == readers & people.keys()
    assert granted(Minutes.objects, "signable_by", minutes, people) == conductors


@around_each_chair
def test_rights_on_a_deliberation_that_awaits_a_sitting(effect, room):
    people = people_of(room, effect)
    waiting = room.deliberation
    room.item.delete()

    schedulers = (TEAM | CONDUCTORS) & READERS & people.keys()
    assert granted(Deliberation.objects, "schedulable_by", waiting, people) == schedulers


@around_each_chair
def test_rights_on_a_deliberation_whose_result_is_proclaimed(effect):
    room = room_of(3)
    decided(room)
    people = people_of(room, effect)

    presiding = {"chair"} if effect is None else {"secretary"}
    assert granted(Deliberation.objects, "concludable_by", room.deliberation, people) == presiding
    assert granted(Deliberation.objects, "revisable_by", room.deliberation, people) == set()


@around_each_chair
def test_rights_on_a_concluded_deliberation(effect, room):
    people = people_of(room, effect)
    Deliberation.objects.update(status="concluded", opened_at=room.sitting.opened_at)

    chair = {"chair"} & people.keys()
    assert granted(Deliberation.objects, "revisable_by", room.deliberation, people) == chair
    assert granted(Deliberation.objects, "concludable_by", room.deliberation, people) == set()
