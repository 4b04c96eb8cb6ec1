"""When two ideas look alike: what the team concluded, so that nobody works twice or for nothing."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Held, Refused
from calls.likeness import bands_of, words_of
from calls.models import Application
from calls.models.sketch import Sketched, text_of
from journal.models import Event
from projects import notices
from projects.models.project import Project


class Conclusion(models.TextChoices):
    MERGE = "merge", gettext_lazy("réunir les équipes")
    JOIN = "join", gettext_lazy("rejoindre le produit")
    DIFFERENTIATE = "differentiate", gettext_lazy("différencier les deux idées")
    DISTINCT = "distinct", gettext_lazy("pas un doublon")


class ResemblanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's, save where one of the dossiers is kept from a member of it."""
        seen = Application.objects.received_by(user)
        other = Q(other=None) | Q(other__in=seen)
        return self.filter(other, application__in=seen)

    def of(self, application):
        return self.filter(Q(application=application) | Q(other=application))


class Resemblance(Held):
    """What the team concluded of an application and of what it looks like, by whom and why."""

    Conclusion = Conclusion

    application = models.ForeignKey(
        "calls.Application", models.CASCADE, editable=False, related_name="+"
    )
    other = models.ForeignKey(
        "calls.Application", models.CASCADE, null=True, editable=False, related_name="+"
    )
    project = models.ForeignKey(
        "projects.Project", models.CASCADE, null=True, editable=False, related_name="+"
    )
    conclusion = models.CharField(gettext_lazy("que faire"), max_length=13, choices=Conclusion)
    reason = Prose(
        gettext_lazy("pourquoi, et ce que vous proposez"),
        max_length=2000,
        help_text=gettext_lazy("Pour réunir ou rejoindre, les équipes liront ces mots."),
    )
    concluded_at = models.DateTimeField(db_default=Now(), editable=False)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("rapprochement")
        constraints = [
            models.CheckConstraint(
                name="resemblance_is_with_an_application_or_a_project",
                condition=Q(other__isnull=False, project=None) & Q(application__lt=F("other"))
                | Q(other=None, project__isnull=False),
            ),
            models.CheckConstraint(
                name="resemblance_joins_a_project_and_merges_teams",
                condition=Q(conclusion="join", project__isnull=False)
                | Q(conclusion="merge", project=None)
                | ~Q(conclusion__in=["join", "merge"]),
                violation_error_message=gettext_lazy(
                    "On rejoint un produit ; on réunit les équipes de deux candidatures."
                ),
            ),
            models.CheckConstraint(
                name="resemblance_has_its_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites pourquoi."),
            ),
            models.UniqueConstraint(
                fields=["application", "other"], name="resemblance_once_for_two_applications"
            ),
            models.UniqueConstraint(
                fields=["application", "project"], name="resemblance_once_with_a_project"
            ),
        ]

    def __str__(self):
        return f"{self.application} / {self.other or self.project}"

    @classmethod
    @transaction.atomic
    def conclude(cls, application, *, by, conclusion, reason, other=None, project=None):
        """Say what to do of two that look alike; a second word replaces the first.

        The teams are told where they are asked to meet. Refused to who may not read both dossiers.
        """
        pair = sorted([one for one in (application, other) if one], key=lambda one: one.pk)
        for one in pair:
            one.hold(
                Application.objects.received_by(by),
                refusal=_("Le rapprochement revient à l’équipe, qui lit les deux dossiers."),
            )
        if (conclusion == Conclusion.JOIN) is not bool(project) and conclusion in {
            Conclusion.JOIN,
            Conclusion.MERGE,
        }:
            raise Refused(
                _("On rejoint un produit ; on réunit les équipes de deux candidatures."),
                subject=application,
            )
        resemblance, _created = cls.objects.update_or_create(
            application=pair[0],
            other=pair[1] if other else None,
            project=project,
            defaults={
                "conclusion": conclusion,
                "reason": reason,
                "concluded_by": by,
                "concluded_at": Now(),
            },
        )
        resemblance.refresh_from_db()
        event = Event.record(
            "resemblance.concluded", actor=by, subject=resemblance, conclusion=conclusion
        )
        if conclusion in {Conclusion.JOIN, Conclusion.MERGE}:
            notices.resemblance_concluded(resemblance, event)
        return resemblance


class ProjectSketch(Sketched):
    """The words of a project: its name, its pitch and its problem."""

    project = models.OneToOneField(
        "projects.Project", models.CASCADE, editable=False, related_name="sketch"
    )
    version = models.PositiveIntegerField(editable=False)

    class Meta(Sketched.Meta):
        verbose_name = gettext_lazy("empreinte de projet")

    def __str__(self):
        return str(self.project)

    @classmethod
    def draw(cls, project):
        """Read a project's words as they are."""
        words = words_of(f"{project.title} {project.pitch} {project.problem}")
        drawn = {"words": words, "bands": bands_of(words), "version": project.version}
        return cls.objects.update_or_create(project=project, defaults=drawn)[0]


def undrawn():
    """The projects whose words changed since they were read."""
    stale = Q(sketch=None) | ~Q(sketch__version=F("version"))
    return Project.objects.filter(stale)


def near_projects(application, user):
    """(likeness, project) of the projects alike, save the one that came from this application."""
    seen = Project.objects.visible_to(user).exclude(application=application)
    sketches = ProjectSketch.objects.filter(project__in=seen).select_related("project__promotion")
    return [(rate, s.project) for rate, s in sketches.near(words_of(text_of(application)))]
