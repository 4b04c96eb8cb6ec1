"""A right that ends between a page and its button ends now (RELIABILITY A-37)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from base.calendar import today
from committees.models import (
    Attendance,
    Dissent,
    Hearing,
    HearingPlan,
    Minutes,
    MinutesAmendment,
    Proxy,
    Rectification,
    RectificationSignature,
    Signature,
    Vote,
)
from committees.tasks import remind_awaited_votes, remind_hearings
from notifications.models import Message
from tests.committees.addresses import page
from tests.committees.room import decided, room_of
from tests.factories import (
    AgendaItemFactory,
    CoApplicantFactory,
    DissentFactory,
    HearingFactory,
    HearingPlanFactory,
    HearingSlotFactory,
    MinutesFactory,
    RectificationFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)


WATCHED = [
    Attendance,
    Dissent,
    Hearing,
    HearingPlan,
    Minutes,
    MinutesAmendment,
    Proxy,
    Rectification,
    RectificationSignature,
    Signature,
    Vote,
]


def end(seat):
    """The mandate ended yesterday, said today by the team."""
    seat.vacate(by=UserFactory(staff=True), on=today() - timedelta(days=1))


def written():
    """How much the tables of this subject hold, and what was told."""
    return [list(model.objects.order_by("pk").values()) for model in [*WATCHED, Message]]


def conducting(room):
    return room.chair


def sitting_over(room):
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)


def voting(room):
    room.item.open(by=room.chair.user)
    room.ballot()
    return room.members[0], page("vote", room.deliberation), {"choice": "for"}


def arriving(room):
    seat = room.seat(here=False)
    return seat, page("arrival", room.sitting), {"seat": seat.pk, "mode": "present"}


def giving_power(room):
    holder = room.members[1].pk
    data = {"principal": room.members[0].pk, "holder": holder}
    return room.members[0], page("proxies", room.sitting), data


def opening(room):
    return room.chair, page("item-opening", room.item), {}


def closing(room):
    return room.secretary, page("sitting-closing", room.sitting), {}


def generating(room):
    sitting_over(room)
    return room.secretary, page("minutes-generation", room.sitting), {}


def signing(room):
    sitting_over(room)
    Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    return room.secretary, page("minutes-signature", room.sitting), {}


def amending(room):
    sitting_over(room)
    minutes = Minutes.generate(by=room.chair.user, sitting=room.sitting)
    data = {"read": minutes.snapshot.sections[0][1], "after": "Autre.", "reason": "Une coquille."}
    address = reverse("committees:amendment", args=[room.sitting.pk, 1])
    return room.secretary, address, data


def dissenting(room):
    sitting_over(room)
    return room.members[0], page("dissent", room.item), {"text": "Trop tôt."}


def taking_back(room):
    sitting_over(room)
    dissent = DissentFactory(item=room.item, seat=room.members[0])
    return room.members[0], page("dissent-removal", dissent), {}


def rectifying(room):
    sitting = SittingFactory(committee=room.sitting.committee, closed=True, status="signed")
    act = RectificationFactory(minutes=MinutesFactory(sitting=sitting))
    return room.chair, page("rectification-signature", act), {}


def hearing(room):
    sitting = SittingFactory(committee=room.sitting.committee, convened=True)
    HearingPlanFactory(sitting=sitting)
    return room.chair, page("hearing-invitation", sitting), {}


ACTS = [
    voting,
    arriving,
    giving_power,
    opening,
    closing,
    generating,
    signing,
    amending,
    dissenting,
    taking_back,
    rectifying,
    hearing,
]


@pytest.mark.parametrize("prepare", ACTS)
def test_a_mandate_that_ends_between_the_page_and_the_button_writes_nothing(client, prepare):
    room = room_of(4)
    seat, address, data = prepare(room)
    client.force_login(seat.user)
    client.get(address)
    before = written()

    end(seat)
    response = client.post(address, data)

    assert response.status_code in {403, 404}
    assert written() == before


@pytest.mark.parametrize("name", ["sitting", "sitting-live", "sitting-state", "sitting-pack"])
def test_pages_and_downloads_end_with_the_mandate(client, name):
    sitting = SittingFactory()
    AgendaItemFactory(sitting=sitting)
    chair = SeatFactory(committee=sitting.committee, chair=True)
    sitting.convene(by=chair.user)
    client.force_login(chair.user)
    before = client.get(page(name, sitting)).status_code

    end(chair)

    assert (before, client.get(page(name, sitting)).status_code) == (200, 404)


def test_who_leaves_a_dossier_neither_chooses_nor_downloads_nor_is_reminded(client):
    plan = HearingPlanFactory(invited=True)
    item = AgendaItemFactory(sitting=plan.sitting)
    left = CoApplicantFactory(application=item.deliberation.subject, accepted=True)
    slot, address = HearingSlotFactory(plan=plan), page("hearing", item)
    client.force_login(left.person)
    before = client.get(address).status_code

    left.remove(by=item.deliberation.subject.author)
    after = client.post(address, {"slot": slot.pk}).status_code

    HearingPlan.objects.update(choose_before=plan.choose_before - timedelta(days=4))
    remind_hearings()
    told = Message.objects.filter(notice="committees/slot_awaited")
    assert (before, after, Hearing.objects.count()) == (200, 404, 0)
    assert {m.recipient for m in told} == {item.deliberation.subject.author}


@pytest.mark.parametrize("name", ["hearing-calendar", "hearing-state"])
def test_calendars_end_with_the_dossier(client, name):
    hearing = HearingFactory()
    left = CoApplicantFactory(application=hearing.item.deliberation.subject, accepted=True)
    client.force_login(left.person)
    before = client.get(page(name, hearing.item)).status_code

    left.remove(by=hearing.item.deliberation.subject.author)

    assert (before, client.get(page(name, hearing.item)).status_code) == (200, 404)


def test_a_task_that_waits_asks_nothing_of_a_mandate_that_ended():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    type(ballot).objects.update(opened_at=ballot.opened_at - timedelta(minutes=20))
    gone = room.members[0]

    end(gone)
    remind_awaited_votes()

    told = {m.recipient for m in Message.objects.filter(notice="committees/vote_awaited")}
    assert told == {room.chair.user, room.members[1].user}


def test_a_session_ends_with_its_account(client):
    room = room_of(3)
    member = room.members[0].user
    client.force_login(member)
    before = client.get(page("sitting-state", room.sitting)).status_code

    member.is_active = False
    member.save()

    assert before == 200
    assert client.get(page("sitting-state", room.sitting)).status_code in {302, 401, 403}
