from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from base.calendar import today
from base.lifecycle import Refused
from coaching.models import ActionItem, Note, Session
from journal.models import Event
from notifications.models import Message
from tests.factories import CoachAssignmentFactory, SessionFactory, UserFactory


@pytest.fixture
def log(assignment):
    def log(**fields):
        usual = {
            "by": assignment.coach.user,
            "assignment": assignment,
            "submission": uuid4(),
            "held_on": today(),
            "minutes": 60,
            "shared_summary": "Nous avons relu les entretiens.",
        }
        return Session.log(**usual | fields)

    return log


def test_a_coach_logs_a_session_with_its_note_and_its_actions(log, leader, assignment):
    action = {"title": "Appeler la DDT", "owner": leader, "due_on": today() + timedelta(days=7)}

    session = log(private_note="Elle doute.", audience="coaches", actions=[action])

    note, item = session.notes.get(), session.actions.get()
    assert (session.minutes, session.project) == (60, assignment.project)
    assert (note.text, note.audience, note.author) == (
        "Elle doute.",
        "coaches",
        assignment.coach.user,
    )
    assert (item.title, item.owner, item.promised_by) == (
        "Appeler la DDT",
        leader,
        assignment.coach.user,
    )
    assert [event.verb for event in Event.objects.about(session)] == ["session.logged"]


def test_a_session_needs_neither_note_nor_action(log):
    session = log()

    assert (session.notes.count(), session.actions.count()) == (0, 0)


def test_the_same_form_sent_twice_is_one_session(log):
    key = uuid4()

    assert log(submission=key) == log(submission=key)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "who", ["former coach", "other coach", "intrapreneur", "staff", "superuser", "stranger"]
)
def test_nobody_else_logs_a_session(who, people, log):
    with pytest.raises(Refused, match="n’est pas en cours"):
        log(by=people[who])


def test_an_ended_assignment_takes_no_session(log, team, assignment):
    assignment.end(by=team, reason="Le projet s’arrête.")

    with pytest.raises(Refused, match="n’est pas en cours"):
        log()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-61, "hors des dates"), (1, "est à venir"), (120, "hors des dates")],
)
def test_a_session_is_held_within_the_assignment_and_not_to_come(log, days, sentence):
    with pytest.raises(Refused, match=sentence):
        log(held_on=today() + timedelta(days=days))

    assert not Session.objects.exists()


def test_an_action_is_given_to_someone_of_the_team(log):
    stranger = UserFactory(first_name="Paul", last_name="Martin")

    with pytest.raises(Refused, match="Paul Martin n’est pas dans l’équipe du projet"):
        log(actions=[{"title": "Agir", "owner": stranger, "due_on": today()}])

    assert not Session.objects.exists()


def test_an_action_is_not_due_before_its_session(log, leader):
    early = today() - timedelta(days=1)

    with pytest.raises(Refused, match="avant la séance"):
        log(actions=[{"title": "Agir", "owner": leader, "due_on": early}])

    assert not ActionItem.objects.exists()


@pytest.mark.parametrize("fields", [{"minutes": 0}, {"shared_summary": ""}])
def test_a_session_lasts_and_says_something(log, fields):
    with pytest.raises(ValidationError):
        log(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"minutes": 601}, "session_lasts_five_minutes_to_ten_hours"),
        ({"shared_summary": ""}, "session_says_what_was_said"),
    ],
)
def test_a_session_holds_in_the_database(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SessionFactory(**fields)


def test_a_session_calls_off_the_reminder_of_the_silence(log, assignment):
    Message.objects.create(
        key=f"coaching/session_missing:{assignment.pk}-{assignment.starts_on}:c@example.fr",
        notice="coaching/session_missing",
        address="c@example.fr",
        subject="Trois semaines",
        body="",
    )

    log()

    assert Message.objects.get().status == "void"


def test_the_private_note_leaves_no_trace_in_the_journal(log):
    log(private_note="ornithorynque", shared_summary="Bonne séance.")

    details = [str(event.detail) for event in Event.objects.all()]
    assert [text for text in details if "ornithorynque" in text] == []
    assert Note.objects.get().text == "ornithorynque"


RIGHTS = {
    "coach": {True},
    "former coach": {False},
    "other coach": {False},
    "intrapreneur": {True},
    "former member": {False},
    "staff": {True},
    "superuser": {True},
    "stranger": {False},
}


def test_rights_on_a_session(people, assignment):
    session = SessionFactory(assignment=assignment)

    granted = {
        who: {Session.objects.visible_to(user).contains(session)} for who, user in people.items()
    }

    assert granted == RIGHTS


def test_former_coaches_keep_the_sessions_they_held():
    assignment = CoachAssignmentFactory(ended=True)
    session = SessionFactory(assignment=assignment)

    assert Session.objects.visible_to(assignment.coach.user).contains(session)
