"""Taking an application back, and going back on it until the results are told."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from base.lifecycle import Refused
from journal.models import Event
from tests.calls.deposits import close, fresh
from tests.calls.releasing import release
from tests.calls.test_results import decided
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    CorrectionFactory,
    DeliberationFactory,
    RoundFactory,
    UserFactory,
)


BEFORE = ["status", "deposited_at", "checked_at", "checked_by_id", "title", "title_version"]


def said(application):
    return {field: getattr(fresh(application), field) for field in BEFORE}


@pytest.mark.parametrize("state", ["blank", "deposited", "admissible", "selected", "declined"])
def test_it_is_again_exactly_what_it_was(state):
    application = ApplicationFactory(**{state: True})
    before = said(application)
    application.withdraw(by=application.author)

    application.revive(by=application.author)

    assert said(application) == before
    assert (application.withdrawn_at, application.withdrawn_by, application.withdrawn_from) == (
        None,
        None,
        "",
    )
    assert [e.verb for e in Event.objects.about(application)][-1] == "application.revived"


def test_after_the_closing_a_draft_is_still_a_draft_and_a_deposit_a_deposit():
    draft, deposited = ApplicationFactory(), ApplicationFactory(deposited=True)
    for application in (draft, deposited):
        application.withdraw(by=application.author)
        close(application)
        application.revive(by=application.author)

    assert fresh(draft).has_expired
    assert (fresh(deposited).status, fresh(deposited).deposited_at) == (
        "deposited",
        deposited.deposited_at,
    )
    for application in (draft, deposited):
        with pytest.raises(Refused):
            application.amend(by=application.author)


def test_undeposited_changes_are_found_again():
    application = ApplicationFactory()
    application.deposit(by=application.author)
    application.amend(by=application.author)
    application.withdraw(by=application.author)

    application.revive(by=application.author)

    assert application.amendments.open().exists()


@pytest.mark.parametrize("opened", [True, False])
def test_its_examination_goes_on_with_the_same_reviews(opened):
    traits = {"open": True} if opened else {}
    deliberation = DeliberationFactory(**traits)
    application = deliberation.subject
    application.withdraw(by=application.author)

    application.revive(by=application.author)

    deliberation.refresh_from_db()
    assert (application.status, deliberation.status) == (
        "examined",
        "adjourned" if opened else "prepared",
    )
    assert application.deliberation() == deliberation


def test_a_correction_is_still_asked_and_not_for_longer():
    correction = CorrectionFactory()
    application = correction.application
    application.withdraw(by=application.author)

    application.revive(by=application.author)

    assert (application.status, application.correction) == ("in_correction", correction)


def test_a_correction_that_expired_meanwhile_leaves_a_deposit():
    correction = CorrectionFactory(overdue=True)
    application = correction.application
    application.withdraw(by=application.author)
    correction.expire()

    application.revive(by=application.author)

    assert application.status == "deposited"


def test_nobody_goes_back_on_it_once_the_others_know_their_results():
    call, staff = CallFactory(closed=True), UserFactory(staff=True)
    gone, told = decided(call, "selected"), decided(call, "selected")
    gone.withdraw(by=gone.author)
    release(call, by=staff)

    with pytest.raises(Refused, match="On ne revient plus"):
        gone.revive(by=gone.author)

    assert fresh(told).status == "selected"


def test_nobody_goes_back_on_the_withdrawal_of_another():
    application = ApplicationFactory(withdrawn=True)

    for person in [UserFactory(), UserFactory(staff=True)]:
        with pytest.raises(Refused):
            application.revive(by=person)


def test_what_is_not_withdrawn_is_not_revived():
    application = ApplicationFactory(deposited=True)

    with pytest.raises(Refused):
        application.revive(by=application.author)


def test_withdrawing_and_coming_back_never_makes_two_drafts():
    first = ApplicationFactory()
    author, call = first.author, first.call
    first.withdraw(by=author)
    ApplicationFactory(call=call, author=author)

    for _time in range(3):
        with pytest.raises(Refused, match="une autre candidature"):
            first.revive(by=author)

    assert call.applications.filter(author=author, status="draft").count() == 1


def test_withdrawing_and_coming_back_gives_no_second_deposit_after_the_closing():
    application = ApplicationFactory()
    application.deposit(by=application.author)
    close(application)

    for _time in range(3):
        application.withdraw(by=application.author)
        application.revive(by=application.author)
        application.deposit(by=application.author)

    assert application.receipts.count() == 1


def test_the_committee_decides_nothing_about_what_is_withdrawn():
    application = decided(CallFactory(closed=True), "selected")
    decision = application.decision()
    application.withdraw(by=application.author)

    with pytest.raises(Refused, match="est retirée"):
        application.decision_taken(decision)


def test_a_withdrawal_is_undone_on_its_page(client):
    application = ApplicationFactory(deposited=True)
    client.force_login(application.author)
    client.post(reverse("calls:withdrawal", args=[application.pk]))
    assertContains(client.get(application.get_absolute_url()), "Revenir sur ce retrait")

    response = client.post(reverse("calls:revival", args=[application.pk]), follow=True)

    assertContains(response, "telle que vous l’aviez")
    assert fresh(application).status == "deposited"
    assert client.post(reverse("calls:revival", args=[application.pk])).status_code == 409


def test_what_is_examined_again_never_left_its_round():
    application = DeliberationFactory(round=RoundFactory()).subject
    application.withdraw(by=application.author)
    application.revive(by=application.author)

    with pytest.raises(Refused):
        application.examine(by=UserFactory(staff=True), round=RoundFactory())
