"""The races of this floor, each right with its lock and wrong without it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import AllowedDomain
from calls.models import Application, Approval, Call, Extension, Receipt
from notifications.models import Message
from tests.calls.deposits import close
from tests.calls.test_approval import plan
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CoApplicantFactory,
    IrritantFactory,
    UserFactory,
)
from tests.races import Other, again, all_at_once, without_lock


pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("locked", [True, False])


def test_twenty_deposits_at_once_are_one_and_the_same_receipt():
    application = ApplicationFactory()
    author = application.author

    receipts, refusals, errors = all_at_once(20, lambda _n: again(application).deposit(by=author))

    assert (refusals, errors, len(receipts)) == ([], [], 20)
    assert {receipt.pk for receipt in receipts} == {Receipt.objects.get().pk}
    assert Message.objects.count() == 1


@pytest.mark.race("two deposits at once")
@both_ways
def test_the_second_deposit_waits_and_finds_the_receipt_of_the_first(locked):
    application = ApplicationFactory()
    author = application.author
    late = again(application)
    other = Other(lambda: late.deposit(by=author))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: application.deposit(by=author))

    assert other.refused is not locked
    assert Receipt.objects.count() == 1


@pytest.mark.race("a new version while the team admits the former")
@both_ways
def test_a_new_version_waits_for_the_admission_and_is_not_deposited(locked, amended):
    staff, late = UserFactory(staff=True), again(amended)
    other = Other(lambda: late.deposit(by=late.author))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: again(amended).admit(by=staff))

    assert Receipt.objects.count() == (1 if locked else 2)


@pytest.mark.race("a deposit while the closing is moved")
@both_ways
def test_a_deposit_waits_for_the_closing_that_is_moved_meanwhile(locked, monkeypatch):
    """The call closes while the deposit is on its way: by an administrator, outside the verbs."""
    application = ApplicationFactory()
    late = again(application)
    other = Other(lambda: late.deposit(by=late.author))
    if not locked:
        monkeypatch.setattr(Call, "hold_deadline", lambda call: None)

    other.come_in_during(lambda: close(application))

    assert other.refused is locked


EXTENSIONS = {
    "of the call": lambda call, person, fields: call.extend(
        by=fields["by"], closes_at=fields["until"]
    ),
    "of one person": lambda call, person, fields: Extension.grant(
        call=call, person=person, reason="Une panne.", **fields
    ),
}


@pytest.mark.race("a deposit while more time is given")
@pytest.mark.parametrize("extension", EXTENSIONS)
@both_ways
def test_a_deposit_waits_for_the_extension_and_is_in_time(locked, extension, monkeypatch):
    """Without the lock it would be told that the call is closed, a moment before it is not."""
    application = ApplicationFactory(call__closed=True)
    fields = {"by": UserFactory(staff=True), "until": timezone.now() + timedelta(days=1)}
    late, call = again(application), application.call
    other = Other(lambda: late.deposit(by=late.author))
    if not locked:
        monkeypatch.setattr(Call, "hold_deadline", lambda call: None)

    other.come_in_during(lambda: EXTENSIONS[extension](call, application.author, fields))

    assert other.refused is not locked
    assert Receipt.objects.exists() is locked


@pytest.mark.race("an invitation accepted during the deposit")
@both_ways
def test_an_acceptance_waits_for_the_deposit_and_is_refused(locked):
    invitation = CoApplicantFactory()
    application = invitation.application
    person = UserFactory(email=invitation.email)
    late = again(invitation)
    other = Other(lambda: late.accept(by=person))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: application.deposit(by=application.author))

    assert other.refused is locked
    assert (again(invitation).status == "accepted") is not locked


@pytest.mark.race("a plan that changes while it is signed")
@both_ways
def test_a_signature_waits_for_the_plan_that_changes_and_is_refused(locked, monkeypatch):
    """Two guards: the lock, and the UPDATE that moves only from a state that leads there."""
    AllowedDomain.objects.get_or_create(domain="gouv.fr")
    approval = ApprovalFactory()
    application = approval.application
    late = again(approval)

    def sign():
        try:
            late.answer(by=None, status="approved", plan_digest=approval.plan_digest)
        except IntegrityError:
            return "broken"

    other = Other(sign)
    if not locked:
        monkeypatch.setattr(Approval, "sources", classmethod(lambda cls, to: cls.Status.values))

    with without_lock(Approval, when=not locked):
        other.come_in_during(
            lambda: Approval.request(application, by=application.author, **plan(share_of_time=80))
        )

    assert (other.refused, other.result) == ((True, None) if locked else (False, "broken"))
    assert again(approval).status == "lapsed"
    assert application.approvals.granted().count() == 0


@pytest.mark.race("two « me too » at once")
def test_two_me_too_of_one_person_count_once():
    irritant, agent = IrritantFactory(), UserFactory()

    _results, refusals, errors = all_at_once(8, lambda _n: again(irritant).support(by=agent))

    assert (refusals, errors) == ([], [])
    assert irritant.supports.count() == 1
