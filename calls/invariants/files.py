"""The rules of the files that answers are made of."""

import re

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from calls.kept import is_settled, kept_files
from calls.models import Answer, Attachment, Question, Receipt


def an_attachment_has_its_content():
    """Each file that the house knows is where it was kept."""
    rows = Attachment.objects.values_list("pk", "path").iterator()
    return (pk for pk, path in rows if not default_storage.exists(path))


def a_content_has_its_attachment():
    """No kept file is unknown to the house, an hour after it came; told by its path."""
    known = set(Attachment.objects.values_list("path", flat=True))
    return (path for path in kept_files() if path not in known and is_settled(path))


def a_deposited_file_is_still_there():
    """Each file that a deposit names under its hash is still joined to its application."""
    said = Cast("snapshot__sections", TextField())
    naming = Receipt.objects.alias(said=said).filter(said__contains="SHA-256")
    for receipt in naming.select_related("snapshot", "application__revision").iterator():
        application = receipt.application
        asking = set(application.revision.questions.of_files().values_list("label", flat=True))
        lines = [text for heading, text in receipt.snapshot.sections if heading in asking]
        named = set(re.findall(r"SHA-256 ([0-9a-f]{64})\)$", "\n".join(lines), re.MULTILINE))
        if named - set(application.attachments.values_list("digest", flat=True)):
            yield receipt.pk


def an_answer_names_the_files_of_its_application():
    """A file is joined to the answers of its own application and to no other."""
    answers = Answer.objects.filter(text__regex=r"^[0-9\n]+$").filter(
        Exists(
            Question.objects.of_files().filter(
                key=OuterRef("key"), revision=OuterRef("application__revision")
            )
        )
    )
    for answer in answers.iterator():
        named = Attachment.objects.named_in(answer.text)
        if named.exclude(application=answer.application_id).exists():
            yield answer.pk


INVARIANTS = [
    an_attachment_has_its_content,
    a_content_has_its_attachment,
    a_deposited_file_is_still_there,
    an_answer_names_the_files_of_its_application,
]
