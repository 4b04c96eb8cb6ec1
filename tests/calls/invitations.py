"""Colleagues invited to write, for the tests of several rooms."""

from calls.models import CoApplicant
from journal.models import Event
from notifications.models import Message
from tests.factories import UserFactory


def invite(application, email="ami@example.gouv.fr", role="editor"):
    return CoApplicant.invite(application, by=application.author, email=email, role=role)


def account_of(invitation):
    return UserFactory(email=invitation.email)


def verbs(application):
    return [event.verb for event in Event.objects.about(application)]


def sent():
    """What left or waits: the name of the notice, its address, where it stands."""
    return [
        (m.notice.partition("/")[2], m.address, m.status) for m in Message.objects.order_by("pk")
    ]
