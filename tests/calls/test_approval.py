from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.calendar import today
from base.lifecycle import Refused
from calls.models import Approval
from calls.models.link import digest_of
from journal.models import Event
from notifications.models import Message
from tests.factories import ApplicationFactory, ApprovalFactory, UserFactory


pytestmark = pytest.mark.usefixtures("administrations")


def plan(**fields):
    return {
        "manager_name": "Claude Martin",
        "manager_email": "claude.martin@example.gouv.fr",
        "share_of_time": 50,
        "starts_on": today(),
        "months": 6,
        "conditions": "Le lundi au bureau.",
    } | fields


def request(application, **fields):
    return Approval.request(application, by=application.author, **plan(**fields))


def verbs(application):
    return [event.verb for event in Event.objects.about(application)]


def sent():
    return [
        (m.notice.partition("/")[2], m.address, m.status) for m in Message.objects.order_by("pk")
    ]


def link_in(message):
    return message.url.strip("/").rpartition("/")[2]


def fresh(approval):
    return Approval.objects.get(pk=approval.pk)


def test_a_manager_is_asked_by_a_link_of_which_only_the_digest_is_kept():
    application = ApplicationFactory()

    approval = request(application, manager_email="Claude.Martin@example.gouv.fr")

    token = link_in(Message.objects.get())
    assert approval.status == "requested"
    assert approval.token_digest == digest_of(token) != token
    assert list(Approval.objects.linked_by(token)) == [approval]
    assert approval.plan_digest == fresh(approval).plan_fingerprint()
    assert timedelta(days=29) < approval.expires_at - timezone.now() <= timedelta(days=30)
    assert verbs(application) == ["approval.requested"]
    assert sent() == [("approval_requested", "claude.martin@example.gouv.fr", "queued")]


def test_a_manager_with_an_account_finds_the_request_in_the_portal():
    manager = UserFactory()

    request(ApplicationFactory(), manager_email=manager.email)

    assert Message.objects.get().recipient == manager


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"manager_email": "someone@gmail.example"}, "pas celle d’une administration"),
        ({"manager_email": "me@example.gouv.fr"}, "une autre personne que vous"),
    ],
)
def test_not_everyone_can_be_asked(fields, sentence):
    application = ApplicationFactory(author__email="me@example.gouv.fr")

    with pytest.raises(Refused, match=sentence):
        request(application, **fields)

    assert sent() == []


def test_nobody_is_bothered_more_than_ten_times_a_day():
    application = ApplicationFactory()
    ApprovalFactory.create_batch(10, application=application, lapsed=True)

    with pytest.raises(Refused, match="réessayez demain"):
        request(application)


def test_an_impossible_plan_is_not_sent():
    with pytest.raises(ValidationError):
        request(ApplicationFactory(), share_of_time=101)

    assert sent() == []


@pytest.mark.parametrize("state", ["requested", "approved"])
def test_changing_the_plan_voids_what_was_asked_or_signed_and_says_so(state):
    application = ApplicationFactory()
    first = request(application)
    if state == "approved":
        first.answer(by=None, status="approved", plan_digest=first.plan_digest)

    second = request(application, share_of_time=80)

    assert (fresh(first).status, second.status) == ("lapsed", "requested")
    assert application.approval() == second
    assert [n for n in sent() if n[0] == "approval_requested"] == [
        ("approval_requested", first.manager_email, "void"),
        ("approval_requested", second.manager_email, "queued"),
    ]
    assert "approval_lapsed" in [notice for notice, _address, _status in sent()]
    assert verbs(application)[-2:] == ["approval.lapsed", "approval.requested"]


def test_the_plan_of_a_refusal_is_kept_and_another_may_be_asked():
    application = ApprovalFactory(refused=True).application

    request(application)

    assert sorted(a.status for a in application.approvals.all()) == ["refused", "requested"]


@pytest.mark.parametrize("traits", [{"call__closed": True}, {"withdrawn": True}])
def test_no_plan_is_asked_for_what_is_over(traits):
    with pytest.raises(Refused, match="ne peut plus changer"):
        request(ApplicationFactory(**traits))


def test_a_signed_plan_does_not_change_after_the_deposit():
    application = ApprovalFactory(approved=True, application__deposited=True).application

    with pytest.raises(Refused, match="ne peut plus changer"):
        request(application)


