from django.db import models
from django.utils.translation import gettext_lazy


class AssignmentStatus(models.TextChoices):
    """Where a dossier entrusted to a member stands; apart, because rights and loads ask it too."""

    PROPOSED = "proposed", gettext_lazy("proposée")
    ACCEPTED = "accepted", gettext_lazy("acceptée")
    DECLINED = "declined", gettext_lazy("refusée")
    REVIEWED = "reviewed", gettext_lazy("évaluée")
    NEUTRALISED = "neutralised", gettext_lazy("neutralisée")


PENDING = [AssignmentStatus.PROPOSED, AssignmentStatus.ACCEPTED]
COUNTING = [*PENDING, AssignmentStatus.REVIEWED]  # those that weigh on a member
