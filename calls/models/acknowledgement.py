"""What a receipt says beside what was deposited: who is in charge, and what silence means.

Code des relations entre le public et l’administration, art. L112-3 and R112-5: the day of the
reception; name, postal and electronic address and telephone of the service in charge; whether
silence is an implicit decision, of which kind and from which day; where it is a rejection, how and
until when to appeal; where it is an acceptance, that it may be attested (art. L232-3). Relations
between an administration and its own agents are exempt (art. L112-2): calls open to others are not.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from base.calendar import months_after
from base.fields import Line, Prose
from base.wording import day


class Silence(models.TextChoices):
    """What it means when no decision comes; nothing chosen is nothing said."""

    REJECTION = "rejection", gettext_lazy("vaut rejet")
    ACCEPTANCE = "acceptance", gettext_lazy("vaut acceptation")
    NEITHER = "neither", gettext_lazy("ne vaut aucune décision")


IMPLICIT = [Silence.REJECTION, Silence.ACCEPTANCE]


class Acknowledging(models.Model):
    """The words of a call that each of its receipts takes over at the deposit."""

    Silence = Silence

    receipt_service = Line(
        gettext_lazy("service chargé des dossiers"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Imprimé sur chaque récépissé. Laissé vide : La Fabrique."),
    )
    receipt_contact = Prose(
        gettext_lazy("coordonnées de ce service"),
        max_length=500,
        blank=True,
        help_text=gettext_lazy(
            "Adresse postale, adresse électronique, téléphone (art. R112-5 du code des relations"
            " entre le public et l’administration). Laissé vide : l’adresse de contact."
        ),
    )
    silence = models.CharField(
        gettext_lazy("sans réponse, le silence de l’administration"),
        max_length=10,
        choices=Silence,
        blank=True,
        help_text=gettext_lazy("Sans choix, le récépissé n’en dit rien."),
    )
    silence_months = models.PositiveSmallIntegerField(
        gettext_lazy("au bout de combien de mois après le dépôt"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=gettext_lazy("Quand le silence vaut rejet ou acceptation ; deux en général."),
    )
    legal_notice = Prose(
        gettext_lazy("mentions légales du récépissé"),
        max_length=3000,
        blank=True,
        help_text=gettext_lazy(
            "Voies et délais de recours, attestation, données personnelles : imprimées telles"
            " quelles."
        ),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="call_silence_has_its_months",
                condition=Q(
                    silence__in=IMPLICIT,
                    silence_months__isnull=False,
                    silence_months__range=(1, 24),
                )
                | ~Q(silence__in=IMPLICIT) & Q(silence_months=None),
                violation_error_message=gettext_lazy(
                    "Dites au bout de combien de mois (de 1 à 24) le silence vaut rejet ou"
                    " acceptation, et seulement alors."
                ),
            ),
            models.CheckConstraint(
                name="call_implicit_rejection_says_how_to_appeal",
                condition=~Q(silence=Silence.REJECTION) | Q(legal_notice__regex=r"\S"),
                violation_error_message=gettext_lazy(
                    "Quand le silence vaut rejet, les mentions légales disent les voies et les"
                    " délais de recours."
                ),
            ),
        ]

    @property
    def service_in_charge(self):
        """In the house's language, whoever deposits: the receipt keeps it for good."""
        with translation.override(settings.LANGUAGE_CODE):
            return self.receipt_service or str(settings.SITE_NAME)

    @property
    def service_contact(self):
        return self.receipt_contact or self.contact

    @property
    def silence_text(self):
        """What the receipts will say, before there is a deposit to count from."""
        months = self.silence_months
        delay = months and ngettext(
            "%(count)s mois après le dépôt", "%(count)s mois après le dépôt", months
        )
        return meaning_of(self.silence, delay and delay % {"count": months})

    def acknowledgement(self, at):
        """What a receipt given at an instant takes over."""
        months = self.silence_months
        return {
            "service": self.service_in_charge,
            "contact": self.service_contact,
            "silence": self.silence,
            "silence_on": months and months_after(localdate(at), months),
            "legal_notice": self.legal_notice,
        }


class Acknowledged(models.Model):
    """The same words as a receipt keeps them, whatever becomes of the call's."""

    service = Line(
        gettext_lazy("service chargé du dossier"), max_length=200, blank=True, editable=False
    )
    contact = Prose(gettext_lazy("ses coordonnées"), max_length=500, blank=True, editable=False)
    silence = models.CharField(max_length=10, choices=Silence, blank=True, editable=False)
    silence_on = models.DateField(null=True, editable=False)
    legal_notice = Prose(
        gettext_lazy("mentions légales"), max_length=3000, blank=True, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="receipt_silence_has_its_day",
                condition=Q(silence__in=IMPLICIT, silence_on__isnull=False)
                | ~Q(silence__in=IMPLICIT) & Q(silence_on=None),
            )
        ]

    @property
    def silence_text(self):
        return meaning_of(self.silence, self.silence_on and _("le %s") % day(self.silence_on))


def meaning_of(silence, when):
    """What silence means, `when` being « le 12 mars 2027 »; nothing where nothing is said."""
    if silence == Silence.REJECTION:
        sentence = _(
            "Si aucune décision n’est communiquée %(when)s, la demande est réputée rejetée."
        )
    elif silence == Silence.ACCEPTANCE:
        sentence = _(
            "Si aucune décision n’est communiquée %(when)s, la demande est réputée acceptée ;"
            " une attestation en est délivrée à qui la demande."
        )
    elif silence == Silence.NEITHER:
        sentence = _(
            "Le silence de l’administration ne vaut ni acceptation ni rejet : une décision"
            " expresse est communiquée."
        )
    else:
        return ""
    return sentence % {"when": when}
