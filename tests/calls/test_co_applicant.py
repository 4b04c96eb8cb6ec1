import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from calls.duties import awaiting
from calls.models import Application, Receipt
from calls.models.answer import Entry
from tests.calls.invitations import account_of, invite, sent, verbs
from tests.factories import (
    ApplicationFactory,
    CoApplicantFactory,
    EntityFactory,
    UserFactory,
)


pytestmark = pytest.mark.usefixtures("administrations")


def test_a_role_changes_at_once():
    colleague = CoApplicantFactory(accepted=True)
    application, person = colleague.application, colleague.person

    colleague.assign(by=application.author, role="reader")

    with pytest.raises(Refused, match="La rédaction est close"):
        application.write(by=person, entries=[Entry("q1", "Encore un mot.", 1)])
    assert Application.objects.visible_to(person).contains(application)
    with pytest.raises(Refused):
        colleague.assign(by=person, role="editor")
    assert verbs(application) == ["coapplicant.assigned"]


def test_a_removal_closes_everything_at_once_and_is_told():
    colleague = CoApplicantFactory(accepted=True)
    application, person = colleague.application, colleague.person

    colleague.remove(by=application.author)

    assert not Application.objects.visible_to(person).exists()
    assert application.applicants() == [application.author]
    assert sent() == [("co_applicant_removed", person.email, "queued")]
    assert verbs(application) == ["coapplicant.removed"]
    with pytest.raises(Refused, match="ne porte déjà plus"):
        colleague.remove(by=application.author)


def test_an_invitation_taken_back_is_not_even_sent():
    application = ApplicationFactory()
    invitation = invite(application)

    invitation.remove(by=application.author)

    assert [(notice, status) for notice, _address, status in sent()] == [
        ("co_applicant_invited", "void"),
        ("co_applicant_removed", "queued"),
    ]


def test_who_leaves_tells_the_lead_applicant():
    colleague = CoApplicantFactory(accepted=True, application__deposited=True)

    colleague.remove(by=colleague.person)

    assert sent() == [("co_applicant_removed", colleague.application.author.email, "queued")]


def test_nobody_else_removes_anyone():
    colleague = CoApplicantFactory(accepted=True)
    other = CoApplicantFactory(accepted=True, application=colleague.application)

    for person in [other.person, UserFactory(staff=True)]:
        with pytest.raises(Refused):
            colleague.remove(by=person)


def test_the_deposit_counts_those_who_accepted_and_no_one_else():
    application = ApplicationFactory()
    there = CoApplicantFactory(accepted=True, application=application)
    CoApplicantFactory(application=application, email="silencieuse@example.gouv.fr")

    application.deposit(by=application.author)

    sections = dict(map(tuple, Receipt.objects.get().snapshot.sections))
    assert sections["Porté par"] == f"{application.author}, {there.person}"
    assert {address for _notice, address, _status in sent()} == {
        application.author.email,
        there.person.email,
    }


def test_only_who_began_it_deposits_or_withdraws():
    colleague = CoApplicantFactory(accepted=True)

    for verb in [colleague.application.deposit, colleague.application.withdraw]:
        with pytest.raises(Refused):
            verb(by=colleague.person)


def test_who_carries_it_or_carried_it_has_an_interest():
    application = ApplicationFactory()
    there = CoApplicantFactory(
        accepted=True, application=application, person__entity=EntityFactory()
    )
    gone = CoApplicantFactory(removed=True, application=application, person=UserFactory())
    CoApplicantFactory(application=application)

    people = [person for person, _why in application.interested_people()]

    assert people == [application.author, there.person, gone.person]
    assert there.person.entity in application.services()


def test_who_else_wrote_is_said_the_last_first():
    colleague = CoApplicantFactory(accepted=True, application__answers={"q1": "Premier."})
    application, person = colleague.application, colleague.person
    application.write(by=person, entries=[Entry("q2", "À deux.", 0), Entry("title", "Nom", 0)])

    mine, theirs = application.other_hands(application.author), application.other_hands(person)

    assert [(hand.person, hand.is_writing) for hand in mine] == [(person, True)]
    assert [hand.person for hand in theirs] == [application.author]


def test_what_awaits_a_colleague():
    invitation = CoApplicantFactory()
    person, application = account_of(invitation), invitation.application

    assert [duty.url for duty in awaiting(person)] == [f"/co-porteurs/{invitation.pk}/reponse/"]

    invitation.accept(by=person)
    assert [duty.url for duty in awaiting(person)] == [f"/candidatures/{application.pk}/rediger/"]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"email": "Upper@example.gouv.fr"}, "co_applicant_email_is_lower_case"),
        ({"status": "accepted"}, "co_applicant_accepted_by_a_person"),
        ({"removed_at": timezone.now()}, "co_applicant_removed_at_when_removed"),
        ({"status": "removed"}, "co_applicant_removed_at_when_removed"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CoApplicantFactory(**fields)


def test_the_database_refuses_one_address_or_one_person_twice():
    there = CoApplicantFactory(accepted=True)
    twice = {"application": there.application}

    with pytest.raises(IntegrityError, match="on_board_once_per_address"), transaction.atomic():
        CoApplicantFactory(email=there.email, **twice)
    with pytest.raises(IntegrityError, match="there_once_per_person"), transaction.atomic():
        CoApplicantFactory(accepted=True, person=there.person, email="x@example.gouv.fr", **twice)
