from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Held, Refused
from committees import masks
from committees.models.round import Round
from journal.models import Event, Snapshot


class MaskingQuerySet(models.QuerySet):
    def awaited(self):
        return self.filter(approved_at=None)

    def awaited_first(self):
        return self.order_by(F("approved_at").desc(nulls_first=True), "pk")

    def forget(self):
        """Write down no more what is masked: it names people."""
        return self.update(passages=[])

    def visible_to(self, user):
        """To the team and to the secretary, who judge nothing, never to who has an interest.

        What is not masked yet tells whose the dossier is: neither the chair nor a member reads it.
        """
        free = self.filter(deliberation__in=_deliberations().free_for(user))
        return free.filter(deliberation__round__in=Round.objects.checked_by(user))

    def left_in(self, round, user):
        """How many of a round the user has still to check."""
        return self.checkable_by(user).filter(deliberation__round=round).count()

    def checkable_by(self, user):
        """Not approved yet, on a dossier under way, in the hands of who may check it."""
        return self.awaited().visible_to(user).filter(deliberation__in=_deliberations().live())


def _deliberations():
    return Masking.deliberation.field.related_model.objects


class Masking(Held):
    """The human check of what a blind round lets read: passages masked, then one approval.

    Until it is approved no member sees the dossier, not even its title. What was frozen first is
    kept; each masking freezes another snapshot, which the deliberation shows from then on.
    """

    deliberation = models.OneToOneField(
        "committees.Deliberation", models.PROTECT, related_name="masking", editable=False
    )
    original = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, related_name="+", editable=False
    )
    passages = models.JSONField(gettext_lazy("passages masqués"), default=list, editable=False)
    awaited_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = MaskingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("masquage")
        verbose_name_plural = gettext_lazy("masquages")
        constraints = [
            models.CheckConstraint(
                name="masking_approved_at_and_by",
                condition=Q(approved_at=None, approved_by=None)
                | Q(
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    passages=Value([], models.JSONField()),
                    approved_at__gte=F("awaited_at"),
                ),
            )
        ]

    def __str__(self):
        return _("Masquage du dossier nº %(number)s") % {"number": self.deliberation_id}

    def get_absolute_url(self):
        return reverse("committees:masking", args=[self.deliberation_id])

    @transaction.atomic
    def mask(self, *, by, passages):
        """Replace these passages, and no others, by « [masqué] » in what members will read.

        Always from what was frozen first, so that a passage taken off the list comes back.
        Refused for a passage that the dossier does not hold, and once approved.
        """
        self._hold_checkable(by)
        for passage in passages:
            if len(passage) < masks.SHORTEST or not masks.holds(self.original, passage):
                raise Refused(
                    _("« %(passage)s » n’est pas dans le dossier : recopiez le passage exact.")
                    % {"passage": passage},
                    subject=self,
                )
        title, sections = masks.without(self.original, passages)
        snapshot = Snapshot.take(self.deliberation.subject, title=title, sections=sections, by=by)
        self.passages = passages
        self.save(update_fields=["passages"])
        self.deliberation.show(snapshot)
        Event.record("masking.changed", actor=by, subject=self.deliberation, digest=snapshot.digest)
        return snapshot

    @transaction.atomic
    def approve(self, *, by):
        """Say that nothing left tells whose it is: the dossier opens to the members, for good.

        What was masked is written nowhere any more, but in what was frozen first. Under the round's
        lock, so that nobody declares their interests on a list that changes.
        """
        self.deliberation.round.hold(
            Round.objects.checked_by(by), refusal=_("Ce n’est pas à vous de vérifier ce dossier.")
        )
        self._hold_checkable(by)
        self.approved_at, self.approved_by, self.passages = timezone.now(), by, []
        self.save(update_fields=["approved_at", "approved_by", "passages"])
        Event.record(
            "masking.approved",
            actor=by,
            subject=self.deliberation,
            digest=self.deliberation.snapshot.digest,
        )

    def traces(self):
        """What may tell whose it is in what was frozen first: see `masks.traces`."""
        return masks.traces(self.original, self.words)

    def marked(self):
        """(heading, text) of what members would read, each cut where it may still tell."""
        return [
            ([(_("Titre"), "")], masks.marked(self.deliberation.snapshot.title, self.words))
        ] + [
            (masks.marked(heading, self.words), masks.marked(text, self.words))
            for heading, text in self.deliberation.snapshot.sections
        ]

    @cached_property
    def words(self):
        return masks.words_of(self.deliberation.subject)

    def _hold_checkable(self, user):
        self.deliberation.refresh_from_db()
        self.hold(
            Masking.objects.checkable_by(user),
            refusal=_("Ce dossier est déjà vérifié, ou ce n’est pas à vous de le vérifier."),
        )
