"""What a call tells those who may answer it."""

from datetime import UTC

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from base.fields import Line, Prose
from calls.models.acknowledgement import Acknowledging
from calls.models.clock import MINUTE


class CallKind(models.TextChoices):
    """What a call expects; each has a rule of its own and a sentence on its page."""

    IDEAS = "ideas", _("idées d’agents")
    CHALLENGES = "challenges", _("défi d’une administration")
    TWO_STEP = "two_step", _("en deux étapes : une page d’abord")
    ROLLING = "rolling", _("appel permanent : sans date de clôture")


class Announcement(Acknowledging):
    """The words, dates and conditions of a call, as the public reads them."""

    Kind = CallKind

    title = Line(_("titre"), max_length=200)
    kind = models.CharField(
        _("nature de l’appel"), max_length=12, choices=CallKind, default=CallKind.IDEAS
    )
    sponsor = models.ForeignKey(
        "accounts.Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("service qui propose le défi"),
    )
    summary = Prose(_("résumé"), max_length=1000)
    guidance = Prose(
        _("consignes"),
        max_length=10_000,
        blank=True,
        help_text=_("Ce qui est attendu, ce qui est offert, comment se préparer."),
    )
    eligibility = Prose(_("qui peut candidater"), max_length=2000)
    contact = models.EmailField(_("adresse de contact"), max_length=254)
    opens_at = models.DateTimeField(_("ouverture (heure de Paris)"))
    closes_at = models.DateTimeField(_("clôture (heure de Paris)"), null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(
        _("délai de grâce, en minutes"),
        default=0,
        validators=[MaxValueValidator(1440)],
        help_text=_(
            "Après la clôture, pour finir une candidature commencée avant elle. 0 : aucun."
        ),
    )
    approval_required = models.BooleanField(
        _("le visa hiérarchique est exigé pour déposer"),
        default=False,
        help_text=_("Sinon, le silence du responsable n’empêche pas le dépôt."),
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("comité"),
    )
    grid = models.ForeignKey(
        "committees.Grid",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("grille d’évaluation"),
    )
    promotion_starts_on = models.DateField(_("début prévu de la promotion"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(
        _("durée d’un mandat, en mois"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )

    class Meta:
        abstract = True
        constraints = [
            *Acknowledging.Meta.constraints,
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("La clôture doit suivre l’ouverture."),
            ),
            models.CheckConstraint(
                name="call_challenge_has_its_sponsor",
                condition=Q(kind=CallKind.CHALLENGES, sponsor__isnull=False)
                | ~Q(kind=CallKind.CHALLENGES) & Q(sponsor=None),
                violation_error_message=_(
                    "Un défi est proposé par un service ; les autres appels ne le sont pas."
                ),
            ),
            models.CheckConstraint(
                name="call_grace_is_at_most_a_day",
                condition=Q(grace_minutes__lte=1440),
                violation_error_message=_("Le délai de grâce dure au plus un jour."),
            ),
            models.CheckConstraint(
                name="call_terms_last_one_to_24_months",
                condition=Q(months__range=(1, 24)),
                violation_error_message=_("Un mandat dure de 1 à 24 mois."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def grace_ends_at(self):
        """In UTC: added to an hour of Paris, minutes would be lost or gained as clocks change.

        None as long as there is no closing.
        """
        return self.closes_at and self.closes_at.astimezone(UTC) + self.grace_minutes * MINUTE
