from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from calls.calendar import calendar_of
from calls.invariants.deposits import a_deposit_falls_within_its_call
from calls.models import Call, CoApplicant, DepositOrder, Extension
from calls.tasks import remind_awaited_approvals, remind_drafts
from journal.models import Event
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    CoApplicantFactory,
    UserFactory,
)
from tests.spoiling import spoil


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def in_days(days):
    return timezone.now() + timedelta(days=days)


def letters(notice):
    return Message.objects.filter(notice=f"calls/{notice}")


def test_a_rolling_call_is_open_as_soon_as_it_opens_and_stays_so():
    assert CallFactory(rolling=True).phase == "open"
    assert CallFactory(rolling=True, upcoming=True).phase == "upcoming"
    assert CallFactory(rolling=True, grace_minutes=60, opens_at=in_days(-900)).phase == "open"


def test_calls_without_a_closing_come_after_those_that_close_and_before_those_to_come():
    upcoming, rolling = CallFactory(upcoming=True), CallFactory(rolling=True)
    closed, open_call = CallFactory(closed=True), CallFactory()

    assert list(Call.objects.in_order_of_interest()) == [open_call, rolling, upcoming, closed]


def test_a_draft_is_written_and_deposited_at_any_time():
    draft = ApplicationFactory(call__rolling=True)

    receipt = draft.deposit(by=draft.author)

    assert (receipt.version, draft.closes_at) == (1, None)


def test_a_deposit_is_amended_until_the_team_checks_it(staff):
    draft = ApplicationFactory(call__rolling=True)
    draft.deposit(by=draft.author)
    draft.amend(by=draft.author)

    draft.admit(by=staff)

    assert draft.amendment is None
    with pytest.raises(Refused, match="ne peut plus, être modifiée"):
        draft.amend(by=draft.author)


def test_the_team_announces_its_closing_and_whoever_writes_is_told(staff):
    call = CallFactory(rolling=True)
    draft = ApplicationFactory(call=call)
    colleague = CoApplicantFactory(application=draft, accepted=True).person
    ApplicationFactory(call=call, deposited=True)
    closes_at = in_days(45)

    call.announce_closing(by=staff, closes_at=closes_at)

    assert (call.closes_at, call.closing_announced_by, call.phase) == (closes_at, staff, "open")
    assert [event.verb for event in Event.objects.about(call)] == ["call.closing_announced"]
    told = letters("closing_announced")
    assert {letter.recipient for letter in told} == {draft.author, colleague}


def test_no_closing_is_announced_for_any_sooner_than_its_notice(staff):
    call = CallFactory(rolling=True)

    with pytest.raises(Refused, match="au moins 30 jours à l’avance"):
        call.announce_closing(by=staff, closes_at=in_days(29))

    call.refresh_from_db()
    assert call.closes_at is None


def test_a_closing_is_announced_once_then_put_off_and_never_brought_forward(staff):
    call = CallFactory(rolling=True)
    call.announce_closing(by=staff, closes_at=in_days(45))
    ApplicationFactory(call=call, examined=True)

    with pytest.raises(Refused, match="déjà annoncée"):
        call.announce_closing(by=staff, closes_at=in_days(60))
    with pytest.raises(Refused, match="ne se raccourcit pas"):
        call.extend(by=staff, closes_at=in_days(40))
    call.extend(by=staff, closes_at=in_days(60))

    assert call.closes_at > in_days(59)


@pytest.mark.parametrize("traits", [{}, {"rolling": True, "draft": True}, {"ended": True}])
def test_only_a_published_rolling_call_has_its_closing_announced(staff, traits):
    with pytest.raises(Refused, match="déjà annoncée, ou l’appel n’est pas permanent"):
        CallFactory(**traits).announce_closing(by=staff, closes_at=in_days(60))


def test_only_the_team_announces_a_closing():
    with pytest.raises(Refused):
        CallFactory(rolling=True).announce_closing(by=UserFactory(), closes_at=in_days(60))


def test_there_is_nothing_to_extend_while_there_is_no_closing(staff):
    call = CallFactory(rolling=True)

    with pytest.raises(Refused):
        call.extend(by=staff, closes_at=in_days(60))
    with pytest.raises(Refused, match="pas de date de clôture"):
        Extension.grant(by=staff, call=call, person=UserFactory(), until=in_days(9), reason="x")


