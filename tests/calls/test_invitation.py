from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.lifecycle import Refused
from calls.models import Application, CoApplicant
from calls.models.answer import Entry
from calls.models.link import digest_of
from calls.tasks import remind_awaited_invitations
from notifications.models import Message
from tests.calls.invitations import account_of, invite, sent, verbs
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    CoApplicantFactory,
    UserFactory,
)
from tests.races import again


pytestmark = pytest.mark.usefixtures("administrations")


def token_in(message):
    return message.url.strip("/").rpartition("/")[2]


def test_a_colleague_is_invited_by_a_link_of_which_only_the_digest_is_kept():
    application = ApplicationFactory()

    invitation = invite(application, "Ami@example.gouv.fr")

    token = token_in(Message.objects.get())
    assert (invitation.status, invitation.role, invitation.person) == ("invited", "editor", None)
    assert invitation.token_digest == digest_of(token) != token
    assert list(CoApplicant.objects.linked_by(token)) == [invitation]
    assert timedelta(days=13) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    assert verbs(application) == ["coapplicant.invited"]
    assert sent() == [("co_applicant_invited", "ami@example.gouv.fr", "queued")]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("someone@gmail.example", "pas celle d’une administration"),
        ("lead@example.gouv.fr", "porte déjà la candidature"),
        ("deja@example.gouv.fr", "porte déjà la candidature"),
        ("chef@example.gouv.fr", "le responsable qui signe"),
    ],
)
def test_not_everyone_can_be_invited(email, sentence):
    application = ApplicationFactory(author__email="lead@example.gouv.fr")
    CoApplicantFactory(application=application, email="deja@example.gouv.fr")
    ApprovalFactory(application=application, manager_email="chef@example.gouv.fr")

    with pytest.raises(Refused, match=sentence):
        invite(application, email)

    assert sent() == []


def test_what_is_no_address_or_no_role_is_not_sent():
    for email, role in [("pas une adresse", "editor"), ("ami@example.gouv.fr", "chief")]:
        with pytest.raises(ValidationError):
            invite(ApplicationFactory(), email, role)

    assert sent() == []


def test_ten_carry_it_at_most():
    application = ApplicationFactory()
    CoApplicantFactory.create_batch(10, application=application)

    with pytest.raises(Refused, match="Dix co-porteurs"):
        invite(application)


def test_nobody_invites_more_than_twenty_times_a_day():
    application = ApplicationFactory()
    CoApplicantFactory.create_batch(20, application=application, removed=True)

    with pytest.raises(Refused, match="réessayez demain"):
        invite(application)


@pytest.mark.parametrize("traits", [{"call__closed": True}, {"deposited": True}])
def test_nobody_is_invited_once_it_is_no_longer_written(traits):
    with pytest.raises(Refused, match="tant qu’elle s’écrit"):
        invite(ApplicationFactory(**traits))


def test_only_who_began_it_invites():
    colleague = CoApplicantFactory(accepted=True)

    with pytest.raises(Refused, match="Seule la personne"):
        CoApplicant.invite(
            colleague.application, by=colleague.person, email="x@example.gouv.fr", role="reader"
        )


def test_accepting_gives_the_right_to_write_and_tells_who_invited():
    invitation = CoApplicantFactory()
    person, application = account_of(invitation), invitation.application

    invitation.accept(by=person)

    letter = Message.objects.get()
    assert (invitation.status, invitation.person) == ("accepted", person)
    assert application.applicants() == [application.author, person]
    assert (letter.notice, letter.recipient) == ("calls/co_applicant_answered", application.author)
    assert application.write(by=person, entries=[Entry("q1", "À deux.", 1)]) == []
    assert again(application).edited_by == person
    assert verbs(application) == ["coapplicant.accepted"]


def test_declining_leaves_nothing_open_and_may_be_asked_again():
    invitation = CoApplicantFactory()
    person, application = account_of(invitation), invitation.application

    invitation.decline(by=person)

    assert invitation.status == "declined"
    assert not Application.objects.visible_to(person).exists()
    assert "décline" in Message.objects.get().subject
    assert invite(application, invitation.email).status == "invited"


@pytest.mark.parametrize(
    "traits",
    [
        {"expired": True},
        {"removed": True},
        {"declined": True},
        {"application__call__closed": True},
        {"application__deposited": True},
    ],
)
def test_an_invitation_serves_once_and_for_a_time(traits):
    invitation = CoApplicantFactory(**traits)
    person = account_of(invitation)

    for verb in [invitation.accept, invitation.decline]:
        with pytest.raises(Refused, match="ne vaut pas, ou plus"):
            verb(by=person)


def test_another_account_does_not_answer_in_her_place():
    invitation = CoApplicantFactory()

    with pytest.raises(Refused, match="une autre adresse"):
        invitation.accept(by=UserFactory())

    assert again(invitation).status == "invited"


def test_the_manager_who_signs_does_not_carry_it():
    invitation = CoApplicantFactory()
    ApprovalFactory(application=invitation.application, manager_email=invitation.email)

    with pytest.raises(Refused, match="responsable"):
        invitation.accept(by=account_of(invitation))


def test_a_co_applicant_is_not_asked_to_sign_nor_signs():
    colleague = CoApplicantFactory(accepted=True)
    approval = ApprovalFactory(application=colleague.application)

    with pytest.raises(Refused, match="votre propre"):
        approval.answer(by=colleague.person, status="approved", plan_digest=approval.plan_digest)


def test_a_new_link_replaces_the_former_one():
    invitation = CoApplicantFactory(token="former")

    invitation.resend(by=invitation.application.author)

    assert not CoApplicant.objects.linked_by("former").exists()
    assert list(CoApplicant.objects.linked_by(token_in(Message.objects.get()))) == [invitation]
    with pytest.raises(Refused, match="dix minutes"):
        invitation.resend(by=invitation.application.author)


def test_who_is_silent_is_reminded_once_by_a_link_that_works_as_long():
    soon = timezone.now() + timedelta(days=2)
    silent = CoApplicantFactory(expires_at=soon, token="former")
    closing = CoApplicantFactory(application__call=CallFactory(closes_at=soon))
    CoApplicantFactory()
    CoApplicantFactory(expired=True)
    CoApplicantFactory(accepted=True, expires_at=soon)
    CoApplicantFactory(expires_at=soon, sent_at=timezone.now())

    remind_awaited_invitations()
    remind_awaited_invitations()

    assert sent() == [
        ("co_applicant_awaited", silent.email, "queued"),
        ("co_applicant_awaited", closing.email, "queued"),
    ]
    assert again(silent).expires_at == soon
    assert not CoApplicant.objects.linked_by("former").exists()
    assert CoApplicant.objects.linked_by(token_in(Message.objects.first())).exists()
    with pytest.raises(Refused, match="déjà parti"):
        silent.remind()
