"""The states of an application and of its approval, and what each means for those who wait."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    DEPOSITED = "deposited", _("déposée")
    IN_CORRECTION = "in_correction", _("complément demandé")
    ADMISSIBLE = "admissible", _("recevable")
    INADMISSIBLE = "inadmissible", _("irrecevable")
    EXAMINED = "examined", _("en cours d’examen")
    SELECTED = "selected", _("retenue")
    RESERVE = "reserve", _("sur liste de réserve")
    REDIRECTED = "redirected", _("réorientée")
    DECLINED = "declined", _("non retenue")
    WITHDRAWN = "withdrawn", _("retirée")
    ERASED = "erased", _("effacée")


class ApplicationOutcome(models.TextChoices):
    """What the committee may answer; each names the state that follows."""

    SELECTED = ApplicationStatus.SELECTED.value, _("candidature retenue")
    RESERVE = ApplicationStatus.RESERVE.value, _("candidature inscrite sur la liste de réserve")
    REDIRECTED = ApplicationStatus.REDIRECTED.value, _("candidature réorientée")
    DECLINED = ApplicationStatus.DECLINED.value, _("candidature non retenue")


DECIDED = [ApplicationStatus(outcome.value) for outcome in ApplicationOutcome]
LEFT_OUT = [one for one in DECIDED if one != ApplicationStatus.SELECTED]
KEPT = [ApplicationStatus.SELECTED, ApplicationStatus.RESERVE]
LEFT = [ApplicationStatus.WITHDRAWN, ApplicationStatus.ERASED]  # from any state before
UNCHECKED = [
    ApplicationStatus.DRAFT,
    ApplicationStatus.DEPOSITED,
    ApplicationStatus.IN_CORRECTION,
]
AWAITING_A_DECISION = [
    ApplicationStatus.DEPOSITED,
    ApplicationStatus.IN_CORRECTION,
    ApplicationStatus.ADMISSIBLE,
    ApplicationStatus.EXAMINED,
]
BEFORE_A_COMMITTEE = [ApplicationStatus.EXAMINED, *DECIDED]
# What names someone or says something in the row itself, once it is erased.
NAMELESS = {
    "author": None,
    "edited_by": None,
    "withdrawn_by": None,
    "withdrawn_from": "",
    "entity": None,
    "irritant": None,
    "title": "",
    "search_text": "",
    "inadmissible_reason": "",
}


class CorrectionStatus(models.TextChoices):
    REQUESTED = "requested", _("attendue")
    RESOLVED = "resolved", _("reçue")
    EXPIRED = "expired", _("restée sans suite")
    CANCELLED = "cancelled", _("annulée")


class ApprovalStatus(models.TextChoices):
    REQUESTED = "requested", _("en attente de signature")
    APPROVED = "approved", _("signé")
    CONDITIONAL = "conditional", _("signé sous conditions")
    REFUSED = "refused", _("refusé")
    LAPSED = "lapsed", _("caduc")


GRANTED = [ApprovalStatus.APPROVED, ApprovalStatus.CONDITIONAL]
ANSWERS = [*GRANTED, ApprovalStatus.REFUSED]


class CoApplicantStatus(models.TextChoices):
    INVITED = "invited", _("invitation en attente")
    ACCEPTED = "accepted", _("a accepté")
    DECLINED = "declined", _("a décliné")
    REMOVED = "removed", _("ne porte plus la candidature")


class CoApplicantRole(models.TextChoices):
    EDITOR = "editor", _("peut écrire")
    READER = "reader", _("peut lire")


ON_BOARD = [CoApplicantStatus.INVITED, CoApplicantStatus.ACCEPTED]
