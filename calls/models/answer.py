"""What an applicant has written so far, and what happens when two pages write at once."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from base.fields import Prose
from calls.models.question import Question


class Entry(NamedTuple):
    """What a page sends for one field, and the version it had read there."""

    key: str
    value: Any
    version: int


class Conflict(NamedTuple):
    """A text that lost to a newer one, which is given back with its version."""

    key: str
    mine: Any
    theirs: Any
    version: int


class Answer(models.Model):
    """What an application answers to one question, found by the question's stable key."""

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="answers"
    )
    key = models.SlugField(max_length=20, editable=False)
    text = Prose(_("réponse"), max_length=Question.LONG_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_at = models.DateTimeField(db_default=Now(), editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("réponse")
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="answer_once_per_question")
        ]

    def __str__(self):
        return f"{self.application} {self.key}"
