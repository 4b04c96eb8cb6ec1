"""Where a plan stands, and who may do what with it."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from committees.models.round import Round


STALE = timedelta(minutes=10)  # longer than a worker is given


class PlanStatus(models.TextChoices):
    REQUESTED = "requested", gettext_lazy("en calcul")
    FAILED = "failed", gettext_lazy("échoué")
    DRAFTED = "drafted", gettext_lazy("à relire")
    APPLIED = "applied", gettext_lazy("appliqué")
    UNDONE = "undone", gettext_lazy("annulé")


UNAPPLIED = [PlanStatus.REQUESTED, PlanStatus.FAILED, PlanStatus.DRAFTED]


class PlanOrigin(models.TextChoices):
    COMPUTED = "computed", gettext_lazy("répartition calculée")
    FILE = "file", gettext_lazy("fichier")


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To those who conduct the round; what it says of a dossier is another question."""
        return self.filter(round__in=Round.objects.conducted_by(user))

    def own(self, user):
        """Those that the user made: somebody else may be kept from one of its dossiers."""
        return self.visible_to(user).filter(made_by=user)

    def appliable_by(self, user):
        drafted = self.own(user).filter(status=PlanStatus.DRAFTED)
        return drafted.filter(round__in=Round.objects.staffable_by(user))

    def requested(self):
        """Being worked out."""
        return self.filter(status=PlanStatus.REQUESTED)

    def left_behind(self):
        """Asked for in vain: the message was lost, or its worker died."""
        return self.requested().filter(made_at__lt=timezone.now() - STALE)

    def undoable_by(self, user):
        applied = self.own(user).filter(status=PlanStatus.APPLIED)
        return applied.filter(round__in=Round.objects.staffable_by(user))
