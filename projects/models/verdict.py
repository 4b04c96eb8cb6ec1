from django.db import models
from django.utils.translation import gettext_lazy


class MilestoneKind(models.TextChoices):
    KICK_OFF = "kick_off", gettext_lazy("Lancement de l’équipe")
    RESEARCH = "research", gettext_lazy("Retour des premiers utilisateurs")
    BOOKING = "booking", gettext_lazy("Date du comité réservée")
    PAPERS = "papers", gettext_lazy("Bilan de mandat remis au comité")
    COMMITTEE = "committee", gettext_lazy("Revue de fin de mandat devant le comité")
    CONDITION = "condition", gettext_lazy("Condition de la décision du comité")
    CUSTOM = "custom", gettext_lazy("Jalon de l’équipe")


# Any number of them in a term; no plan moves them.
OF_THEIR_OWN = [MilestoneKind.CONDITION, MilestoneKind.CUSTOM]
# These happen by the verbs of the term review; nobody ticks them.
AUTOMATIC = [MilestoneKind.PAPERS, MilestoneKind.COMMITTEE]


class MilestoneStatus(models.TextChoices):
    PLANNED = "planned", gettext_lazy("prévu")
    REPORTED = "reported", gettext_lazy("rendu, à relire")
    REVIEWED = "reviewed", gettext_lazy("relu")


class Verdict(models.TextChoices):
    GO = "go", gettext_lazy("atteint")
    REVISE = "revise", gettext_lazy("à reprendre")
    MISSED = "missed", gettext_lazy("manqué")
