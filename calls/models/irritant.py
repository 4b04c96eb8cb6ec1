"""Pains that agents report, and how many share them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line, Prose
from base.lifecycle import Lifecycle
from calls import notices
from calls.stems import stems
from journal.models import Event


# Below this share of common trigrams two irritants have nothing to do with each other.
SIMILAR = 0.3


class IrritantStatus(models.TextChoices):
    REPORTED = "reported", gettext_lazy("signalé, à relire")
    PUBLISHED = "published", gettext_lazy("publié")
    HIDDEN = "hidden", gettext_lazy("masqué")


class IrritantQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=IrritantStatus.PUBLISHED)

    def visible_to(self, user):
        """Published ones for everyone; the rest for who reported them and for the staff."""
        if user.is_staff:
            return self
        return self.filter(Q(status=IrritantStatus.PUBLISHED) | Q(author_id=user.pk))

    def supportable_by(self, user):
        """Published, reported by someone else, and not supported yet."""
        others = self.published().exclude(author_id=user.pk)
        return others.exclude(supports__person_id=user.pk) if user.is_authenticated else self.none()

    def supported_by(self, user):
        return self.filter(pk__in=Support.objects.filter(person_id=user.pk).values("irritant"))

    def publishable_by(self, user):
        ready = self.filter(status__in=[IrritantStatus.REPORTED, IrritantStatus.HIDDEN])
        return ready if user.is_staff else self.none()

    def hideable_by(self, user):
        ready = self.filter(status__in=[IrritantStatus.REPORTED, IrritantStatus.PUBLISHED])
        return ready if user.is_staff else self.none()

    def counted(self):
        """Each with its `support_count`."""
        return self.annotate(support_count=Count("supports"))

    def search(self, text):
        """Those that hold every word's stem, whatever the accents and the endings."""
        found = self
        for stem in stems(text).split()[:8]:
            found = found.filter(search_text__contains=stem)
        return found

    def similar_to(self, text):
        """Those that look like a text, the most alike first."""
        alike = self.annotate(likeness=TrigramWordSimilarity(stems(text), "search_text"))
        return alike.filter(likeness__gte=SIMILAR).order_by("-likeness", "pk")


class Irritant(Lifecycle):
    """A pain of the service or of its users that an agent reports; others say « moi aussi »."""

    Status = IrritantStatus
    TRANSITIONS = {
        Status.REPORTED: {Status.PUBLISHED, Status.HIDDEN},
        Status.PUBLISHED: {Status.HIDDEN},
        Status.HIDDEN: {Status.PUBLISHED},
    }

    title = Line(gettext_lazy("en une phrase"), max_length=150)
    description = Prose(
        gettext_lazy("ce qui ne va pas"),
        max_length=4000,
        help_text=gettext_lazy("Qui en souffre, à quelle fréquence, ce que cela coûte."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    entity = models.ForeignKey(
        "accounts.Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("service concerné"),
    )
    status = models.CharField(
        gettext_lazy("état"),
        max_length=10,
        choices=IrritantStatus,
        default=IrritantStatus.REPORTED,
        editable=False,
    )
    reported_at = models.DateTimeField(db_default=Now(), editable=False)
    moderated_at = models.DateTimeField(null=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    hidden_reason = Prose(gettext_lazy("motif"), max_length=1000, blank=True, editable=False)
    search_text = models.TextField(default="", editable=False)

    objects = IrritantQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("irritant")
        constraints = [
            models.CheckConstraint(
                name="irritant_hidden_has_its_reason",
                condition=Q(status=IrritantStatus.HIDDEN, hidden_reason__regex=r"\S")
                | ~Q(status=IrritantStatus.HIDDEN) & Q(hidden_reason=""),
                violation_error_message=gettext_lazy("Dites pourquoi cet irritant est masqué."),
            ),
            models.CheckConstraint(
                name="irritant_moderated_at_unless_just_reported",
                condition=Q(status=IrritantStatus.REPORTED, moderated_at=None, moderated_by=None)
                | ~Q(status=IrritantStatus.REPORTED)
                & Q(moderated_at__isnull=False, moderated_by__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="irritant_by_text"),
            models.Index(fields=["status", "-id"], name="irritant_by_status"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("calls:irritant", args=[self.pk])

    @classmethod
    @transaction.atomic
    def report(cls, *, by, title, description, entity=None):
        """Say what hurts; the staff reads it before everyone does."""
        irritant = cls.objects.create(
            author=by,
            title=title,
            description=description,
            entity=entity,
            search_text=stems(f"{title} {description}"),
        )
        Event.record("irritant.reported", actor=by, subject=irritant)
        return irritant

    @transaction.atomic
    def publish(self, *, by):
        """Show it to everyone, for the first time or again."""
        self.hold(
            Irritant.objects.publishable_by(by),
            refusal=_("Cet irritant est déjà publié, ou vous n’êtes pas de l’équipe."),
        )
        self.move(self.Status.PUBLISHED, moderated_at=Now(), moderated_by=by, hidden_reason="")
        Event.record("irritant.published", actor=by, subject=self)
        notices.irritant_published(self)

    @transaction.atomic
    def hide(self, *, by, reason):
        """Take it off the list, and tell its author why."""
        self.hold(
            Irritant.objects.hideable_by(by),
            refusal=_("Cet irritant est déjà masqué, ou vous n’êtes pas de l’équipe."),
        )
        self.move(self.Status.HIDDEN, moderated_at=Now(), moderated_by=by, hidden_reason=reason)
        event = Event.record("irritant.hidden", actor=by, subject=self)
        notices.irritant_hidden(self, event)

    @transaction.atomic
    def support(self, *, by):
        """Say « moi aussi », once; saying it again changes nothing."""
        self.hold(
            Irritant.objects.supportable_by(by) | Irritant.objects.supported_by(by),
            refusal=_("On ne dit « moi aussi » qu’à l’irritant publié d’une autre personne."),
        )
        _support, created = self.supports.get_or_create(person=by)
        if created:
            Event.record("irritant.supported", actor=by, subject=self)

    @transaction.atomic
    def withdraw_support(self, *, by):
        """Take back one's « moi aussi »; nothing happens where there is none."""
        self.hold(Irritant.objects.visible_to(by), refusal=_("Cet irritant n’est plus visible."))
        withdrawn, _details = self.supports.filter(person=by).delete()
        if withdrawn:
            Event.record("irritant.unsupported", actor=by, subject=self)


class Support(models.Model):
    """A person's « moi aussi » on an irritant."""

    irritant = models.ForeignKey(
        "calls.Irritant", models.CASCADE, editable=False, related_name="supports"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    given_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = gettext_lazy("« moi aussi »")
        constraints = [
            models.UniqueConstraint(fields=["irritant", "person"], name="support_once_per_person")
        ]

    def __str__(self):
        return f"{self.person} : {self.irritant}"
