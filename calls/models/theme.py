"""What a pain or an idea is about, in the words of public action."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    HEALTH = "health", _("santé et solidarités")
    EDUCATION = "education", _("éducation et jeunesse")
    WORK = "work", _("emploi et formation")
    HOUSING = "housing", _("logement et ville")
    ECOLOGY = "ecology", _("eau, climat et biodiversité")
    AGRICULTURE = "agriculture", _("agriculture et alimentation")
    TRANSPORT = "transport", _("mobilités")
    JUSTICE = "justice", _("justice et sécurité")
    ECONOMY = "economy", _("économie et fiscalité")
    CULTURE = "culture", _("culture et sport")
    INSIDE = "inside", _("vie interne de l’administration")
    OTHER = "other", _("autre")
