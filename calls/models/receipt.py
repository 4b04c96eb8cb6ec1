"""The proof of a deposit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from base.fields import Line
from base.wording import day
from calls.comparison import contents
from calls.models.acknowledgement import Acknowledged


class Receipt(Acknowledged):
    """What was deposited, when and by whom, in words that no later change reaches.

    INSERT only, by trigger: the names are copied, the content is the frozen snapshot. Erased with
    its application, it names nobody, and keeps its number, its dates and its snapshot's digest.
    """

    application = models.ForeignKey(
        "calls.Application", models.PROTECT, editable=False, related_name="receipts"
    )
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    snapshot = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, editable=False, related_name="+"
    )
    call_title = Line(gettext_lazy("appel"), max_length=200, editable=False)
    depositor = Line(gettext_lazy("déposée par"), max_length=254, editable=False)
    deposited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    deposited_at = models.DateTimeField(gettext_lazy("déposée le"), editable=False)

    class Meta:
        verbose_name = gettext_lazy("récépissé")
        constraints = [
            *Acknowledged.Meta.constraints,
            models.UniqueConstraint(
                fields=["application", "version"], name="receipt_once_per_version"
            ),
            models.CheckConstraint(
                name="receipt_names_its_depositor_or_nobody",
                condition=Q(deposited_by__isnull=False) | Q(depositor=""),
            ),
        ]

    def __str__(self):
        return _("Récépissé nº %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("calls:version", args=[self.application_id, self.version])

    def contents(self):
        """What a version is compared by."""
        return contents(self.snapshot.title, self.snapshot.sections)

    @property
    def number(self):
        """The year of the deposit and a number that no other receipt has: `2026-000123`."""
        return f"{localtime(self.deposited_at):%Y}-{self.pk:06d}"

    @property
    def former_version(self):
        return self.version - 1

    @property
    def stated_at(self):
        """When it was deposited, to the second: on the page, in the letter and on paper."""
        at = localtime(self.deposited_at)
        return _("%(day)s à %(hour)s (heure de Paris)") % {
            "day": day(at),
            "hour": f"{at:%H:%M:%S}",
        }

    @staticmethod
    def next_text():
        return _(
            "L’équipe vérifie que la candidature est recevable, puis la transmet au comité."
            " La réponse est communiquée sur la page de la candidature et par courriel."
        )

    def printed(self):
        """What the paper says, as texts: of what was frozen, and of nothing that still moves."""
        ours, theirs = settings.LANGUAGE_CODE, get_language()
        service = self.service and f"{self.service}\n{self.contact}"
        parts = [
            (_("Service chargé du dossier"), service, ours),
            (_("Silence de l’administration"), self.silence_text, theirs),
            (_("Mentions légales"), self.legal_notice, ours),
            (_("Et maintenant"), self.next_text(), theirs),
        ]
        return {
            "title": str(self),
            "reference": self.number,
            "facts": [
                [_("Candidature"), self.snapshot.title],
                [_("Appel"), self.call_title],
                [_("Déposée par"), self.depositor],
                [_("Déposée le"), self.stated_at],
                [_("Empreinte SHA-256"), self.snapshot.digest],
            ],
            "parts": [part for part in parts if part[1]],
            "content_title": _("Contenu déposé"),
            "sections": self.snapshot.sections,
        }
