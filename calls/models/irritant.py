"""Pains that agents and users report, and how many share them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Lifecycle, Refused
from calls import irritant_notices as notices
from calls.models.forgetting import Forgettable
from calls.models.irritant_rights import IrritantQuerySet, IrritantStatus
from calls.models.report import Report
from calls.stems import INDEXED, stems
from journal.models import Event


class Irritant(Report, Forgettable, Lifecycle):
    """A pain of the service or of its users, that one of them reports; others say « moi aussi »."""

    Status = IrritantStatus
    TRANSITIONS = {
        Status.REPORTED: {Status.PUBLISHED, Status.HIDDEN, Status.MERGED},
        Status.PUBLISHED: {Status.TAKEN_UP, Status.CLOSED, Status.MERGED, Status.HIDDEN},
        Status.TAKEN_UP: {Status.CLOSED, Status.MERGED, Status.HIDDEN},
        Status.CLOSED: {Status.PUBLISHED},
        Status.HIDDEN: {Status.PUBLISHED},
        Status.MERGED: set(),
    }

    status = models.CharField(
        gettext_lazy("état"),
        max_length=10,
        choices=IrritantStatus,
        default=IrritantStatus.REPORTED,
        editable=False,
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )
    moderated_at = models.DateTimeField(null=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    hidden_reason = Prose(gettext_lazy("motif"), max_length=1000, blank=True, editable=False)
    closed_reason = Prose(
        gettext_lazy("ce qu’il en est"), max_length=1000, blank=True, editable=False
    )

    objects = IrritantQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("irritant")
        constraints = [
            *Forgettable.Meta.constraints,
            models.CheckConstraint(
                name="irritant_hidden_has_its_reason",
                condition=Q(status=IrritantStatus.HIDDEN, hidden_reason__regex=r"\S")
                | ~Q(status=IrritantStatus.HIDDEN) & Q(hidden_reason=""),
                violation_error_message=gettext_lazy("Dites pourquoi cet irritant est masqué."),
            ),
            models.CheckConstraint(
                name="irritant_closed_has_its_reason",
                condition=Q(status=IrritantStatus.CLOSED, closed_reason__regex=r"\S")
                | ~Q(status=IrritantStatus.CLOSED) & Q(closed_reason=""),
                violation_error_message=gettext_lazy("Dites pourquoi cet irritant est clos."),
            ),
            models.CheckConstraint(
                name="irritant_merged_into_another_when_merged",
                condition=Q(status=IrritantStatus.MERGED, merged_into__isnull=False)
                & ~Q(merged_into=F("pk"))
                | ~Q(status=IrritantStatus.MERGED) & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="irritant_reporter_has_an_account_or_an_address",
                condition=Q(author=None) | Q(reporter_email=""),
                violation_error_message=gettext_lazy("Qui a un compte y reçoit ses messages."),
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
            GinIndex(INDEXED, name="irritant_by_words"),
            models.Index(fields=["status", "-id"], name="irritant_by_status"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page shows what became of it: it lives on the floor of projects."""
        return reverse("projects:irritant", args=[self.pk])

    @classmethod
    @transaction.atomic
    def report(cls, *, by, title, description, entity=None, sufferers="", frequency="", email=""):
        """Say what hurts; the staff reads it before everyone does.

        A user of the service has no account: `by` is None, and an address is left or not.
        """
        irritant = cls.objects.create(
            author=by,
            reporter_email=email.lower(),
            title=title,
            description=description,
            entity=entity,
            sufferers=sufferers,
            frequency=frequency,
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
        self._settle(self.Status.PUBLISHED, by=by)
        Event.record("irritant.published", actor=by, subject=self)
        notices.irritant_published(self)

    @transaction.atomic
    def hide(self, *, by, reason):
        """Take it off the list, and tell its author why."""
        self.hold(
            Irritant.objects.hideable_by(by),
            refusal=_("Cet irritant est déjà masqué, ou vous n’êtes pas de l’équipe."),
        )
        self._settle(self.Status.HIDDEN, by=by, hidden_reason=reason)
        event = Event.record("irritant.hidden", actor=by, subject=self)
        notices.irritant_hidden(self, event)

    @transaction.atomic
    def take_up(self, *, by):
        """Say that someone works on it, and tell all who suffer from it."""
        self.hold(
            Irritant.objects.takeable_by(by),
            refusal=_("Seul un irritant publié peut être pris en charge, par l’équipe."),
        )
        self._settle(self.Status.TAKEN_UP, by=by)
        Event.record("irritant.taken_up", actor=by, subject=self)
        notices.irritant_taken_up(self)

    @transaction.atomic
    def close(self, *, by, reason):
        """Say what it came to, and tell all who suffer from it; the page stays."""
        self.hold(
            Irritant.objects.closable_by(by),
            refusal=_("Seul un irritant publié ou pris en charge peut être clos, par l’équipe."),
        )
        self._settle(self.Status.CLOSED, by=by, closed_reason=reason)
        event = Event.record("irritant.closed", actor=by, subject=self)
        notices.irritant_closed(self, event)

    @transaction.atomic
    def classify(self, *, by, theme):
        """Put it under a theme, or under none."""
        self.hold(
            Irritant.objects.classifiable_by(by),
            refusal=_("L’équipe classe les irritants qui ne sont pas réunis à un autre."),
        )
        Irritant.objects.filter(pk=self.pk).update(theme=theme)
        self.refresh_from_db(fields=["theme"])
        Event.record("irritant.classified", actor=by, subject=self, theme=theme)

    @transaction.atomic
    def merge(self, *, by, into):
        """Make one of two reports of the same pain: all who suffer from it are on the survivor.

        Both are held in the order of their numbers, so that two merges never wait for each other.
        Refused into itself, into one that is not shown, and of one that is merged already.
        """
        pair = Irritant.objects.filter(pk__in=[self.pk, into.pk]).order_by("pk")
        list(pair.select_for_update())
        shown = Irritant.objects.published().filter(pk=into.pk).exclude(pk=self.pk)
        self.hold(
            Irritant.objects.mergeable_by(by) if shown else Irritant.objects.none(),
            refusal=_("On réunit un irritant à un autre, qui est publié ; une seule fois."),
        )
        sharing = list(self.supports.order_by("pk").select_related("person"))
        self._carry(sharing, into)
        self._settle(self.Status.MERGED, by=by, merged_into=into)
        Irritant.objects.filter(merged_into=self).update(merged_into=into)
        Event.record("irritant.merged", actor=by, subject=self, into=into.pk)
        notices.irritant_merged(self, people=[support.person for support in sharing])

    @transaction.atomic
    def bear(self, *, by, project, besides=()):
        """Tell all who suffer from it that it gave a project; called by the floor of projects.

        `besides` are those who know already: they carry the project.
        """
        if self.merged_into:
            return self.merged_into.bear(by=by, project=project, besides=besides)
        self.refresh_from_db(from_queryset=Irritant.objects.select_for_update())
        if self.status == self.Status.PUBLISHED:
            self._settle(self.Status.TAKEN_UP, by=by)
        Event.record("irritant.bore", actor=by, subject=self, project=project)
        notices.irritant_bore(self, project=project, besides=besides)

    def support(self, *, by):
        """Say « moi aussi », once; saying it again changes nothing.

        Where it was merged meanwhile, it counts on the survivor. The lock of the one is given back
        before the other is taken: a support never holds two, and never blocks a merge.
        """
        try:
            self._support(by)
        except Refused:
            if not self.merged_into:
                raise
            self.merged_into.support(by=by)

    @transaction.atomic
    def withdraw_support(self, *, by):
        """Take back one's « moi aussi »; nothing happens where there is none."""
        self.hold(Irritant.objects.visible_to(by), refusal=_("Cet irritant n’est plus visible."))
        withdrawn, _details = self.supports.filter(person=by).delete()
        if withdrawn:
            Event.record("irritant.unsupported", actor=by, subject=self)

    def reports(self):
        """This one and those merged into it, the first first: one pain, reported so many times."""
        thread = Irritant.objects.filter(Q(pk=self.pk) | Q(merged_into=self))
        return thread.select_related("author").order_by("reported_at", "pk")

    @transaction.atomic
    def _support(self, by):
        self.hold(
            Irritant.objects.supportable_by(by) | Irritant.objects.supported_by(by),
            refusal=_("On ne dit « moi aussi » qu’à l’irritant publié d’une autre personne."),
        )
        _support, created = self.supports.get_or_create(person=by)
        if created:
            Event.record("irritant.supported", actor=by, subject=self)

    def _settle(self, status, *, by, **reasons):
        """Move, and forget the reasons of the state before."""
        reasons = {"hidden_reason": "", "closed_reason": ""} | reasons
        self.move(status, moderated_at=Now(), moderated_by=by, **reasons)

    def _carry(self, sharing, survivor):
        """Each « moi aussi » to the survivor, and its author's pain as one more, once a person."""
        there = set(survivor.supports.values_list("person", flat=True)) | {survivor.author_id, None}
        for support in sharing:
            if support.person_id in there:
                support.delete()
            there.add(support.person_id)
        self.supports.update(irritant=survivor)
        if self.author_id not in there:
            survivor.supports.create(person=self.author, given_at=self.reported_at)
