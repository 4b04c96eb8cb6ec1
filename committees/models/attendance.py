from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.lifecycle import Held, Refused
from committees import notices
from committees.models.seat import Seat
from committees.models.sitting import Sitting
from journal.models import Event


class AttendanceQuerySet(models.QuerySet):
    def here(self):
        """Arrived and not gone."""
        return self.filter(left_at=None)

    def endable_by(self, user):
        """One's own; anyone's for the chair and the secretary; while the sitting is held."""
        held = self.here().filter(sitting__in=Sitting.objects.open())
        conducted = Sitting.objects.conductable_by(user)
        return held.filter(Q(seat__user=user) | Q(sitting__in=conducted))


class AttendanceMode(models.TextChoices):
    PRESENT = "present", gettext_lazy("sur place")
    REMOTE = "remote", gettext_lazy("à distance")


class Attendance(Held):
    """A seat's presence at a sitting, from an instant to another; one who comes back has two."""

    Mode = AttendanceMode

    sitting = models.ForeignKey(
        "committees.Sitting", models.CASCADE, editable=False, related_name="attendances"
    )
    seat = models.ForeignKey("committees.Seat", models.PROTECT, related_name="+")
    mode = models.CharField(gettext_lazy("mode"), max_length=10, choices=Mode, default=Mode.PRESENT)
    arrived_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "seat"],
                condition=Q(left_at=None),
                name="attendance_once_at_a_time",
                violation_error_message=gettext_lazy("Cette personne est déjà là."),
            ),
            models.CheckConstraint(
                name="attendance_ends_after_it_begins",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
        ]

    def __str__(self):
        return f"{self.seat.user} ({self.get_mode_display()})"

    @classmethod
    @transaction.atomic
    def begin(cls, *, by, sitting, seat, mode=AttendanceMode.PRESENT):
        """Note that a seat is there: one's own, or anyone's for the chair and the secretary."""
        sitting.hold(Sitting.objects.open(), refusal=_("La séance n’est pas ouverte."))
        hold_own_or_conducted(sitting, seat, by)
        if sitting.attendances.here().filter(seat=seat).exists():
            raise Refused(_("Cette personne est déjà là."), subject=sitting)
        attendance = cls.objects.create(sitting=sitting, seat=seat, mode=mode, recorded_by=by)
        Event.record("attendance.begun", actor=by, subject=sitting, who=seat.user)
        return attendance

    @transaction.atomic
    def end(self, *, by):
        """Note that the person has left."""
        self.sitting.hold(Sitting.objects.open(), refusal=_("La séance n’est pas ouverte."))
        self.hold(
            Attendance.objects.endable_by(by),
            refusal=_("Ce départ est déjà noté, ou ce n’est pas à vous de le noter."),
        )
        Attendance.objects.filter(pk=self.pk).update(left_at=timezone.now())
        self.refresh_from_db()
        Event.record("attendance.ended", actor=by, subject=self.sitting, who=self.seat.user)


class ProxyQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back, the oldest first."""
        return self.filter(revoked_at=None).order_by("pk")

    def revocable_by(self, user):
        """The principal's own; anyone's for the chair and the secretary; until the sitting ends."""
        live = self.standing().filter(sitting__in=Sitting.objects.to_come())
        conducted = Sitting.objects.conductable_by(user)
        return live.filter(Q(principal__user=user) | Q(sitting__in=conducted))


class Proxy(Held):
    """The power that a voting seat gives to another one, for one sitting; one per holder.

    It serves only on items where its principal is neither there nor out: `Assembly` tells.
    """

    sitting = models.ForeignKey(
        "committees.Sitting", models.CASCADE, editable=False, related_name="proxies"
    )
    principal = models.ForeignKey(
        "committees.Seat",
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("qui donne pouvoir"),
    )
    holder = models.ForeignKey(
        "committees.Seat",
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("à qui"),
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("pouvoir")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "holder"],
                condition=Q(revoked_at=None),
                name="proxy_one_per_holder",
                violation_error_message=gettext_lazy("Cette personne porte déjà un pouvoir."),
            ),
            models.UniqueConstraint(
                fields=["sitting", "principal"],
                condition=Q(revoked_at=None),
                name="proxy_one_per_principal",
                violation_error_message=gettext_lazy("Cette personne a déjà donné pouvoir."),
            ),
            models.CheckConstraint(
                name="proxy_is_given_to_another",
                condition=~Q(principal=F("holder")),
                violation_error_message=gettext_lazy("On ne se donne pas pouvoir à soi-même."),
            ),
        ]

    def __str__(self):
        return f"{self.principal.user} → {self.holder.user}"

    @classmethod
    @transaction.atomic
    def give(cls, *, by, sitting, principal, holder):
        """Let a voting member vote for another one, from the convocation to the end."""
        sitting.hold(
            Sitting.objects.to_come(),
            refusal=_("Les pouvoirs se donnent entre la convocation et la fin de la séance."),
        )
        hold_own_or_conducted(sitting, principal, by)
        if not sitting.committee.proxies_per_holder:
            raise Refused(_("Ce comité n’admet pas de pouvoir."), subject=sitting)
        if not sitting.seats().voting().contains(holder) or not principal.is_voting:
            raise Refused(_("Un pouvoir va d’un membre votant à un autre."), subject=sitting)
        proxy = cls(sitting=sitting, principal=principal, holder=holder, recorded_by=by)
        proxy.validate_constraints()
        proxy.save(force_insert=True)
        Event.record(
            "proxy.given", actor=by, subject=sitting, principal=principal.user, holder=holder.user
        )
        notices.proxy_given(proxy)
        return proxy

    @transaction.atomic
    def revoke(self, *, by):
        """Take the power back; what was voted with it stays, until its principal votes."""
        self.sitting.hold(Sitting.objects.to_come(), refusal=_("La séance est terminée."))
        self.hold(
            Proxy.objects.revocable_by(by),
            refusal=_("Ce pouvoir est déjà repris, ou ce n’est pas à vous de le reprendre."),
        )
        Proxy.objects.filter(pk=self.pk).update(revoked_at=timezone.now())
        self.refresh_from_db()
        Event.record("proxy.revoked", actor=by, subject=self.sitting, principal=self.principal.user)


def hold_own_or_conducted(sitting, seat, user):
    """Refuse what is said of a seat that is not of the sitting, or not the user's to speak for."""
    own = Seat.objects.active_on(today()).filter(pk=seat.pk, user=user)
    if not sitting.seats().contains(seat):
        raise Refused(_("Ce siège n’est pas de cette séance."), subject=sitting)
    if not own.exists() and not Sitting.objects.conductable_by(user).contains(sitting):
        raise Refused(_("Ce n’est pas à vous de le noter."), subject=sitting)
