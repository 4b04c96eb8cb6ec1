"""Drafts that ask for files, and files joined to them by their verb."""

from calls.models import Application, Attachment
from tests.calls.papers import PDF, upload
from tests.factories import ApplicationFactory, CallFactory
from tests.factories.calls import QUESTIONS


FILES = [*QUESTIONS, {"kind": "files", "label": "Vos pièces", "required": False}]


def asking_files(**fields):
    """A draft whose last question asks for files."""
    return ApplicationFactory(call=CallFactory(questions=FILES), **fields)


def add(application, name="note.pdf", content=PDF, key="q4"):
    return Attachment.add(application, by=application.author, key=key, file=upload(name, content))


def value(application, key="q4"):
    return Application.objects.get(pk=application.pk).value_of(key)
