"""What someone reports: a pain, who suffers from it and how often."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from calls.models.theme import Theme


class Sufferers(models.TextChoices):
    USERS = "users", gettext_lazy("des usagers")
    AGENTS = "agents", gettext_lazy("des agents")
    BOTH = "both", gettext_lazy("des usagers et des agents")


class Frequency(models.TextChoices):
    DAILY = "daily", gettext_lazy("tous les jours")
    WEEKLY = "weekly", gettext_lazy("chaque semaine")
    MONTHLY = "monthly", gettext_lazy("chaque mois")
    RARELY = "rarely", gettext_lazy("plus rarement")


class Report(models.Model):
    """The words of an irritant, and whose they are: an agent's, or a user's of the service."""

    Sufferers = Sufferers
    Frequency = Frequency

    title = Line(gettext_lazy("en une phrase"), max_length=150)
    description = Prose(
        gettext_lazy("ce qui ne va pas"),
        max_length=4000,
        help_text=gettext_lazy("Ce qui se passe, et ce que cela coûte."),
    )
    sufferers = models.CharField(
        gettext_lazy("qui en souffre"), max_length=6, choices=Sufferers, blank=True
    )
    frequency = models.CharField(
        gettext_lazy("à quelle fréquence"), max_length=7, choices=Frequency, blank=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    reporter_email = models.EmailField(
        gettext_lazy("votre adresse électronique"),
        max_length=254,
        blank=True,
        help_text=gettext_lazy(
            "Pour apprendre ce que devient votre irritant. Elle n’est montrée à personne."
        ),
    )
    entity = models.ForeignKey(
        "accounts.Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("service concerné"),
    )
    theme = models.CharField(gettext_lazy("thème"), max_length=12, choices=Theme, blank=True)
    reported_at = models.DateTimeField(db_default=Now(), editable=False)
    search_text = models.TextField(default="", editable=False)

    class Meta:
        abstract = True
