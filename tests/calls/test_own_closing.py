"""Who was given more time is reminded, deposited for and told after it by her own closing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from base.wording import instant
from calls.duties import awaiting
from calls.models import Application, Extension
from calls.tasks import (
    carry_out_deposit_orders,
    expire_drafts,
    remind_awaited_approvals,
    remind_awaited_invitations,
    remind_drafts,
)
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    CoApplicantFactory,
    DepositOrderFactory,
    ExtensionFactory,
    UserFactory,
)


MOMENT = timedelta(seconds=30)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def in_days(days):
    return timezone.now() + timedelta(days=days)


def grant(application, by, until):
    person, call = application.author, application.call
    return Extension.grant(by=by, call=call, person=person, until=until, reason="Une panne.")


def told():
    return [(m.notice.partition("/")[2], m.address) for m in Message.objects.order_by("pk")]


def until(delay):
    """More time that ends after a delay, in a call that closed yesterday, for a draft."""
    extension = ExtensionFactory(until=timezone.now() + delay)
    return ApplicationFactory(call=extension.call, author=extension.person)


@pytest.mark.parametrize(
    ("left", "letters"),
    [
        (timedelta(days=3) + MOMENT, 0),
        (timedelta(days=3) - MOMENT, 1),
        (MOMENT, 1),
        (-MOMENT, 0),
    ],
)
def test_she_is_reminded_once_three_days_before_her_own_closing(left, letters):
    draft = until(left)

    remind_drafts()
    remind_drafts()

    assert told() == [("draft_closing_soon", draft.author.email)] * letters
    for letter in Message.objects.all():
        assert instant(draft.closes_at) in letter.body


def test_she_is_not_reminded_of_the_closing_of_the_others(staff):
    draft = ApplicationFactory(call__closes_at=in_days(2))
    other = ApplicationFactory(call=draft.call)
    grant(draft, staff, until=in_days(9))
    Message.objects.all().delete()

    remind_drafts()

    assert told() == [("draft_closing_soon", other.author.email)]


@pytest.mark.parametrize(
    ("left", "status"),
    [
        (timedelta(minutes=10) + MOMENT, "draft"),
        (timedelta(minutes=10) - MOMENT, "deposited"),
        (-MOMENT, "draft"),
    ],
)
def test_her_order_is_carried_out_minutes_before_her_own_closing(left, status):
    draft = until(left)
    DepositOrderFactory(application=draft)

    carry_out_deposit_orders()
    carry_out_deposit_orders()

    assert Application.objects.get(pk=draft.pk).status == status
    assert draft.receipts.count() == (status == "deposited")


@pytest.mark.parametrize("in_grace", [False, True])
def test_her_order_does_not_follow_the_closing_of_the_others(in_grace, staff):
    traits = {"in_grace": True} if in_grace else {"closes_at": in_days(0.003)}
    draft = ApplicationFactory(call=CallFactory(**traits))
    other = ApplicationFactory(call=draft.call)
    for application in [draft, other]:
        DepositOrderFactory(application=application)
    grant(draft, staff, until=in_days(2))

    carry_out_deposit_orders()

    assert Application.objects.get(pk=draft.pk).status == "draft"
    assert Application.objects.get(pk=other.pk).status == "deposited"


def test_what_her_order_misses_is_told_with_her_own_date():
    draft = until(timedelta(minutes=5))
    draft.answers.all().delete()
    DepositOrderFactory(application=draft)

    carry_out_deposit_orders()
    carry_out_deposit_orders()

    letter = Message.objects.get()
    assert letter.notice == "calls/deposit_order_blocked"
    assert instant(draft.closes_at) in letter.body


def test_she_is_told_that_it_is_over_after_her_own_closing_though_it_was_told_before():
    draft = until(timedelta(hours=-1))
    Application.objects.update(expired_at=timezone.now() - timedelta(hours=20))

    expire_drafts()
    expire_drafts()

    assert told() == [("draft_expired", draft.author.email)]
    assert instant(draft.closes_at) in Message.objects.get().body


def test_nobody_is_told_that_it_is_over_while_she_has_time():
    until(timedelta(hours=1))

    expire_drafts()

    assert told() == []


def test_those_whom_she_waits_for_are_reminded_of_her_own_closing():
    approval = ApprovalFactory(application=until(timedelta(days=2)))
    invitation = CoApplicantFactory(application=until(timedelta(days=2)))
    ApprovalFactory(application=until(timedelta(days=5)))
    CoApplicantFactory(application=until(timedelta(days=5)))

    for _time in range(2):
        remind_awaited_approvals()
        remind_awaited_invitations()

    assert told() == [
        ("approval_awaited", approval.manager_email),
        ("co_applicant_awaited", invitation.email),
    ]
    for letter, row in zip(Message.objects.order_by("pk"), [approval, invitation], strict=True):
        assert instant(row.application.closes_at) in letter.body


def test_her_nearest_closing_comes_first_among_what_awaits_her():
    near = ApplicationFactory(call__closes_at=in_days(9))
    extension = ExtensionFactory(person=near.author, until=in_days(12))
    ApplicationFactory(call=extension.call, author=near.author)

    dues = [duty.due_at for duty in awaiting(near.author)]

    assert dues == [near.call.closes_at, extension.until]
