from datetime import timedelta

import pytest
from django.utils import timezone

from base.lifecycle import Refused
from calls.duties import awaiting
from calls.models import Application, Approval
from calls.tasks import expire_drafts, remind_awaited_approvals, remind_drafts
from notifications.models import Message
from tests.calls.deposits import close
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    IrritantFactory,
    UserFactory,
)


@pytest.fixture
def closing():
    return CallFactory(closes_at=timezone.now() + timedelta(days=2))


def told():
    return sorted((m.notice.partition("/")[2], m.address) for m in Message.objects.all())


def test_who_writes_is_reminded_once_that_saved_is_not_deposited(closing):
    draft = ApplicationFactory(call=closing)
    ApplicationFactory(call=closing, deposited=True)
    ApplicationFactory()
    ApplicationFactory(call__closed=True)

    remind_drafts()
    remind_drafts()

    assert told() == [("draft_closing_soon", draft.author.email)]


def test_another_closing_is_another_reminder(closing):
    draft = ApplicationFactory(call=closing)
    remind_drafts()

    closing.closes_at += timedelta(hours=12)
    closing.save()
    remind_drafts()

    assert told() == [("draft_closing_soon", draft.author.email)] * 2


def test_a_silent_manager_is_reminded_once_by_a_link_that_works(closing):
    approval = ApprovalFactory(application__call=closing, token="former")
    ApprovalFactory(application__call=closing, approved=True)
    ApprovalFactory(application__call=closing, sent_at=timezone.now())
    ApprovalFactory()

    remind_awaited_approvals()
    remind_awaited_approvals()

    letter = Message.objects.get()
    token = letter.url.strip("/").rpartition("/")[2]
    assert told() == [("approval_awaited", approval.manager_email)]
    assert list(Approval.objects.linked_by(token)) == [approval]
    assert not Approval.objects.linked_by("former").exists()


def test_what_awaits_an_applicant_and_a_manager():
    draft = ApplicationFactory()
    manager = UserFactory()
    approval = ApprovalFactory(application=draft, manager_email=manager.email)

    assert [(d.title, d.due_at) for d in awaiting(draft.author)] == [
        ("Déposer « Alerte sécheresse »", draft.call.closes_at)
    ]
    assert [(d.url, d.due_at) for d in awaiting(manager)] == [
        (f"/visas/{approval.pk}/", approval.expires_at)
    ]
    assert awaiting(UserFactory()) == []


def test_what_awaits_the_team():
    call = CallFactory(closed=True)
    ApplicationFactory.create_batch(2, call=call, deposited=True)
    ApplicationFactory(call=call, admissible=True)
    ApplicationFactory(call__closed=True, selected=True)
    IrritantFactory(reported=True)

    assert [duty.title for duty in awaiting(UserFactory(staff=True))] == [
        "Vérifier la recevabilité de 2 dossiers",
        "Envoyer 1 dossier au comité",
        "Communiquer les résultats de « Promotion 6 »",
        "Relire 1 irritant",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_duties_cost_the_same_for_one_or_three(count, django_assert_num_queries):
    user = UserFactory(staff=True)
    for _time in range(count):
        ApplicationFactory(author=user)
        ApplicationFactory(call__closed=True, deposited=True)
        ApplicationFactory(call__closed=True, admissible=True)
        IrritantFactory(reported=True)

    with django_assert_num_queries(12):
        awaiting(user)


def test_who_did_not_deposit_is_told_once_that_every_word_is_kept():
    draft = ApplicationFactory(call__closed=True)
    ApplicationFactory(call__closed=True, deposited=True)
    ApplicationFactory(call__closed=True, blank=True)
    ApplicationFactory(call__in_grace=True)
    ApplicationFactory()

    expire_drafts()
    expire_drafts()

    assert told() == [("draft_expired", draft.author.email)]
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert draft.value_of("q1").startswith("Les préfets")


def test_a_call_extended_that_closes_again_is_told_again():
    draft = ApplicationFactory(call__closed=True)
    expire_drafts()
    draft.call.extend(by=UserFactory(staff=True), closes_at=timezone.now() + timedelta(days=1))
    expire_drafts()
    with pytest.raises(Refused):
        draft.expire()
    Application.objects.update(expired_at=timezone.now() - timedelta(hours=2))
    close(draft)

    expire_drafts()

    assert told() == [("draft_expired", draft.author.email)] * 2
