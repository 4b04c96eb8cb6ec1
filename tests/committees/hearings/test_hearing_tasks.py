"""What reminds those who are heard, and what awaits them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committees import duties
from committees.models import HearingPlan
from committees.tasks import remind_hearings
from notifications.models import Message
from tests.factories import (
    AgendaItemFactory,
    CoApplicantFactory,
    HearingFactory,
    HearingPlanFactory,
    HearingSlotFactory,
    SittingFactory,
)


def told(notice):
    return [m.recipient for m in Message.objects.filter(notice=f"committees/{notice}")]


@pytest.fixture
def plan():
    sitting = SittingFactory(
        convened=True, urgency="La salle.", meets_at=timezone.now() + timedelta(hours=20)
    )
    return HearingPlanFactory(
        sitting=sitting, invited=True, choose_before=timezone.now() + timedelta(hours=4)
    )


def test_who_has_no_slot_is_reminded_once_before_the_deadline(plan):
    item = AgendaItemFactory(sitting=plan.sitting)

    remind_hearings()
    remind_hearings()

    assert told("slot_awaited") == [item.deliberation.subject.author]


def test_nobody_is_reminded_long_before_or_after_the_deadline(plan):
    AgendaItemFactory(sitting=plan.sitting)

    for choose_before in [timedelta(days=3), timedelta(0)]:
        HearingPlan.objects.update(choose_before=timezone.now() + choose_before)
        remind_hearings()

    assert told("slot_awaited") == []


def test_who_is_heard_is_reminded_once_the_day_before(plan):
    hearing = HearingFactory(slot__plan=plan)
    HearingFactory(slot=HearingSlotFactory(plan=HearingPlanFactory(invited=True)))

    remind_hearings()
    remind_hearings()

    assert told("hearing_near") == [hearing.item.deliberation.subject.author]


def test_who_left_the_dossier_is_not_reminded(plan):
    hearing = HearingFactory(slot__plan=plan)
    subject = hearing.item.deliberation.subject
    CoApplicantFactory(application=subject, removed=True)

    remind_hearings()

    assert told("hearing_near") == [subject.author]


def test_a_slot_to_choose_awaits_who_carries_the_dossier_until_it_is_chosen(plan):
    item = AgendaItemFactory(sitting=plan.sitting)
    author = item.deliberation.subject.author

    (duty,) = duties.awaiting(author)
    HearingFactory(slot__plan=plan, item=item)

    assert duty.url == f"/comites/auditions/{item.pk}/"
    assert duties.awaiting(author) == []
