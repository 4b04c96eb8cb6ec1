from django.db import models
from django.utils.translation import gettext_lazy

from projects.models.phase import Phase


class TermReviewStatus(models.TextChoices):
    DRAFT = "draft", gettext_lazy("en préparation")
    SUBMITTED = "submitted", gettext_lazy("remise")
    EXAMINED = "examined", gettext_lazy("devant le comité")
    EXTENDED = "extended", gettext_lazy("mandat prolongé")
    ACCELERATED = "accelerated", gettext_lazy("passage en accélération")
    PIVOTED = "pivoted", gettext_lazy("retour en investigation")
    TRANSFERRED = "transferred", gettext_lazy("transfert")
    STOPPED = "stopped", gettext_lazy("arrêt")


class TermReviewOutcome(models.TextChoices):
    EXTENDED = TermReviewStatus.EXTENDED.value, gettext_lazy("prolonger de six mois")
    ACCELERATED = (
        TermReviewStatus.ACCELERATED.value,
        gettext_lazy("prolonger de six mois et passer en accélération"),
    )
    PIVOTED = (
        TermReviewStatus.PIVOTED.value,
        gettext_lazy("prolonger de six mois et revenir en investigation"),
    )
    TRANSFERRED = TermReviewStatus.TRANSFERRED.value, gettext_lazy("transférer le produit")
    STOPPED = TermReviewStatus.STOPPED.value, gettext_lazy("arrêter le projet")


# The outcomes that six more months follow.
RENEWING = [
    TermReviewOutcome.EXTENDED,
    TermReviewOutcome.ACCELERATED,
    TermReviewOutcome.PIVOTED,
]


def phase_after(outcome, *, before):
    """The phase that a project enters with an outcome, from the one before; None for no change."""
    stopped = Phase.INCONCLUSIVE if before == Phase.INVESTIGATION else Phase.STOPPED
    return {
        TermReviewOutcome.ACCELERATED: Phase.ACCELERATION,
        TermReviewOutcome.PIVOTED: Phase.INVESTIGATION,
        TermReviewOutcome.TRANSFERRED: Phase.TRANSFERRED,
        TermReviewOutcome.STOPPED: stopped,
    }.get(outcome)
