"""The people of an irritant, forgotten years after it was settled; its public words stay."""

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models.irritant_rights import IrritantStatus
from journal import erasure
from journal.models import Event


# Nobody reads a hidden one, and it was hidden for what it says: its words go with its people.
WORDLESS = {"title": "Effacé", "description": "Effacé", "hidden_reason": "Effacé"}


class Forgettable(models.Model):
    """The part of an irritant that says whose it was: who reported it, who said « moi aussi »."""

    forgotten_at = models.DateTimeField(null=True, editable=False)
    former_supports = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="irritant_forgotten_names_nobody",
                condition=Q(forgotten_at=None) | Q(author=None, reporter_email=""),
                violation_error_message=gettext_lazy("Un irritant oublié ne nomme personne."),
            )
        ]

    @transaction.atomic
    def forget(self):
        """Keep what everyone reads and how many shared it; let their names and addresses go.

        With it, the reports that were merged into it. Refused before its years have passed.
        """
        every = type(self).objects
        self.hold(every.forgettable(), refusal=_("Cet irritant n’est pas à oublier."))
        shared = every.counted().get(pk=self.pk).support_count
        thread = every.filter(Q(pk=self.pk) | Q(merged_into=self)).order_by("pk")
        for report in thread.select_for_update():
            words = WORDLESS | {"search_text": ""} if self.status == IrritantStatus.HIDDEN else {}
            if report.status != IrritantStatus.HIDDEN:
                words.pop("hidden_reason", None)
            nobody = {"author": None, "reporter_email": "", "forgotten_at": Now()}
            every.filter(pk=report.pk).update(**nobody, **words)
            digest = erasure.erase(report)
            Event.record("irritant.erased", actor=None, subject=report, tombstones=digest)
        self.supports.all().delete()
        every.filter(pk=self.pk).update(former_supports=shared)
        self.refresh_from_db()
