"""A private note is read by its author and the project's coaches, and is nowhere else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from base.calendar import today
from coaching.duties import awaiting
from coaching.models import ActionItem, Session
from coaching.tasks import remind_due_actions, remind_missing_sessions
from journal.models import Event
from notifications.models import Message
from tests.factories import CoachAssignmentFactory, SessionFactory


CANARY = "ornithorynque-secret"


@pytest.fixture
def sown(assignment, leader):
    """A session logged by the verb, with a note for the coaches and an action that is due."""
    return Session.log(
        by=assignment.coach.user,
        assignment=assignment,
        submission=uuid4(),
        held_on=today(),
        minutes=60,
        shared_summary="Bonne séance.",
        private_note=f"La cheffe de bureau bloque : {CANARY}.",
        audience="coaches",
        actions=[{"title": "Agir", "owner": leader, "due_on": today()}],
    )


def addresses(session):
    """Every page of the floor and of the administration that could show the session."""
    assignment, action = session.assignment, ActionItem.objects.get()
    named = [
        ("coaching:desk", []),
        ("coaching:action-list", []),
        ("coaching:action", [action.pk]),
        ("coaching:assignment", [assignment.pk]),
        ("coaching:session", [session.pk]),
        ("coaching:session-new", [assignment.pk]),
        ("coaching:project-coaching", [assignment.project.slug]),
        ("coaching:coach-list", []),
        ("coaching:coach", [assignment.coach.pk]),
        ("coaching:proposal-new", [assignment.project.slug]),
        ("projects:project", [assignment.project.slug]),
        ("projects:follow-up", [assignment.project.slug]),
        ("message-list", []),
    ]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        named.append((f"{name}_changelist", []))
        if model._meta.app_label == "coaching":
            named.append((f"{name}_change", [model.objects.order_by("pk").first().pk]))
    return [reverse(name, args=args) for name, args in named]


@pytest.mark.parametrize(
    "who",
    ["former coach", "other coach", "intrapreneur", "former member", "staff", "superuser"],
)
def test_no_page_of_anyone_else_holds_the_note(who, sown, people, client):
    client.force_login(people[who])

    pages = {url: client.get(url).content.decode() for url in addresses(sown)}
    found = {f"{url}?q={CANARY}" for url in pages}
    pages |= {url: client.get(url).content.decode() for url in found}

    assert [url for url, page in pages.items() if f"bloque : {CANARY}" in page] == []


def test_the_author_and_the_other_coach_read_it(sown, client):
    second = CoachAssignmentFactory(project=sown.project, accepted=True)

    for user in [sown.assignment.coach.user, second.coach.user]:
        client.force_login(user)
        assert CANARY in client.get(sown.get_absolute_url()).content.decode()


def test_no_duty_holds_the_note(sown, people):
    duties = [duty for user in people.values() for duty in awaiting(user)]

    assert [duty for duty in duties if CANARY in str(duty)] == []
    assert duties != []


def test_no_message_and_no_event_holds_the_note(sown, time_machine):
    remind_due_actions()
    time_machine.move_to(timezone.now())
    time_machine.shift(timedelta(days=22))
    remind_missing_sessions()

    texts = [f"{m.subject} {m.body}" for m in Message.objects.all()]
    texts += [str(event.detail) for event in Event.objects.all()]

    assert len(Message.objects.all()) == 2
    assert [text for text in texts if CANARY in text] == []


def test_no_other_table_holds_the_note(sown):
    holding = {
        model.__name__
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        if CANARY in str(row)
    }

    assert holding == {"Note"}


def test_notes_are_not_in_the_administration():
    assert "Note" not in {model.__name__ for model in admin.site._registry}


def test_a_narrowed_note_leaves_the_other_coach(sown, client):
    second = CoachAssignmentFactory(project=sown.project, accepted=True)
    sown.notes.get().narrow(by=sown.assignment.coach.user, to="author")
    client.force_login(second.coach.user)

    assert CANARY not in client.get(sown.get_absolute_url()).content.decode()


def test_a_session_without_a_note_says_nothing_of_notes(assignment, client):
    session = SessionFactory(assignment=assignment)
    client.force_login(assignment.coach.user)

    assert "Note privée" not in client.get(session.get_absolute_url()).content.decode()
