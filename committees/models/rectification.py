from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Prose
from base.lifecycle import Held, Refused
from committees import notices
from committees.models.agenda import AgendaItem
from committees.models.interest import Interest
from committees.models.minutes import Minutes
from committees.models.seat import Seat
from committees.models.signature import SIGNATORIES, SignatureBase
from journal.models import Event, Snapshot


class RectificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the minutes, save those about an item that the reader may not see.

        Until both have signed, to the team and to those whose names are asked.
        """
        shown = Q(item=None) | Q(item__in=AgendaItem.objects.visible_to(user))
        seen = self.filter(shown, minutes__in=Minutes.objects.visible_to(user))
        if user.is_staff:
            return seen
        held = Q(pk__in=self.model.objects.in_force().values("pk"))
        return seen.filter(held | asked_as(user, "chair") | asked_as(user, "secretary"))

    def for_page(self):
        """The general ones first, then item by item, each in the order of its numbers."""
        kept = self.select_related("snapshot").prefetch_related("signatures")
        return kept.order_by(F("item__position").asc(nulls_first=True), "number")

    def in_force(self):
        """Signed by both."""
        signed = RectificationSignature.objects.filter(rectification=OuterRef("pk"))
        return self.filter(*[Exists(signed.filter(capacity=one)) for one in SIGNATORIES])

    def unsigned(self):
        """Signed by nobody: its words may still change."""
        return self.filter(signatures=None)

    def draftable_by(self, user):
        return (
            self.unsigned()
            .visible_to(user)
            .filter(minutes__in=Minutes.objects.rectifiable_by(user))
        )

    def signable_by(self, user):
        """Where the name of the user is asked, and the one they would sign for is not there."""
        named = [asked_as(user, one) & ~Q(signatures__capacity=one) for one in SIGNATORIES]
        seen = self.visible_to(user).filter(named[0] | named[1])
        return seen.exclude(signatures__signed_by=user)


def asked_as(user, capacity):
    """Whether somebody signs as chair, or as secretary: who sits so today.

    Where an interest keeps them from the item, any voice of the committee that it does not keep
    away signs in their place.
    """
    seats = Seat.objects.active_on(today()).filter(
        committee=OuterRef("minutes__sitting__committee")
    )
    kept = Interest.objects.excluding().filter(
        deliberation=OuterRef(OuterRef("item__deliberation"))
    )
    holders = seats.filter(capacity=capacity)
    away = Exists(holders.filter(user__in=kept.values("person")))
    return Q(Exists(holders.filter(user=user))) | Q(away, Exists(seats.voting().filter(user=user)))


class Rectification(Held):
    """A numbered act that corrects signed minutes, signed by two as they were.

    The minutes themselves never change. Numbers follow one another within what is corrected: the
    meeting as a whole, or one item of its agenda.
    """

    minutes = models.ForeignKey(
        "committees.Minutes", models.PROTECT, editable=False, related_name="rectifications"
    )
    item = models.ForeignKey(
        "committees.AgendaItem", models.PROTECT, null=True, editable=False, related_name="+"
    )
    number = models.PositiveSmallIntegerField(editable=False)
    wrong = Prose(gettext_lazy("ce que le procès-verbal dit à tort"), max_length=3000)
    right = Prose(gettext_lazy("ce qu’il faut lire"), max_length=3000)
    reason = Prose(gettext_lazy("motif de la rectification"), max_length=1000)
    snapshot = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, editable=False, related_name="+"
    )
    drafted_at = models.DateTimeField(default=timezone.now, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("rectification du procès-verbal")
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "item", "number"],
                name="rectification_numbered_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="rectification_is_reasoned",
                condition=Q(reason__regex=r"\S", wrong__regex=r"\S", right__regex=r"\S"),
                violation_error_message=gettext_lazy(
                    "Dites ce qui est faux, ce qu’il faut lire et pourquoi."
                ),
            ),
        ]

    def __str__(self):
        return self.snapshot.title

    def get_absolute_url(self):
        return reverse("committees:rectification", args=[self.pk])

    @classmethod
    @transaction.atomic
    def draft(cls, *, by, minutes, item=None, **words):
        """Write the next act under signed minutes, about all of them or one item; ask for names.

        Refused while another one about the same waits for its signatures: numbers have no gap.
        """
        minutes.hold(
            Minutes.objects.rectifiable_by(by),
            refusal=_("Ce procès-verbal n’est pas signé, ou il n’est pas de votre ressort."),
        )
        if item and not AgendaItem.objects.visible_to(by).filter(sitting=minutes.sitting).contains(
            item
        ):
            raise Refused(_("Ce dossier n’est pas à l’ordre du jour."), subject=minutes)
        same = minutes.rectifications.filter(item=item)
        if same.exclude(pk__in=same.in_force().values("pk")).exists():
            raise Refused(_("Une rectification attend encore ses signatures."), subject=minutes)
        number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        act = cls(minutes=minutes, item=item, number=number, drafted_by=by, **words)
        act.snapshot = act._freeze()
        act.save(force_insert=True)
        Event.record("rectification.drafted", actor=by, subject=act.about, number=number)
        for seat in act.signatories():
            notices.rectification_to_sign(act, seat)
        return act

    @transaction.atomic
    def reword(self, *, by, **words):
        """Change its words, until somebody has signed."""
        self._hold_draft(by)
        for name, value in words.items():
            setattr(self, name, value)
        self.snapshot = self._freeze()
        self.save(update_fields=[*words, "snapshot"])
        Event.record("rectification.reworded", actor=by, subject=self.about, number=self.number)

    @transaction.atomic
    def discard(self, *, by):
        """Give it up, until somebody has signed: its number is free again."""
        self._hold_draft(by)
        Event.record("rectification.discarded", actor=by, subject=self.about, number=self.number)
        self.delete()

    @transaction.atomic
    def sign(self, *, by):
        """Sign as chair or as secretary, two people: with both names it holds."""
        self.hold(
            Rectification.objects.signable_by(by),
            refusal=_("Vous avez déjà signé cette rectification, ou vous n’avez pas à la signer."),
        )
        mine = Rectification.objects.filter(pk=self.pk)
        capacity = next(
            one
            for one in SIGNATORIES
            if mine.filter(asked_as(by, one)).exclude(signatures__capacity=one).exists()
        )
        self.signatures.create(capacity=capacity, signed_by=by)
        Event.record("rectification.signed", actor=by, subject=self.about, number=self.number)

    @property
    def about(self):
        """What the journal notes it about: nobody kept from an item reads of it."""
        return self.item.deliberation if self.item else self.minutes.sitting

    def signatories(self):
        """The seats whose names are awaited today."""
        seats = self.minutes.sitting.committee.seats.active_on(today()).in_order()
        mine = Rectification.objects.filter(pk=self.pk)
        return [seat for seat in seats if mine.signable_by(seat.user).exists()]

    def printed(self):
        """What the paper says: the frozen words, and who signed since."""
        signatures = self.signatures.select_related("signed_by").order_by("pk")
        return {
            "title": self.snapshot.title,
            "kind": _("Rectification d’un procès-verbal"),
            "sections": self.snapshot.sections,
            "signatures_title": _("Signatures"),
            "signatures": [signature.sentence for signature in signatures],
            "unsigned": _("Cette rectification n’est pas encore signée."),
            "digest_title": _("Empreinte SHA-256 de la rectification"),
            "digest": self.snapshot.digest,
        }

    def _hold_draft(self, user):
        self.minutes.hold(
            Minutes.objects.rectifiable_by(user),
            refusal=_("Ce procès-verbal n’est pas de votre ressort."),
        )
        self.hold(
            Rectification.objects.draftable_by(user),
            refusal=_("Cette rectification est déjà signée : elle ne change plus."),
        )

    def _freeze(self):
        its = self.minutes
        with translation.override(settings.LANGUAGE_CODE):
            about = str(self.item) if self.item else _("Séance et présences")
            title = _("Rectification n° %(number)s : %(about)s") % {
                "number": self.number,
                "about": about,
            }
            sections = [
                (
                    _("Acte rectifié"),
                    _("%(title)s\nEmpreinte SHA-256 : %(digest)s.")
                    % {"title": its.snapshot.title, "digest": its.snapshot.digest},
                ),
                (_("Ce que le procès-verbal dit à tort"), self.wrong),
                (_("Ce qu’il faut lire"), self.right),
                (_("Motif"), self.reason),
            ]
            return Snapshot.take(its.sitting, title=title[:300], sections=sections)


class RectificationSignature(SignatureBase):
    """One of the two names under a rectification."""

    rectification = models.ForeignKey(
        "committees.Rectification", models.PROTECT, editable=False, related_name="signatures"
    )

    class Meta:
        verbose_name = gettext_lazy("signature d’une rectification")
        constraints = [
            models.UniqueConstraint(
                fields=["rectification", "capacity"],
                name="rectification_signature_once_per_capacity",
            ),
            models.UniqueConstraint(
                fields=["rectification", "signed_by"], name="rectification_signature_by_two_people"
            ),
            models.CheckConstraint(
                name="rectification_signature_of_the_chair_or_the_secretary",
                condition=Q(capacity__in=["chair", "secretary"]),
            ),
        ]
