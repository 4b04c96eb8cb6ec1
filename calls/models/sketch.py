"""What look-alikes are found by: the words of a text, and their bands (see `calls.likeness`)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from calls.likeness import ALIKE, bands_of, likeness, words_of
from calls.models.application import Application


CANDIDATES = 1000  # read at most, the latest first
SHOWN = 10


class SketchQuerySet(models.QuerySet):
    def near(self, words):
        """(likeness, sketch) of those that are alike, the most alike first; SHOWN at most."""
        found = self.filter(bands__overlap=bands_of(words)).order_by("-pk")[:CANDIDATES]
        rated = ((likeness(words, sketch.words), sketch) for sketch in found)
        alike = [pair for pair in rated if pair[0] >= ALIKE]
        return sorted(alike, key=lambda pair: (-pair[0], pair[1].pk))[:SHOWN]


class Sketched(models.Model):
    """The words of something that may look like something else, and when they were read."""

    words = ArrayField(models.IntegerField(), editable=False)
    bands = ArrayField(models.IntegerField(), editable=False)
    drawn_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SketchQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["bands"], name="%(class)s_by_band")]


class Sketch(Sketched):
    """The words of a deposit: its name and the problem that it wants to solve."""

    application = models.OneToOneField(
        "calls.Application", models.CASCADE, editable=False, related_name="sketch"
    )

    class Meta(Sketched.Meta):
        verbose_name = gettext_lazy("empreinte de candidature")

    def __str__(self):
        return str(self.application)

    @classmethod
    def draw(cls, application):
        """Read a deposit again; its own words are those of the last reading."""
        words = words_of(text_of(application))
        drawn = {"words": words, "bands": bands_of(words), "drawn_at": timezone.now()}
        return cls.objects.update_or_create(application=application, defaults=drawn)[0]


def text_of(application):
    return f"{application.title} {application.problem}"


def undrawn():
    """The deposits that were not read since."""
    stale = Q(sketch=None) | Q(sketch__drawn_at__lt=F("deposited_at"))
    return Application.objects.filter(stale, deposited_at__isnull=False)


def near_applications(application, user):
    """(likeness, application) of the deposits alike that a person of the team may see."""
    seen = Application.objects.received_by(user).exclude(pk=application.pk)
    sketches = Sketch.objects.filter(application__in=seen).select_related("application__call")
    found = sketches.defer("application__search_text").near(words_of(text_of(application)))
    return [(rate, sketch.application) for rate, sketch in found]
