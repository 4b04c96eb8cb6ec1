from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Held, Refused
from journal.models import Event


class Phase(models.TextChoices):
    """The stages of a public digital service, in the order of beta.gouv.fr's vocabulary of 2026."""

    INVESTIGATION = "investigation", gettext_lazy("investigation")
    CONSTRUCTION = "construction", gettext_lazy("construction")
    ACCELERATION = "acceleration", gettext_lazy("accélération")
    CONSOLIDATION = "consolidation", gettext_lazy("consolidation")
    TRANSFERRED = "transfere", gettext_lazy("transféré")
    OPERATED = "opere", gettext_lazy("opéré")
    STOPPED = "abandon", gettext_lazy("arrêté")
    INCONCLUSIVE = "abandon-investigation", gettext_lazy("investigation non concluante")


# Where a project no longer moves by itself.
FINAL = [Phase.TRANSFERRED, Phase.STOPPED, Phase.INCONCLUSIVE]


class PhaseChangeQuerySet(models.QuerySet):
    def in_force(self):
        """Not corrected since."""
        return self.filter(correction=None)

    def reading_at(self, day):
        """In force on a day, the deciding one first: what a project's phase is read from."""
        return self.in_force().filter(effective_on__lte=day).order_by("-effective_on", "-pk")

    def planned_after(self, day):
        return self.in_force().filter(effective_on__gt=day).order_by("effective_on", "pk")

    def decided_by(self, decision):
        """Entered by a committee's decision; none without one."""
        return self.in_force().filter(decision=decision) if decision else self.none()

    def correctable_by(self, user):
        """In force, by the incubator's team."""
        return self.in_force() if user.is_staff else self.none()


class PhaseChange(Held):
    """A project enters a phase on a day; a mistake is corrected by another row, never edited."""

    Phase = Phase

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="phase_changes")
    phase = models.CharField(gettext_lazy("phase"), max_length=30, choices=Phase)
    effective_on = models.DateField(gettext_lazy("à partir du"))
    note = Prose(gettext_lazy("précision"), max_length=500, blank=True)
    decision = models.ForeignKey(
        "committees.Decision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="correction"
    )

    objects = PhaseChangeQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("changement de phase")
        verbose_name_plural = gettext_lazy("changements de phase")
        constraints = [
            models.CheckConstraint(
                name="phasechange_names_a_phase",
                violation_error_message=gettext_lazy("Choisissez une phase du programme."),
                condition=Q(phase__in=Phase.values),
            )
        ]
        indexes = [
            models.Index(fields=["project", "effective_on"], name="phasechange_by_project"),
        ]

    def __str__(self):
        return f"{self.project} : {self.get_phase_display()}"

    def get_absolute_url(self):
        return self.project.get_absolute_url()

    @classmethod
    @transaction.atomic
    def enter(cls, project, *, by, phase, effective_on, note="", decision=None):
        """Note that a project enters a phase on a day, past or to come.

        By the incubator's team, or following a committee's decision.
        """
        project.lock()
        if decision is None and not type(project).objects.steerable_by(by).contains(project):
            raise Refused(_("Les phases reviennent à l’équipe de l’incubateur."), subject=project)
        if project.phase_at(effective_on) == phase:
            raise Refused(_("Le projet est déjà dans cette phase à cette date."), subject=project)
        change = project.phase_changes.create(
            phase=phase, effective_on=effective_on, note=note, decision=decision, recorded_by=by
        )
        Event.record("phasechange.recorded", actor=by, subject=project, **change.told())
        return change

    @transaction.atomic
    def correct(self, *, by, phase, effective_on, note="", decision=None):
        """Say better which phase it was, or since when; the first version stays readable.

        By the incubator's team, or following a decision that replaces another.
        """
        self.project.lock()
        self.hold(
            PhaseChange.objects.in_force() if decision else PhaseChange.objects.correctable_by(by),
            refusal=_("Ce changement de phase a déjà été corrigé, ou ne vous revient pas."),
        )
        if (phase, effective_on) == (self.phase, self.effective_on):
            raise Refused(_("Cette correction ne change rien."), subject=self.project)
        correction = PhaseChange.objects.create(
            project=self.project,
            phase=phase,
            effective_on=effective_on,
            note=note,
            decision=decision or self.decision,
            recorded_by=by,
            supersedes=self,
        )
        Event.record(
            "phasechange.corrected",
            actor=by,
            subject=self.project,
            formerly=self.phase,
            **correction.told(),
        )
        return correction

    def told(self):
        """What its events keep of it."""
        return {"phase": self.phase, "effective_on": self.effective_on.isoformat()}
