from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Prose
from base.lifecycle import Refused
from committees.models.agenda import AgendaItem
from committees.models.attendance import Attendance
from committees.models.deliberation import Deliberation
from committees.models.minutes import Minutes
from committees.models.seat import Seat
from committees.models.sitting import Sitting
from journal.models import Event


class DissentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; all of an item to whoever reads the minutes and may see it."""
        seen = self.filter(item__in=AgendaItem.objects.visible_to(user))
        read = Q(item__sitting__minutes__in=Minutes.objects.visible_to(user))
        return seen.filter(Q(seat__user=user) | read)

    def withdrawable_by(self, user):
        """One's own, until the signature."""
        return self.filter(seat__user=user, item__in=dissentable_by(user))


class Dissent(models.Model):
    """A voting member's disagreement with what was decided on an item, in their own words.

    The minutes carry it, after the words of the examination; it changes until the signature.
    """

    item = models.ForeignKey(
        "committees.AgendaItem", models.PROTECT, editable=False, related_name="dissents"
    )
    seat = models.ForeignKey("committees.Seat", models.PROTECT, editable=False, related_name="+")
    text = Prose(
        gettext_lazy("votre opinion"),
        max_length=2000,
        help_text=gettext_lazy("Elle figure sous votre nom au procès-verbal, tel quel."),
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DissentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("opinion dissidente")
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="dissent_once_per_member"),
            models.CheckConstraint(
                name="dissent_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message=gettext_lazy("Écrivez en quoi vous êtes en désaccord."),
            ),
        ]

    def __str__(self):
        return f"{self.seat} : {self.item}"

    @classmethod
    @transaction.atomic
    def record(cls, *, by, item, text):
        """Have one's disagreement written in the minutes, or write it anew, until the signature."""
        seat = cls._hold(by, item)
        dissent, _created = cls.objects.update_or_create(
            item=item, seat=seat, defaults={"text": text, "recorded_at": timezone.now()}
        )
        Event.record("dissent.recorded", actor=by, subject=item.deliberation)
        Minutes.recompose(item.sitting)
        return dissent

    @transaction.atomic
    def withdraw(self, *, by):
        """Take it back, until the signature."""
        seat = self._hold(by, self.item)
        if seat != self.seat:
            raise Refused(_("Cette opinion n’est pas la vôtre."), subject=self.item)
        self.delete()
        Event.record("dissent.withdrawn", actor=by, subject=self.item.deliberation)
        Minutes.recompose(self.item.sitting)

    @classmethod
    def _hold(cls, user, item):
        """Lock the sitting, and find the seat from which the user speaks."""
        item.sitting.hold(
            Sitting.objects.unsigned(),
            refusal=_("Le procès-verbal est signé : il ne change plus."),
        )
        if not dissentable_by(user).contains(item):
            raise Refused(_("Vous n’avez pas pris part à cet examen."), subject=item)
        return item.sitting.seats().voting().get(user=user)

    @property
    def sentence(self):
        return _("Opinion dissidente de %(who)s (%(capacity)s) : %(text)s") % {
            "who": self.seat.user,
            "capacity": self.seat.get_capacity_display(),
            "text": self.text,
        }


def dissentable_by(user):
    """The items examined with the user there, as a voice of the committee without an interest.

    Until the minutes are signed by anyone.
    """
    there = Attendance.objects.filter(
        sitting=OuterRef("sitting"),
        seat__in=Seat.objects.voting().active_on(today()).filter(user=user),
    )
    examined = AgendaItem.objects.visible_to(user).filter(
        Exists(there),
        status=AgendaItem.Status.CLOSED,
        sitting__in=Sitting.objects.unsigned(),
    )
    return examined.filter(deliberation__in=Deliberation.objects.free_for(user))
