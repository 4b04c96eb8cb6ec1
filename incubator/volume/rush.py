"""A call and the drafts that its closing is about to meet; each author is already signed in."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as PERSON_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import Entity, User
from calls.models import Answer, Application, Call
from committees.models import Committee, Grid
from incubator.volume import stage


def begin(count):
    """A call open for a day and `count` complete drafts of it: (draft, session key) pairs."""
    entity = Entity.found(name="Ministère de mesure", kind="central")
    staff, *authors = stage.people("auteur", count + 1, [entity])
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    committee = Committee.objects.create(name="Comité de mesure", purpose="Mesurer le portail.")
    call = stage.call(stage.DECIDED, staff, committee, Grid.objects.create(name="Grille de mesure"))
    tomorrow = timezone.now() + timedelta(days=1)
    Call.objects.filter(pk=call.pk).update(closes_at=tomorrow, grace_minutes=0)
    drafts = Application.objects.bulk_create(
        Application(
            call=call,
            revision=call.form,
            author=author,
            entity=entity,
            title=f"Idée de {author}",
            title_version=1,
            first_edited_at=call.opens_at,
            edited_at=call.opens_at,
        )
        for author in authors
    )
    Answer.objects.bulk_create(
        (
            Answer(application=draft, key=key, text=text, edited_by=draft.author)
            for draft in drafts
            for key, text in words_of(draft.pk).items()
        ),
        batch_size=2000,
    )
    return call, [(draft, session_of(draft.author)) for draft in drafts]


def words_of(number):
    """What a draft answers: words of its own, that cannot be taken for another's."""
    return {
        "q1": f"L’irritant nº {number} se répète chaque semaine dans vingt services.",
        "q2": f"Essayer la solution nº {number} avec dix usagers pendant six mois.",
        "q3": "Le délai, en jours.",
        "q4": "Un département",
    }


def session_of(person):
    """The key of a session where a person is signed in."""
    session = SessionStore()
    session[PERSON_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key