@pytest.mark.parametrize(
    ("status", "words"),
    [("approved", ""), ("conditional", "Pas en avril."), ("refused", "Pas cette année.")],
)
def test_a_manager_answers_and_the_applicant_is_told(status, words):
    approval = ApprovalFactory()

    approval.answer(by=None, status=status, plan_digest=approval.plan_digest, words=words)

    letter = Message.objects.get()
    assert (approval.status, approval.words) == (status, words)
    assert approval.answered_at is not None
    assert (letter.notice, letter.recipient) == (
        "calls/approval_answered",
        approval.application.author,
    )
    assert words in letter.body
    assert verbs(approval.application) == ["approval.answered"]


@pytest.mark.parametrize("traits", [{"approved": True}, {"lapsed": True}, {"expired": True}])
def test_a_link_serves_once_and_for_a_time(traits):
    approval = ApprovalFactory(**traits)

    with pytest.raises(Refused, match="ne sert plus"):
        approval.answer(by=None, status="approved", plan_digest=approval.plan_digest)


def test_nothing_is_signed_for_a_withdrawn_application():
    approval = ApprovalFactory(application__withdrawn=True)

    with pytest.raises(Refused):
        approval.answer(by=None, status="approved", plan_digest=approval.plan_digest)


def test_an_applicant_cannot_use_the_link():
    approval = ApprovalFactory()

    with pytest.raises(Refused, match="votre propre"):
        approval.answer(
            by=approval.application.author, status="approved", plan_digest=approval.plan_digest
        )

    assert fresh(approval).status == "requested"


def test_a_manager_signs_nothing_else_than_what_she_read():
    approval = ApprovalFactory()

    with pytest.raises(Refused, match="relisez-le"):
        approval.answer(by=None, status="approved", plan_digest=digest_of("another plan"))


@pytest.mark.parametrize("status", ["conditional", "refused"])
def test_conditions_and_refusals_are_worded(status):
    approval = ApprovalFactory()

    with pytest.raises(IntegrityError, match="approval_conditions_and_refusal_are_worded"):
        approval.answer(by=None, status=status, plan_digest=approval.plan_digest)


def test_a_new_link_replaces_the_former_one():
    approval = ApprovalFactory(token="former")

    approval.resend(by=approval.application.author)

    assert not Approval.objects.linked_by("former").exists()
    assert list(Approval.objects.linked_by(link_in(Message.objects.get()))) == [approval]
    assert verbs(approval.application) == ["approval.resent"]


def test_a_link_is_not_sent_twice_in_ten_minutes():
    approval = ApprovalFactory(sent_at=timezone.now())

    with pytest.raises(Refused, match="dix minutes"):
        approval.resend(by=approval.application.author)


def test_nobody_else_sends_the_link_again():
    with pytest.raises(Refused):
        ApprovalFactory().resend(by=UserFactory(staff=True))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"share_of_time": 101}, "approval_plan_is_possible"),
        ({"manager_email": "Upper@example.gouv.fr"}, "approval_manager_email_is_lower_case"),
        ({"status": "approved"}, "approval_answered_at_once_answered"),
        ({"refused": True, "words": " "}, "approval_conditions_and_refusal_are_worded"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ApprovalFactory(**fields)


def test_the_database_refuses_two_live_plans_of_one_application():
    approval = ApprovalFactory(approved=True)

    with pytest.raises(IntegrityError, match="approval_live_once_per_application"):
        ApprovalFactory(application=approval.application)


def test_the_database_refuses_to_change_a_plan():
    approval = ApprovalFactory()

    with pytest.raises(IntegrityError, match="a release plan never changes"):
        Approval.objects.filter(pk=approval.pk).update(share_of_time=10)


def test_who_may_answer_without_a_link():
    manager = UserFactory()
    approval = ApprovalFactory(manager_email=manager.email)
    own = ApprovalFactory(
        manager_email="x@example.gouv.fr", application__author__email="x@example.gouv.fr"
    )

    assert Approval.objects.answerable_by(manager).contains(approval)
    assert not Approval.objects.answerable_by(UserFactory()).exists()
    assert not Approval.objects.answerable_by(own.application.author).exists()