def test_one_person_gets_more_time_once_the_closing_is_announced(staff):
    draft = ApplicationFactory(call__ended=True)
    ApplicationFactory(call=draft.call, examined=True)

    Extension.grant(by=staff, call=draft.call, person=draft.author, until=in_days(9), reason="x")

    assert draft.deposit(by=draft.author).version == 1


def test_nothing_is_deposited_after_the_announced_closing():
    draft = ApplicationFactory(call__ended=True)

    with pytest.raises(Refused, match="clos depuis"):
        draft.deposit(by=draft.author)


def test_a_deposit_by_itself_at_the_closing_is_refused_where_there_is_none():
    endless, ending = (
        ApplicationFactory(call__rolling=True),
        ApplicationFactory(call__ending=True),
    )

    with pytest.raises(Refused, match="déposez quand vous êtes prêt"):
        DepositOrder.ask(endless, by=endless.author)

    assert DepositOrder.ask(ending, by=ending.author).application == ending
    assert not DepositOrder.objects.due().exists()


def test_nobody_is_reminded_of_a_closing_that_does_not_exist():
    draft = ApplicationFactory(call__rolling=True)
    CoApplicantFactory(application=draft, sent_at=in_days(-5))
    ApprovalFactory(application=draft, sent_at=in_days(-5), expires_at=in_days(9))

    remind_drafts()
    remind_awaited_approvals()

    assert not CoApplicant.objects.remindable().exists()
    assert not Message.objects.exists()


def test_a_manager_is_reminded_before_her_link_ends(staff):
    draft = ApplicationFactory(call__rolling=True)
    ApprovalFactory(application=draft, sent_at=in_days(-20), expires_at=in_days(2))

    remind_awaited_approvals()
    remind_awaited_approvals()

    body = letters("approval_awaited").get().body
    assert "L’appel ferme" not in body


def test_a_copy_of_a_rolling_call_rolls_too(staff):
    call = CallFactory(ending=True)

    copy = call.copy(by=staff, title="Toute l’année", opens_at=in_days(1))

    assert (copy.kind, copy.closes_at, copy.closing_announced_at) == ("rolling", None, None)


def test_a_rolling_call_is_archived_only_once_closed(staff):
    with pytest.raises(Refused):
        CallFactory(rolling=True).archive(by=staff)

    ended = CallFactory(ended=True)
    ended.archive(by=staff)

    assert ended.status == "archived"


def test_its_calendar_holds_no_closing_until_there_is_one(staff):
    call = CallFactory(rolling=True, grace_minutes=30)
    before = calendar_of(call).decode()

    call.announce_closing(by=staff, closes_at=in_days(45))
    after = calendar_of(call).decode()

    assert ("-closing@" in before, "-grace@" in before, "SEQUENCE:0" in before) == (
        False,
        False,
        True,
    )
    assert ("-closing@" in after, "-grace@" in after, "SEQUENCE:1" in after) == (True, True, True)


def test_a_deposit_falls_before_the_announced_closing_and_anywhere_without_one():
    endless, late = (
        ApplicationFactory(call__rolling=True, deposited=True),
        ApplicationFactory(call__ended=True, deposited=True),
    )
    before = list(a_deposit_falls_within_its_call())
    spoil("UPDATE calls_application SET deposited_at = now()")

    assert (before, list(a_deposit_falls_within_its_call())) == ([], [late.pk])
    assert endless.call.closes_at is None


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"closes_at": None}, "call_closes_unless_rolling"),
        ({"rolling": True, "archived": True, "closes_at": None}, "call_closes_unless_rolling"),
        ({"rolling": True, "closes_at": in_days(60)}, "call_rolling_closes_once_announced"),
        ({"ending": True, "draft": True}, "call_rolling_closes_once_announced"),
        ({"ending": True, "kind": "ideas"}, "call_rolling_closes_once_announced"),
        ({"ending": True, "closing_announced_by": None}, "call_rolling_closes_once_announced"),
        ({"ending": True, "closes_at": in_days(29)}, "call_closing_announced_with_notice"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CallFactory(**fields)
