from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy


class DeclarationQuerySet(models.QuerySet):
    def covering(self):
        """Those that answer for the dossier of the query around.

        A blind round's opens once its masked version is approved, in any order: what was
        declared before its approval did not show it.
        """
        seen = Q(round__blind=False) | Q(declared_at__gte=OuterRef("masking__approved_at"))
        return self.filter(seen, up_to__gte=OuterRef("pk"))


class Declaration(models.Model):
    """A person's word on their ties with every dossier of a round, up to one of them.

    Keys are given under the round's lock, so « up to » leaves no dossier unseen: one that joins
    later, or whose masked version is approved later, awaits a new declaration.
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

    objects = DeclarationQuerySet.as_manager()

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
