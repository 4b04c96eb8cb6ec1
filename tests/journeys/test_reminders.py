"""Every reminder, from the clock to the mail box and to « mon espace », once."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.utils import timezone

from base.calendar import months_after, today
from incubator.celery import SCHEDULE
from notifications.tasks import sweep_outbox
from tests.calls.keeping import forgotten_draft
from tests.committees.room import room_of
from tests.factories import (
    ActionItemFactory,
    AgendaItemFactory,
    ApplicationFactory,
    ApprovalFactory,
    AssignmentFactory,
    CoachAssignmentFactory,
    CoApplicantFactory,
    HearingPlanFactory,
    MilestoneFactory,
    ProjectFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)
from tests.journeys.person import Person


def soon(**delta):
    return timezone.now() + timedelta(**delta)


def an_open_round():
    seat = SeatFactory()
    round = RoundFactory(committee=seat.committee)
    return seat.user, f"Le tour « {round} » est ouvert"


def an_awaited_review():
    due = RoundFactory(soft_closes_at=soon(days=2), closes_at=soon(days=4))
    assignment = AssignmentFactory(accepted=True, deliberation__round=due)
    title = assignment.deliberation.snapshot.title
    return assignment.seat.user, f"Votre évaluation est attendue : {title}"


def an_awaited_vote():
    room = room_of(2)
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    ballot.cast(by=room.chair.user, choice="for")
    return room.members[0].user, f"Votre vote est attendu : {room.sitting.committee}"


def an_hour_to_choose():
    sitting = SittingFactory(convened=True, urgency="La salle.", meets_at=soon(hours=20))
    HearingPlanFactory(sitting=sitting, invited=True, choose_before=soon(hours=4))
    item = AgendaItemFactory(sitting=sitting)
    subject = "Il reste peu de temps pour choisir l’heure de votre audition du "
    return item.deliberation.subject.author, subject


def a_draft_near_the_closing():
    draft = ApplicationFactory(call__closes_at=soon(days=2))
    return draft.author, f"« {draft.title} » n’est pas encore déposée"


def an_awaited_approval():
    manager = UserFactory()
    approval = ApprovalFactory(
        application__call__closes_at=soon(days=2), manager_email=manager.email
    )
    return manager, f"Rappel : votre visa est attendu pour {approval.application.author}"


def a_draft_kept_long_enough():
    draft = forgotten_draft()
    return draft.author, f"« {draft.title} » sera effacée le "


def a_milestone_due():
    leader = UserFactory()
    term = ProjectFactory(leader=leader, running=True).terms.get()
    MilestoneFactory(term=term, due_on=today() + timedelta(days=5), title="Open lab")
    return leader, "Jalon pour le "


def a_milestone_overdue():
    leader = UserFactory()
    term = ProjectFactory(leader=leader, running=True).terms.get()
    MilestoneFactory(term=term, due_on=today() - timedelta(days=2), title="Open lab")
    return leader, "Jalon en retard depuis le "


def a_term_that_ends():
    leader = UserFactory()
    anchor = months_after(today() + timedelta(days=25), -6)
    project = ProjectFactory(leader=leader, anchor=anchor, running=True)
    return leader, f"« {project} » : le mandat s’achève le "


def an_awaited_term_review():
    leader = UserFactory()
    anchor = months_after(today() + timedelta(days=40), -6)
    project = ProjectFactory(leader=leader, anchor=anchor, running=True)
    return leader, f"« {project} » : revue de fin de mandat attendue le "


def an_action_due():
    action = ActionItemFactory(due_on=today() + timedelta(days=1))
    return action.owner, f"Action attendue : {action}"


def an_awaited_answer_to_an_invitation():
    colleague = UserFactory()
    invitation = CoApplicantFactory(email=colleague.email, expires_at=soon(days=2))
    author = invitation.application.author
    return colleague, f"Rappel : {author} attend votre réponse à son invitation"


def three_weeks_of_silence():
    assignment = CoachAssignmentFactory(
        accepted=True, starts_on=today() - timedelta(days=22), ends_on=soon(days=90).date()
    )
    subject = f"« {assignment.project} » : trois semaines sans séance"
    return assignment.coach.user, subject


REMINDERS = [
    ("committees.tasks.announce_open_rounds", an_open_round),
    ("committees.tasks.remind_awaited_reviews", an_awaited_review),
    ("committees.tasks.remind_awaited_votes", an_awaited_vote),
    ("committees.tasks.remind_hearings", an_hour_to_choose),
    ("calls.tasks.remind_drafts", a_draft_near_the_closing),
    ("calls.tasks.remind_awaited_approvals", an_awaited_approval),
    ("calls.tasks.remind_awaited_invitations", an_awaited_answer_to_an_invitation),
    ("calls.tasks.announce_erasures", a_draft_kept_long_enough),
    ("projects.tasks.remind_milestones", a_milestone_due),
    ("projects.tasks.remind_milestones", a_milestone_overdue),
    ("projects.tasks.remind_term_ends", a_term_that_ends),
    ("projects.tasks.remind_awaited_reviews", an_awaited_term_review),
    ("coaching.tasks.remind_due_actions", an_action_due),
    ("coaching.tasks.remind_missing_sessions", three_weeks_of_silence),
]


def test_no_reminder_of_the_clock_is_forgotten_here():
    reminding = {task for task in SCHEDULE if ".remind_" in task or ".announce_" in task}

    assert {task for task, _ in REMINDERS} == reminding


def spaced(text):
    """Non-breaking spaces are spaces, as on the page that is read."""
    return " ".join(text.split())


def run(task):
    module, _, name = task.rpartition(".")
    getattr(import_module(module), name)()


@pytest.mark.parametrize(("task", "fact"), REMINDERS, ids=[fact.__name__ for _, fact in REMINDERS])
def test_a_reminder_arrives_once_and_stays_in_the_portal(task, fact, smtp_sink):
    user, subject = fact()
    sweep_outbox()
    smtp_sink.messages.clear()

    with time_machine.travel(soon(minutes=15)):
        for _ in range(2):
            run(task)
            sweep_outbox()

    letters = [one for one in smtp_sink.messages if one["To"] == user.email]
    subjects = [spaced(one["Subject"]) for one in letters]
    assert [said for said in subjects if not said.startswith(subject)] == []
    assert len(subjects) == 1
    assert "Pourquoi ce message" in letters[0].get_content()
    reader = Person(user)
    reader.goes_to("/mon-espace/messages/")
    assert reader.follows(subject).title == subjects[0]
