from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Line, Prose
from base.lifecycle import Refused
from journal.models import Event


class OpenLab(models.Model):
    """A session with real users: when, with how many, and what it taught."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="open_labs")
    held_on = models.DateField(gettext_lazy("tenu le"))
    place = Line(gettext_lazy("lieu"), max_length=120, blank=True)
    participants = models.PositiveSmallIntegerField(gettext_lazy("nombre d’utilisateurs"))
    learnings = Prose(gettext_lazy("ce que nous avons appris"), max_length=4000)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = gettext_lazy("open lab")
        verbose_name_plural = gettext_lazy("open labs")
        constraints = [
            models.CheckConstraint(
                name="openlab_taught_something",
                condition=Q(learnings__regex=r"\S"),
                violation_error_message=gettext_lazy("Écrivez ce que cette séance a appris."),
            )
        ]
        indexes = [models.Index(fields=["project", "-held_on"], name="openlab_by_project")]

    def __str__(self):
        return _("Open lab de %(project)s") % {"project": self.project}

    def get_absolute_url(self):
        return reverse("projects:open-labs", args=[self.project.slug])

    @classmethod
    @transaction.atomic
    def log(cls, project, *, by, held_on, participants, learnings, place=""):
        """Write down a session that was held; by those who make the project."""
        project.hold(
            type(project).objects.reportable_by(by),
            refusal=_("Les open labs sont racontés par l’équipe du projet."),
        )
        if held_on > today():
            raise Refused(_("Cette séance n’a pas encore eu lieu."), subject=project)
        lab = cls.objects.create(
            project=project,
            held_on=held_on,
            place=place,
            participants=participants,
            learnings=learnings,
            recorded_by=by,
        )
        Event.record(
            "openlab.held",
            actor=by,
            subject=project,
            on=held_on.isoformat(),
            participants=participants,
        )
        return lab
