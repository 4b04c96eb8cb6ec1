from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from base.calendar import today
from base.lifecycle import Refused
from coaching.matching import Request, shortlist
from coaching.models import CoachAssignment
from journal.models import Event
from notifications.models import Message
from tests.factories import (
    CoachAssignmentFactory,
    CoachFactory,
)


LONG_AGO = today() - timedelta(days=700)


def told(notice):
    return sorted(
        Message.objects.filter(notice=f"coaching/{notice}").values_list("address", flat=True)
    )


def verbs(subject):
    return [event.verb for event in Event.objects.about(subject)]


@pytest.fixture
def asked(project):
    return Request.until(
        today() + timedelta(days=100), project=project, starts_on=today(), days_budget=2
    )


def test_the_team_proposes_a_coach_and_keeps_what_it_was_shown(team, asked, leader):
    coach = CoachFactory()
    busy = CoachFactory(available=False)
    found = shortlist(asked)

    assignment = CoachAssignment.propose(
        by=team, shortlist=found, coach=coach, reasons="Elle connaît le sujet.", wished_by=leader
    )

    assert assignment.status == "proposed"
    assert (assignment.starts_on, assignment.last_day) == (
        today(),
        today() + timedelta(days=100),
    )
    assert [line["coach"] for line in assignment.shortlist["ranked"]] == [coach.pk]
    assert [line["coach"] for line in assignment.shortlist["rejected"]] == [busy.pk]
    assert assignment.wished_by == leader
    assert told("assignment_proposed") == [coach.user.email]
    assert verbs(assignment) == ["coachassignment.proposed"]


def test_nobody_else_proposes_a_coach(asked, leader):
    coach = CoachFactory()

    with pytest.raises(Refused, match="Seule l’équipe de l’incubateur"):
        CoachAssignment.propose(
            by=leader, shortlist=shortlist(asked), coach=coach, reasons="Elle est bien."
        )


def test_a_coach_set_aside_is_not_asked(team, asked):
    coach = CoachFactory(available=False)

    with pytest.raises(Refused, match="N’accepte pas de nouveau projet"):
        CoachAssignment.propose(by=team, shortlist=shortlist(asked), coach=coach, reasons="Si.")


def test_a_coach_who_was_not_shown_is_not_asked(team, asked):
    found = shortlist(asked)

    with pytest.raises(Refused, match="ne figure pas"):
        CoachAssignment.propose(by=team, shortlist=found, coach=CoachFactory(), reasons="Si.")


def test_a_proposal_says_why(team, asked):
    coach = CoachFactory()

    with pytest.raises(ValidationError):
        CoachAssignment.propose(by=team, shortlist=shortlist(asked), coach=coach, reasons="")


def test_a_coach_accepts_and_joins_the_team(project, leader):
    assignment = CoachAssignmentFactory(project=project)

    assignment.accept(by=assignment.coach.user)

    member = project.memberships.get(user=assignment.coach.user)
    assert (member.role, member.starts_on) == ("coach", assignment.starts_on)
    assert assignment.status == "accepted"
    assert verbs(assignment) == ["coachassignment.accepted"]
    assert told("assignment_accepted") == sorted([assignment.proposed_by.email, leader.email])


def test_only_the_coach_accepts(team):
    with pytest.raises(Refused, match="n’attend plus votre réponse"):
        CoachAssignmentFactory().accept(by=team)


def test_an_answer_is_given_once():
    assignment = CoachAssignmentFactory()
    assignment.decline(by=assignment.coach.user, reason="Trop loin.")

    with pytest.raises(Refused, match="n’attend plus votre réponse"):
        assignment.accept(by=assignment.coach.user)


def test_a_project_too_many_is_refused():
    coach = CoachFactory(project_limit=1)
    CoachAssignmentFactory(coach=coach, accepted=True)

    with pytest.raises(Refused, match="suivrait 2 projets à la fois, pour une limite de 1"):
        CoachAssignmentFactory(coach=coach).accept(by=coach.user)


def test_a_day_too_many_is_refused():
    coach = CoachFactory(days_per_month=3)
    CoachAssignmentFactory(coach=coach, accepted=True, days_budget=2)

    with pytest.raises(Refused, match="donnerait 4 jours par mois, pour une offre de 3 jours"):
        CoachAssignmentFactory(coach=coach, days_budget=2).accept(by=coach.user)


def test_a_future_overload_is_refused():
    coach = CoachFactory(project_limit=1)
    CoachAssignmentFactory(
        coach=coach,
        accepted=True,
        starts_on=today() + timedelta(days=119),
        ends_on=today() + timedelta(days=300),
    )

    with pytest.raises(Refused, match="2 projets"):
        CoachAssignmentFactory(coach=coach).accept(by=coach.user)


def test_an_assignment_that_follows_another_is_accepted(project):
    first = CoachAssignmentFactory(
        project=project, coach=CoachFactory(project_limit=1), accepted=True, ends_on=today()
    )
    follow_up = CoachAssignmentFactory(project=project, coach=first.coach, starts_on=today())

    follow_up.accept(by=first.coach.user)

    assert project.memberships.filter(user=first.coach.user).count() == 1


def test_two_years_are_enough(project):
    coach = CoachFactory()
    CoachAssignmentFactory(project=project, coach=coach, ended=True, starts_on=LONG_AGO)
    follow_up = CoachAssignmentFactory(project=project, coach=coach, starts_on=today())

    with pytest.raises(Refused, match="déjà eu ce coach deux ans"):
        follow_up.accept(by=coach.user)


def test_a_written_exception_gives_more_than_two_years(project):
    coach = CoachFactory()
    CoachAssignmentFactory(project=project, coach=coach, ended=True, starts_on=LONG_AGO)
    follow_up = CoachAssignmentFactory(
        project=project, coach=coach, starts_on=today(), exception="La relève arrive en mars."
    )

    follow_up.accept(by=coach.user)

    assert follow_up.status == "accepted"


def test_a_coach_declines_with_a_reason_that_the_proposer_reads():
    assignment = CoachAssignmentFactory()

    assignment.decline(by=assignment.coach.user, reason="Je connais trop ce service.")

    assert (assignment.status, assignment.decline_reason) == (
        "declined",
        "Je connais trop ce service.",
    )
    assert told("assignment_declined") == [assignment.proposed_by.email]
    assert verbs(assignment) == ["coachassignment.declined"]
    assert "Je connais" in Message.objects.get(notice="coaching/assignment_declined").body


def test_nobody_declines_for_the_coach(team):
    with pytest.raises(Refused, match="n’attend plus votre réponse"):
        CoachAssignmentFactory().decline(by=team, reason="Non.")


def test_the_team_takes_a_proposal_back_and_its_letter_too(team, asked):
    coach = CoachFactory()
    assignment = CoachAssignment.propose(
        by=team, shortlist=shortlist(asked), coach=coach, reasons="Elle connaît le sujet."
    )

    assignment.withdraw(by=team, reason="Le projet s’arrête.")

    assert (assignment.status, assignment.closed_by) == ("withdrawn", team)
    assert Message.objects.get().status == "void"
    assert verbs(assignment)[-1] == "coachassignment.withdrawn"


def test_a_coach_does_not_withdraw_what_the_team_asks():
    assignment = CoachAssignmentFactory()

    with pytest.raises(Refused, match="ne peut plus être retirée"):
        assignment.withdraw(by=assignment.coach.user, reason="Non.")
