"""What the choice of a promotion would be under some rules, and the list that people settle."""

from dataclasses import asdict

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line
from base.lifecycle import Refused
from calls import portfolio
from calls.contenders import contenders_of
from calls.models.application import Application
from calls.models.call import Call
from calls.portfolio import Candidate, Rules
from journal.models import Event


NOT_YOURS = gettext_lazy("Vous ne conduisez pas le choix de cette promotion.")


class ScenarioBasis(models.TextChoices):
    RAW = "raw", gettext_lazy("les notes")
    ADJUSTED = "adjusted", gettext_lazy("les notes ajustées à la sévérité")


class Scenario(models.Model):
    """The best choice among the dossiers of a call under some rules: kept as it was, never changed.

    It decides nothing. Its seed and what it looked at are kept, so that it is found again.
    """

    Basis = ScenarioBasis

    call = models.ForeignKey("calls.Call", models.PROTECT, editable=False, related_name="scenarios")
    name = Line(gettext_lazy("nom"), max_length=120)
    basis = models.CharField(
        gettext_lazy("rangs d’après"), max_length=8, choices=ScenarioBasis, default="raw"
    )
    rules = models.JSONField(editable=False)
    seed = models.PositiveIntegerField(editable=False)
    considered = models.JSONField(editable=False)
    kept = ArrayField(models.BigIntegerField(), null=True, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = gettext_lazy("scénario")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "name"],
                name="scenario_named_once_per_call",
                violation_error_message=gettext_lazy("Un scénario de cet appel a déjà ce nom."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("calls:scenario", args=[self.call.slug, self.pk])

    @classmethod
    @transaction.atomic
    def keep(cls, call, *, by, name, basis, rules, seed=1):
        """Compute the choice under these rules and keep it; refused without a mark to read."""
        call.hold(Call.objects.reserved_by(by), refusal=NOT_YOURS)
        if cls.objects.filter(call=call, name=name).exists():
            raise Refused(_("Un scénario de cet appel a déjà ce nom."), subject=call)
        seen = contenders_of(call, by, adjusted=basis == ScenarioBasis.ADJUSTED)
        if not seen:
            raise Refused(_("Aucun dossier noté n’est à comparer."), subject=call)
        candidates = [contender.candidate for contender in seen]
        kept = portfolio.kept_of(candidates, rules, seed=seed)
        scenario = cls.objects.create(
            call=call,
            name=name,
            basis=basis,
            rules=asdict(rules),
            seed=seed,
            considered=[asdict(candidate) for candidate in candidates],
            kept=None if kept is None else sorted(kept),
            made_by=by,
        )
        Event.record("scenario.kept", actor=by, subject=call, scenario=scenario.pk)
        return scenario

    @property
    def limits(self):
        return Rules.read(self.rules)

    def candidates_for(self, user):
        """What it looked at; to who may not read all of it, what they may read of it now."""
        frozen = [Candidate(**one) for one in self.considered]
        keys = [candidate.key for candidate in frozen]
        open_to = Application.objects.unhidden_from(user).filter(pk__in=keys)
        if open_to.count() == len(keys):
            return frozen
        adjusted = self.basis == ScenarioBasis.ADJUSTED
        return [one.candidate for one in contenders_of(self.call, user, adjusted=adjusted)]

    def kept_for(self, candidates):
        """The keys of the choice among these; as it was kept where it looked at the same."""
        if [asdict(candidate) for candidate in candidates] == self.considered:
            return None if self.kept is None else frozenset(self.kept)
        return portfolio.kept_of(candidates, self.limits, seed=self.seed)


class Shortlist(models.Model):
    """The list that people settled after a scenario, by hand; the sittings decide, it does not."""

    scenario = models.ForeignKey(
        "calls.Scenario", models.PROTECT, editable=False, related_name="shortlists"
    )
    settled_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = gettext_lazy("liste arrêtée")

    def __str__(self):
        return _("Liste arrêtée d’après « %(scenario)s »") % {"scenario": self.scenario}

    @classmethod
    @transaction.atomic
    def settle(cls, scenario, *, by, kept, reasons):
        """Tick the dossiers by hand; refused without a reason where one departs from the tool.

        `kept`: the keys ticked; `reasons`: key → why.
        """
        scenario.call.hold(Call.objects.reserved_by(by), refusal=NOT_YOURS)
        candidates = scenario.candidates_for(by)
        proposed = scenario.kept_for(candidates) or frozenset()
        shortlist = cls.objects.create(scenario=scenario, settled_by=by)
        for candidate in candidates:
            entry = ShortlistEntry(
                shortlist=shortlist,
                application_id=candidate.key,
                kept=candidate.key in kept,
                proposed=candidate.key in proposed,
                reason=reasons.get(candidate.key, ""),
            )
            if entry.kept != entry.proposed and not entry.reason.strip():
                raise Refused(_("Dites pourquoi la liste s’écarte du scénario."))
            entry.save(force_insert=True)
        Event.record("shortlist.settled", actor=by, subject=scenario.call, scenario=scenario.pk)
        return shortlist


class ShortlistEntry(models.Model):
    """A dossier on a list that was settled: kept or not, as the scenario has it or for a reason."""

    shortlist = models.ForeignKey(
        "calls.Shortlist", models.PROTECT, editable=False, related_name="entries"
    )
    application = models.ForeignKey(
        "calls.Application", models.PROTECT, editable=False, related_name="+"
    )
    kept = models.BooleanField(gettext_lazy("retenue"))
    proposed = models.BooleanField(editable=False)
    reason = Line(gettext_lazy("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = gettext_lazy("ligne d’une liste arrêtée")
        constraints = [
            models.UniqueConstraint(
                fields=["shortlist", "application"], name="shortlistentry_once_per_application"
            ),
            models.CheckConstraint(
                name="shortlistentry_departing_is_reasoned",
                condition=Q(kept=F("proposed")) | Q(reason__regex=r"\S"),
                violation_error_message=gettext_lazy(
                    "Dites pourquoi la liste s’écarte du scénario."
                ),
            ),
        ]

    def __str__(self):
        return str(self.application)
