"""« Moi aussi »."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy


class Support(models.Model):
    """A person's « moi aussi » on an irritant."""

    irritant = models.ForeignKey(
        "calls.Irritant", models.CASCADE, editable=False, related_name="supports"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    given_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = gettext_lazy("« moi aussi »")
        constraints = [
            models.UniqueConstraint(fields=["irritant", "person"], name="support_once_per_person")
        ]

    def __str__(self):
        return f"{self.person} : {self.irritant}"
