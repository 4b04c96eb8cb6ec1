from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base import wording
from base.calendar import today
from base.fields import Line
from base.lifecycle import Held, Refused
from journal.models import Event
from projects.charts import in_figures
from projects.models.membership import Membership


RECENT = 60


class IndicatorKind(models.TextChoices):
    IMPACT = "impact", gettext_lazy("impact")
    USE = "use", gettext_lazy("usage")
    SATISFACTION = "satisfaction", gettext_lazy("satisfaction")
    COST = "cost", gettext_lazy("coût")


class IndicatorQuerySet(models.QuerySet):
    def public(self):
        """Shown to everyone, on a project that is itself shown."""
        return self.filter(public=True, project__published_at__isnull=False)

    def visible_to(self, user):
        """What is public, and all those of the projects that one follows."""
        if user.is_staff:
            return self
        mine = Membership.objects.of(user).not_ended().values("project")
        shown = Q(public=True, project__published_at__isnull=False)
        return self.filter(shown | Q(project__in=mine))

    def with_recent(self):
        """Each with its recent observations as `shown`, latest first."""
        recent = Observation.objects.order_by("-on")[:RECENT]
        return self.prefetch_related(Prefetch("observations", recent, to_attr="shown"))

    def with_latest(self):
        """Each with its latest measure, as `latest` and `latest_on`."""
        measured = Observation.objects.measured().filter(indicator=OuterRef("pk")).order_by("-on")
        return self.annotate(
            latest=Subquery(measured.values("value")[:1]),
            latest_on=Subquery(measured.values("on")[:1]),
        )

    def observable_by(self, user):
        """Measured by those who make the project."""
        writers = Membership.objects.of(user).not_ended().writers()
        return self.filter(project__in=writers.values("project"))


class Indicator(Held):
    """What a project measures of what it changes; an unmeasured day is missing, never zero."""

    Kind = IndicatorKind

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="indicators")
    name = Line(gettext_lazy("nom"), max_length=120)
    unit = Line(
        gettext_lazy("unité"),
        max_length=40,
        blank=True,
        help_text=gettext_lazy("Par exemple « dossiers par mois », « % »."),
    )
    kind = models.CharField(
        gettext_lazy("nature"), max_length=20, choices=IndicatorKind, default=IndicatorKind.IMPACT
    )
    target = models.DecimalField(
        gettext_lazy("cible"), max_digits=15, decimal_places=3, null=True, blank=True
    )
    public = models.BooleanField(
        gettext_lazy("montré au public"),
        default=False,
        help_text=gettext_lazy("Affiché sur la page publique du projet, quand elle est publiée."),
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("indicateur")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="indicator_named_once_per_project",
                violation_error_message=gettext_lazy("Ce projet a déjà un indicateur de ce nom."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:indicator", args=[self.project.slug, self.pk])

    @classmethod
    @transaction.atomic
    def define(cls, project, *, by, **fields):
        """Say what a project will measure; by those who make it."""
        project.hold(
            type(project).objects.reportable_by(by),
            refusal=_("Les indicateurs reviennent à l’équipe du projet."),
        )
        indicator = cls.objects.create(
            project=project, position=project.indicators.count(), **fields
        )
        Event.record("indicator.defined", actor=by, subject=project, name=indicator.name)
        return indicator

    @transaction.atomic
    def amend(self, *, by, **fields):
        """Say better what is measured, or whether everyone sees it."""
        self._hold_for_team(by)
        Indicator.objects.filter(pk=self.pk).update(**fields)
        self.refresh_from_db()
        Event.record("indicator.amended", actor=by, subject=self.project, name=self.name)

    @transaction.atomic
    def observe(self, *, by, on, value, comment=""):
        """Record a day's measure, or that it is missing and why; a day is measured once."""
        self._hold_for_team(by)
        if on > today():
            raise Refused(_("Un relevé ne se fait pas d’avance."), subject=self)
        if self.observations.filter(on=on).exists():
            raise Refused(_("Un relevé existe déjà pour ce jour : corrigez-le."), subject=self)
        observation = self.observations.create(on=on, value=value, comment=comment, recorded_by=by)
        Event.record("observation.recorded", actor=by, subject=self.project, **observation.told())
        return observation

    def recent(self):
        """Its last sixty observations, latest first: what a page draws."""
        return list(self.observations.select_related("indicator").order_by("-on")[:RECENT])

    def latest_in_words(self):
        """« 1 250 dossiers par mois au 1 mars 2026 », or that nothing is measured yet."""
        latest = self.observations.measured().order_by("-on").first()
        if latest is None:
            return _("pas encore de relevé")
        return _("%(value)s au %(day)s") % {
            "value": latest.in_words(),
            "day": wording.day(latest.on),
        }

    def _hold_for_team(self, user):
        self.hold(
            Indicator.objects.observable_by(user),
            refusal=_("Les indicateurs reviennent à l’équipe du projet."),
        )


class ObservationQuerySet(models.QuerySet):
    def measured(self):
        return self.filter(value__isnull=False)

    def correctable_by(self, user):
        """By those who make the project."""
        return self.filter(indicator__in=Indicator.objects.observable_by(user))


class Observation(Held):
    """What an indicator was on a day; without a value it is missing, and says why."""

    indicator = models.ForeignKey("projects.Indicator", models.PROTECT, related_name="observations")
    on = models.DateField(gettext_lazy("jour"))
    value = models.DecimalField(
        gettext_lazy("valeur"),
        max_digits=15,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=gettext_lazy("Laissez vide si la mesure manque, et dites pourquoi."),
    )
    comment = Line(gettext_lazy("commentaire"), max_length=240, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("relevé")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "on"],
                name="observation_once_per_day",
                violation_error_message=gettext_lazy("Un relevé existe déjà pour ce jour."),
            ),
            models.CheckConstraint(
                name="observation_missing_says_why",
                condition=Q(value__isnull=False) | Q(comment__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites pourquoi la mesure manque."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {wording.day(self.on)}"

    def get_absolute_url(self):
        return self.indicator.get_absolute_url()

    @transaction.atomic
    def correct(self, *, by, value, comment=""):
        """Replace a wrong measure; the journal keeps the former one."""
        self.hold(
            Observation.objects.correctable_by(by),
            refusal=_("Les indicateurs reviennent à l’équipe du projet."),
        )
        formerly = self.in_words()
        Observation.objects.filter(pk=self.pk).update(
            value=value, comment=comment, recorded_by=by, recorded_at=timezone.now()
        )
        self.refresh_from_db()
        project = self.indicator.project
        Event.record(
            "observation.corrected", actor=by, subject=project, formerly=formerly, **self.told()
        )

    def in_words(self):
        if self.value is None:
            return _("mesure manquante")
        return f"{in_figures(self.value)} {self.indicator.unit}".strip()

    def told(self):
        """What its events keep of it."""
        return {
            "name": self.indicator.name,
            "value": self.in_words(),
            "on": self.on.isoformat(),
        }
