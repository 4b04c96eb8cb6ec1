from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.lifecycle import Held
from committees import notices
from committees.models.composition import Composition
from committees.models.seat import Seat
from committees.models.signature import SIGNATORIES, SignatureBase
from committees.models.sitting import Sitting
from committees.record import sections_of, title_of
from journal.models import Event, Snapshot


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Signed, for those who see the sitting; before, for the team, the chair, the secretary."""
        visible = self.filter(sitting__in=Sitting.objects.visible_to(user))
        if user.is_staff:
            return visible
        conducted = Q(sitting__in=Sitting.objects.conductable_by(user))
        return visible.filter(conducted | Q(sitting__status="signed"))

    def amendable_by(self, user):
        """Not signed by anyone, in the hands of the chair and the secretary."""
        unsigned = self.filter(sitting__in=Sitting.objects.recordable_by(user))
        return unsigned.filter(signatures=None)

    def rectifiable_by(self, user):
        """Signed, in the hands of the chair and the secretary of today."""
        signed = self.filter(sitting__status="signed")
        return signed.filter(sitting__in=Sitting.objects.conductable_by(user))

    def signable_by(self, user):
        """Not signed yet in the capacity, chair or secretary, in which the user sits today."""
        mine = (
            Seat.objects.conducting()
            .active_on(today())
            .filter(user=user, committee=OuterRef("sitting__committee"))
        )
        signed = Signature.objects.filter(minutes=OuterRef("pk"), capacity=OuterRef("mine"))
        seated = self.alias(mine=Subquery(mine.values("capacity")[:1])).exclude(mine=None)
        return seated.filter(~Exists(signed))


class Minutes(Composition, Held):
    """What a sitting did, written from its records, frozen under its hash, signed by two.

    Written again as often as needed before the first signature, never after: the database refuses.
    Its words are those written from the records, then amended, then followed by the dissents.
    """

    sitting = models.OneToOneField(
        "committees.Sitting", models.PROTECT, editable=False, related_name="minutes"
    )
    snapshot = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, editable=False, related_name="+"
    )
    # Before amendments and dissents; none in minutes older than these, which have neither.
    generated = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, null=True, editable=False, related_name="+"
    )
    generated_at = models.DateTimeField(default=timezone.now, editable=False)
    generated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("procès-verbal")
        verbose_name_plural = gettext_lazy("procès-verbaux")

    def __str__(self):
        return self.snapshot.title

    def get_absolute_url(self):
        return reverse("committees:minutes", args=[self.sitting_id])

    @classmethod
    @transaction.atomic
    def generate(cls, *, by, sitting, amendments=""):
        """Write the minutes of a meeting that is over from its records, in French whoever clicks.

        Refused once signed, and to whoever is neither its chair nor its secretary. What was
        amended is applied again (`keep`) where its words are still those, or given up (`drop`);
        refused as long as its author does not say which. What they may not see is kept.
        """
        sitting.hold(
            Sitting.objects.recordable_by(by),
            refusal=_(
                "La séance n’est pas levée, son procès-verbal est déjà signé,"
                " ou il n’est pas de votre ressort."
            ),
        )
        with translation.override(settings.LANGUAGE_CODE):
            snapshot = Snapshot.take(
                sitting, title=title_of(sitting), sections=sections_of(sitting)
            )
        stamps = {"generated_at": timezone.now(), "generated_by": by}
        minutes, created = cls.objects.get_or_create(
            sitting=sitting, defaults={"snapshot": snapshot, "generated": snapshot, **stamps}
        )
        if not created:
            minutes.settle_amendments(amendments, by=by)
            cls.objects.filter(pk=minutes.pk).update(generated=snapshot, **stamps)
            minutes.refresh_from_db()
        minutes.compose(by=by)
        Event.record("minutes.generated", actor=by, subject=sitting, digest=minutes.snapshot.digest)
        for seat in sitting.committee.seats.conducting().active_on(today()).select_related("user"):
            notices.minutes_to_sign(minutes, seat)
        return minutes

    @transaction.atomic
    def sign(self, *, by):
        """Sign as chair or as secretary, two people; both signatures end the sitting's life."""
        self.sitting.hold(
            Sitting.objects.all(), refusal=_("Cette séance est introuvable.")
        )  # before the minutes, as the verbs that change their words
        self.hold(
            Minutes.objects.signable_by(by),
            refusal=_("Vous avez déjà signé ce procès-verbal, ou vous n’avez pas à le signer."),
        )
        seat = self.sitting.committee.seats.conducting().active_on(today()).get(user=by)
        signature = Signature(minutes=self, capacity=seat.capacity, signed_by=by)
        signature.validate_constraints()
        signature.save(force_insert=True)
        Event.record("minutes.signed", actor=by, subject=self.sitting, capacity=seat.capacity)
        if self.signatures.count() == len(SIGNATORIES):
            self.sitting.move(Sitting.Status.SIGNED)

    def printed_for(self, user):
        """What the paper says to a reader: the frozen sections, and who signed since."""
        signatures = self.signatures.select_related("signed_by").order_by("pk")
        return {
            "title": self.snapshot.title,
            "kind": _("Procès-verbal"),
            "sections": self.sections_for(user),
            "signatures_title": _("Signatures"),
            "signatures": [signature.sentence for signature in signatures],
            "unsigned": _("Ce procès-verbal n’est pas encore signé."),
            "digest_title": _("Empreinte SHA-256 du procès-verbal"),
            "digest": self.snapshot.digest,
        }


class Signature(SignatureBase):
    """One of the two names under the minutes."""

    minutes = models.ForeignKey(
        "committees.Minutes", models.PROTECT, editable=False, related_name="signatures"
    )

    class Meta:
        verbose_name = gettext_lazy("signature")
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "capacity"], name="signature_once_per_capacity"
            ),
            models.UniqueConstraint(
                fields=["minutes", "signed_by"],
                name="signature_by_two_people",
                violation_error_message=gettext_lazy("Deux personnes signent un procès-verbal."),
            ),
            models.CheckConstraint(
                name="signature_of_the_chair_or_the_secretary",
                condition=Q(capacity__in=["chair", "secretary"]),
            ),
        ]
