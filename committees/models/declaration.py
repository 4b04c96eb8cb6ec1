from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy


class Declaration(models.Model):
    """A person's word on their ties with every dossier of a round, up to one of them.

    Keys are given under the round's lock, so « up to » leaves no dossier unseen: one that joins
    later awaits a new declaration.
    """

    round = models.ForeignKey(
        "committees.Round", models.PROTECT, editable=False, related_name="declarations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    up_to = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, editable=False, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = gettext_lazy("déclaration de liens d’intérêt")
        verbose_name_plural = gettext_lazy("déclarations de liens d’intérêt")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "up_to"], name="declaration_once_per_dossier"
            )
        ]

    def __str__(self):
        return f"{self.person} ({self.round})"
