"""What a manager is asked to sign: how much of a person's time, from when, for how long."""

import json
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import AllowedDomain
from base.fields import Line, Prose
from base.wording import day
from calls.models.link import digest_of


REQUESTS_A_DAY = 10
PLAN = ["manager_email", "share_of_time", "starts_on", "months", "conditions"]


class ReleasePlan(models.Model):
    """A share of time, a beginning, a length and conditions, and the manager to be asked.

    A plan never changes, by trigger: another plan is another row.
    """

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="approvals"
    )
    manager_name = Line(gettext_lazy("nom du responsable"), max_length=160)
    manager_email = models.EmailField(gettext_lazy("son adresse électronique"), max_length=254)
    share_of_time = models.PositiveSmallIntegerField(
        gettext_lazy("part du temps libérée, en %"),
        validators=[MinValueValidator(5), MaxValueValidator(100)],
    )
    starts_on = models.DateField(gettext_lazy("à partir du"))
    months = models.PositiveSmallIntegerField(
        gettext_lazy("pendant, en mois"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    conditions = Prose(
        gettext_lazy("conditions proposées"),
        max_length=2000,
        blank=True,
        help_text=gettext_lazy("Remplacement, jours de présence, dossiers conservés…"),
    )
    plan_digest = models.CharField(max_length=64, editable=False)
    requested_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="approval_plan_is_possible",
                condition=Q(share_of_time__range=(5, 100), months__range=(1, 24)),
                violation_error_message=gettext_lazy(
                    "De 5 à 100 pour cent du temps, pendant 1 à 24 mois."
                ),
            ),
            models.CheckConstraint(
                name="approval_manager_email_is_lower_case",
                condition=Q(manager_email=Lower("manager_email")),
                violation_error_message=gettext_lazy("Écrivez l’adresse en minuscules."),
            ),
        ]

    def fault(self):
        """Why this manager cannot be asked, in a sentence, or nothing."""
        if self.manager_email in self.application.addresses():
            return _("Votre responsable est une autre personne que vous et vos co-porteurs.")
        if not AllowedDomain.objects.covering(self.manager_email).exists():
            return _("Cette adresse n’est pas celle d’une administration.")
        since = Now() - Value(timedelta(days=1))
        if self.application.approvals.filter(requested_at__gt=since).count() >= REQUESTS_A_DAY:
            return _("Trop de demandes aujourd’hui : réessayez demain.")
        return ""

    def plan(self):
        return {name: getattr(self, name) for name in ["manager_name", *PLAN]}

    def plan_fingerprint(self):
        """SHA-256 (hex) of what the manager signs."""
        return digest_of(json.dumps([str(getattr(self, name)) for name in PLAN]))

    @property
    def share_label(self):
        return _("%(share)s %% du temps") % {"share": self.share_of_time}

    @property
    def summary(self):
        """The plan, and what the manager said of it, in a few lines."""
        plan = ngettext(
            "%(share)s %% du temps à partir du %(day)s, pendant %(months)s mois",
            "%(share)s %% du temps à partir du %(day)s, pendant %(months)s mois",
            self.months,
        ) % {
            "share": self.share_of_time,
            "day": day(self.starts_on),
            "months": self.months,
        }
        signature = _("Visa de %(manager)s : %(status)s") % {
            "manager": self.manager_name,
            "status": self.get_status_display(),
        }
        return "\n".join(line for line in [plan, self.conditions, signature, self.words] if line)
