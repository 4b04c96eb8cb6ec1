"""A manager who does not sign passes the plan on to who does."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from base.lifecycle import Refused
from calls.models import Approval
from journal.models import Event
from notifications.models import Message
from tests.factories import ApprovalFactory, CoApplicantFactory, UserFactory


pytestmark = pytest.mark.usefixtures("administrations")


OTHER = {"manager_name": "Dominique Roux", "manager_email": "d.roux@example.gouv.fr"}


def link_in(message):
    return message.url.strip("/").rpartition("/")[2]


def test_the_same_plan_goes_to_the_other_by_a_new_link_and_the_old_one_ends():
    approval = ApprovalFactory(token="former")
    application = approval.application

    other = approval.delegate(by=None, **OTHER)

    letter = Message.objects.get(address="d.roux@example.gouv.fr")
    told = Message.objects.get(notice="calls/approval_delegated")
    assert (approval.status, other.status) == ("lapsed", "requested")
    assert other.plan() == approval.plan() | OTHER
    assert list(Approval.objects.linked_by(link_in(letter))) == [other]
    assert "vous transmet cette demande" in letter.body
    assert told.recipient == application.author
    assert application.approval() == other
    assert [event.verb for event in Event.objects.about(application)] == ["approval.delegated"]
    for status in ["approved", "refused"]:
        with pytest.raises(Refused, match="ne sert plus"):
            approval.answer(by=None, status=status, plan_digest=approval.plan_digest, words="Non.")


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("lead@example.gouv.fr", "une autre personne que vous"),
        ("colleague@example.gouv.fr", "une autre personne que vous"),
        ("chef@example.gouv.fr", "déjà à cette adresse"),
        ("chef@gmail.example", "pas celle d’une administration"),
    ],
)
def test_it_is_not_passed_on_to_anyone(email, sentence):
    approval = ApprovalFactory(
        manager_email="chef@example.gouv.fr", application__author__email="lead@example.gouv.fr"
    )
    CoApplicantFactory(application=approval.application, email="colleague@example.gouv.fr")

    with pytest.raises(Refused, match=sentence):
        approval.delegate(by=None, manager_name="X", manager_email=email)

    assert Approval.objects.get().status == "requested"


def test_what_is_no_address_receives_nothing():
    with pytest.raises(ValidationError):
        ApprovalFactory().delegate(by=None, manager_name="", manager_email="x")

    assert not Message.objects.exists()


@pytest.mark.parametrize("traits", [{"approved": True}, {"lapsed": True}, {"expired": True}])
def test_what_is_no_longer_awaited_is_not_passed_on(traits):
    with pytest.raises(Refused, match="ne sert plus"):
        ApprovalFactory(**traits).delegate(by=None, **OTHER)


def test_an_applicant_chooses_no_signer_by_the_link():
    approval = ApprovalFactory()

    with pytest.raises(Refused, match="votre propre"):
        approval.delegate(by=approval.application.author, **OTHER)


def test_it_is_passed_on_from_the_page_without_an_account(client):
    ApprovalFactory(token="un-secret")
    page = reverse("calls:approval", args=["un-secret"])
    address = reverse("calls:approval-delegation", args=["un-secret"])

    assertContains(client.get(page), address)
    wrong = client.post(address, OTHER | {"manager_email": "x@gmail.example"})
    response = client.post(address, OTHER, follow=True)

    assertContains(wrong, "x@gmail.example", status_code=409)
    assertRedirects(response, page)
    assertContains(response, "Dominique Roux a reçu son propre lien")
    assert client.get(address).status_code == 404


def test_it_is_passed_on_from_an_account(client):
    manager = UserFactory()
    approval = ApprovalFactory(manager_email=manager.email)
    client.force_login(manager)

    response = client.post(reverse("calls:approval-direct-delegation", args=[approval.pk]), OTHER)

    assertRedirects(response, reverse("calls:approval-direct", args=[approval.pk]))


@pytest.mark.parametrize(
    ("required", "sentence"),
    [(True, "ne pourra pas être déposée"), (False, "Votre silence n’empêche pas le dépôt")],
)
def test_a_manager_reads_what_silence_means(client, required, sentence):
    ApprovalFactory(token="un-secret", application__call__approval_required=required)

    assertContains(client.get(reverse("calls:approval", args=["un-secret"])), sentence)
