from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Held, Refused
from journal.models import Event


FEWEST_LEVELS, MOST_LEVELS = 4, 6


class GridQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def visible_to(self, user):
        return self if user.is_staff else self.published()

    def editable_by(self, user):
        """A draft, in the hands of the incubator's team."""
        return self.filter(published_at=None) if user.is_staff else self.none()

    def revisable_by(self, user):
        return self.published() if user.is_staff else self.none()


class Grid(Held):
    """A version of an evaluation grid: weighted criteria with anchored levels.

    Once published it never changes: it is the algorithm that ranks (CRPA L311-3-1).
    """

    name = Line(gettext_lazy("nom"), max_length=120)
    version = models.PositiveSmallIntegerField(gettext_lazy("version"), default=1, editable=False)
    coverage_percent = models.PositiveSmallIntegerField(
        gettext_lazy("couverture au moins, en pourcentage des poids"),
        default=60,
        help_text=gettext_lazy("En dessous, une note est dite « non comparable »."),
    )
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = GridQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("grille")
        verbose_name_plural = gettext_lazy("grilles")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                name="grid_version_once_per_name",
                violation_error_message=gettext_lazy("Une grille porte déjà ce nom."),
            ),
            models.CheckConstraint(
                name="grid_coverage_is_a_share",
                condition=Q(coverage_percent__range=(1, 100)),
                violation_error_message=gettext_lazy("La couverture va de 1 à 100 pour cent."),
            ),
            models.CheckConstraint(
                name="grid_published_at_and_by",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self):
        return _("%(name)s, version %(version)s") % {"name": self.name, "version": self.version}

    def get_absolute_url(self):
        return reverse("committees:grid", args=[self.pk])

    @classmethod
    @transaction.atomic
    def draft(cls, *, by, name, coverage_percent=60):
        """Begin a grid, without criteria yet; for the incubator's team."""
        grid = cls.objects.create(name=name, coverage_percent=coverage_percent)
        grid.hold_draft(by)
        Event.record("grid.drafted", actor=by, subject=grid)
        return grid

    @transaction.atomic
    def add_criterion(self, *, by, label, weight, levels, help=""):
        """Add a criterion at the end; `levels` are (label, anchor) pairs, worst first."""
        self.hold_draft(by)
        last = self.criteria.aggregate(last=Max("position"))["last"] or 0
        criterion = self.criteria.create(position=last + 1, label=label, help=help, weight=weight)
        criterion.set_levels(levels)
        Event.record("criterion.added", actor=by, subject=self, label=label)
        return criterion

    @transaction.atomic
    def publish(self, *, by):
        """Make it usable by rounds and immutable; refused while a criterion lacks its levels."""
        self.hold_draft(by)
        sizes = self.criteria.annotate(size=Count("levels")).values_list("size", flat=True)
        if not sizes:
            raise Refused(_("Une grille sans critère ne se publie pas."), subject=self)
        if any(not FEWEST_LEVELS <= size <= MOST_LEVELS for size in sizes):
            raise Refused(_("Chaque critère a de quatre à six niveaux."), subject=self)
        self.published_at, self.published_by = timezone.now(), by
        self.save(update_fields=["published_at", "published_by"])
        Event.record("grid.published", actor=by, subject=self)

    @transaction.atomic
    def revise(self, *, by):
        """Begin the next version as a copy of this one."""
        self.hold(
            Grid.objects.revisable_by(by),
            refusal=_("Seule une grille publiée donne une nouvelle version."),
        )
        last = Grid.objects.filter(name=self.name).aggregate(last=Max("version"))["last"]
        copy = Grid.objects.create(
            name=self.name, version=last + 1, coverage_percent=self.coverage_percent
        )
        for criterion in self.criteria.in_order():
            criterion.copy_to(copy)
        Event.record("grid.revised", actor=by, subject=self, version=copy.version)
        return copy

    def hold_draft(self, user):
        self.hold(
            Grid.objects.editable_by(user),
            refusal=_("Cette grille est publiée, ou n’est pas de votre ressort."),
        )


class CriterionQuerySet(models.QuerySet):
    def editable_by(self, user):
        return self.filter(grid__in=Grid.objects.editable_by(user))

    def in_order(self):
        return self.order_by("position").prefetch_related("levels")


class Criterion(models.Model):
    """One question of a grid, with its weight."""

    grid = models.ForeignKey(
        "committees.Grid", models.CASCADE, related_name="criteria", editable=False
    )
    position = models.PositiveSmallIntegerField(editable=False)
    label = Line(gettext_lazy("critère"), max_length=120)
    help = Prose(gettext_lazy("ce qu’il faut regarder"), max_length=1000, blank=True)
    weight = models.PositiveSmallIntegerField(gettext_lazy("poids"), default=1)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("critère")
        verbose_name_plural = gettext_lazy("critères")
        constraints = [
            models.UniqueConstraint(
                fields=["grid", "position"], name="criterion_once_per_position"
            ),
            models.CheckConstraint(
                name="criterion_weighs_something",
                condition=Q(weight__range=(1, 100)),
                violation_error_message=gettext_lazy("Un poids va de 1 à 100."),
            ),
        ]

    def __str__(self):
        return self.label

    @transaction.atomic
    def change(self, *, by, label, weight, levels, help=""):
        """Write it again, as long as its grid is a draft."""
        self.grid.hold_draft(by)
        self.label, self.weight, self.help = label, weight, help
        self.save(update_fields=["label", "weight", "help"])
        self.set_levels(levels)
        Event.record("criterion.changed", actor=by, subject=self.grid, label=label)

    @transaction.atomic
    def remove(self, *, by):
        """Take it out of a draft."""
        self.grid.hold_draft(by)
        Event.record("criterion.removed", actor=by, subject=self.grid, label=self.label)
        self.delete()

    def copy_to(self, grid):
        copy = grid.criteria.create(
            position=self.position, label=self.label, help=self.help, weight=self.weight
        )
        copy.set_levels([(level.label, level.anchor) for level in self.ordered_levels()])

    def set_levels(self, levels):
        self.levels.all().delete()
        self.levels.bulk_create(
            Level(criterion=self, score=score, label=label, anchor=anchor)
            for score, (label, anchor) in enumerate(levels)
        )

    def ordered_levels(self):
        return sorted(self.levels.all(), key=lambda level: level.score)

    def is_extreme(self, level):
        """Whether it is the worst or the best level, which asks to be justified."""
        return level.score in (0, len(self.levels.all()) - 1)


class Level(models.Model):
    """A step of a criterion with the evidence that it asks; the worst scores 0."""

    criterion = models.ForeignKey(
        "committees.Criterion", models.CASCADE, related_name="levels", editable=False
    )
    score = models.PositiveSmallIntegerField(gettext_lazy("rang"), editable=False)
    label = Line(gettext_lazy("niveau"), max_length=80)
    anchor = Prose(gettext_lazy("ce qui le montre"), max_length=500)

    class Meta:
        verbose_name = gettext_lazy("niveau")
        verbose_name_plural = gettext_lazy("niveaux")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "score"], name="level_once_per_score"),
            models.CheckConstraint(name="level_is_one_of_six", condition=Q(score__lt=MOST_LEVELS)),
        ]

    def __str__(self):
        return self.label
