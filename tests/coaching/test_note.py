import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from base.lifecycle import Refused
from coaching.models import Audience, Note
from journal.models import Event
from tests.factories import CoachAssignmentFactory, NoteFactory, SessionFactory, UserFactory


@pytest.fixture
def readers(people, assignment):
    second = CoachAssignmentFactory(project=assignment.project, accepted=True)
    return people | {
        "second coach": second.coach.user,
        "superuser outside the team": UserFactory(is_superuser=True),
        "anonymous": AnonymousUser(),
    }


COACHES = {"coach", "second coach"}
TEAM = COACHES | {"staff", "superuser"}
PROJECT = TEAM | {"intrapreneur"}
EVERYONE = PROJECT | {
    "former coach",
    "other coach",
    "former member",
    "superuser outside the team",
    "stranger",
    "anonymous",
}
READERS = {
    Audience.AUTHOR: {"coach"},
    Audience.COACHES: COACHES,
    Audience.TEAM: TEAM,
    Audience.PROJECT: PROJECT,
    Audience.PUBLIC: EVERYONE,
}


@pytest.mark.parametrize("audience", Audience)
def test_who_reads_a_note(audience, readers, assignment):
    note = NoteFactory(session=SessionFactory(assignment=assignment), audience=audience)

    reading = {who for who, user in readers.items() if Note.objects.visible_to(user).contains(note)}

    assert reading == READERS[audience]


def test_only_its_author_narrows_a_note(readers, assignment):
    note = NoteFactory(session=SessionFactory(assignment=assignment), audience=Audience.COACHES)

    allowed = {
        who for who, user in readers.items() if Note.objects.narrowable_by(user).contains(note)
    }

    assert allowed == {"coach"}


def test_authors_keep_their_notes_after_they_left():
    assignment = CoachAssignmentFactory(ended=True)
    note = NoteFactory(session=SessionFactory(assignment=assignment))

    assert Note.objects.visible_to(assignment.coach.user).contains(note)


def test_an_audience_is_narrowed():
    note = NoteFactory(audience=Audience.COACHES)

    note.narrow(by=note.author, to=Audience.AUTHOR)

    assert note.audience == "author"
    assert [e.verb for e in Event.objects.about(note.session)] == ["session.note_narrowed"]


@pytest.mark.parametrize("to", [Audience.COACHES, Audience.TEAM, Audience.PUBLIC])
def test_an_audience_is_never_widened(to):
    note = NoteFactory(audience=Audience.COACHES)

    with pytest.raises(Refused, match="ne s’élargit jamais"):
        note.narrow(by=note.author, to=to)


def test_someone_elses_note_is_not_narrowed():
    note = NoteFactory(audience=Audience.COACHES)

    with pytest.raises(Refused, match="n’est pas la vôtre"):
        note.narrow(by=UserFactory(), to=Audience.AUTHOR)


@pytest.mark.parametrize("audience", ["coaches", "team", "project", "public"])
def test_the_database_refuses_a_wider_audience(audience):
    note = NoteFactory()

    with (
        pytest.raises(IntegrityError, match="may only be narrowed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE coaching_note SET audience = %s WHERE id = %s", [audience, note.pk])


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"audience": "friends"}, "note_has_a_known_audience"), ({"text": ""}, "note_is_not_empty")],
)
def test_a_note_holds_in_the_database(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        NoteFactory(**fields)
