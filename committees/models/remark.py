from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.fields import Prose
from base.lifecycle import Held
from committees.models.deliberation import Deliberation
from committees.models.interest import Interest
from committees.models.reading import author_named
from journal.models import Event


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the committee, where the reviews of others may be read, and through no other door.

        What somebody wrote who has since an interest in the dossier is read by nobody any more.
        """
        interests = Interest.objects.standing().filter(
            deliberation=OuterRef("deliberation"), person=OuterRef("seat__user")
        )
        open_to_me = Deliberation.objects.scores_visible_to(user)
        named = author_named(
            user,
            conducted=Q(deliberation__in=Deliberation.objects.conducted_by(user)),
            seat="seat",
            round="deliberation__round",
        )
        visible = self.filter(~Exists(interests), deliberation__in=open_to_me)
        return visible.annotate(author_named=named)

    def withdrawable_by(self, user):
        """One's own, on a dossier under way."""
        live = Deliberation.objects.remarkable_by(user)
        return self.filter(seat__user=user, withdrawn_at=None, deliberation__in=live)

    def standing(self):
        return self.filter(withdrawn_at=None)

    def in_order(self):
        return self.select_related("seat__user", "deliberation__round").order_by("pk")


class Remark(Held):
    """What a member says of a dossier to the committee alone, in the thread of the dossier.

    Written once: nobody edits it. Its author may withdraw it, which leaves a trace and no words.
    """

    deliberation = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, related_name="remarks", editable=False
    )
    seat = models.ForeignKey("committees.Seat", models.PROTECT, related_name="+", editable=False)
    text = Prose(gettext_lazy("remarque"), max_length=3000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("remarque")
        verbose_name_plural = gettext_lazy("remarques")
        constraints = [
            models.CheckConstraint(
                name="remark_says_something_until_withdrawn",
                condition=Q(withdrawn_at=None, text__regex=r"\S")
                | Q(withdrawn_at__isnull=False, text=""),
                violation_error_message=gettext_lazy("Écrivez votre remarque."),
            )
        ]

    def __str__(self):
        return _("Remarque nº %(number)s") % {"number": self.pk}

    def get_absolute_url(self):
        return reverse("committees:remarks", args=[self.deliberation_id])

    @classmethod
    @transaction.atomic
    def write(cls, *, by, deliberation, text):
        """Say something to the committee.

        Refused before one may read the others' reviews, to observers, and to whoever has no seat
        there or an interest in the dossier.
        """
        deliberation.hold(
            Deliberation.objects.remarkable_by(by),
            refusal=_("Vous ne pouvez pas écrire de remarque sur ce dossier maintenant."),
        )
        seat = deliberation.committee.seats.active_on(today()).get(user=by)
        remark = cls(deliberation=deliberation, seat=seat, text=text)
        remark.validate_constraints()
        remark.save(force_insert=True)
        Event.record("remark.written", actor=by, subject=deliberation, remark=remark.pk)
        return remark

    @transaction.atomic
    def withdraw(self, *, by):
        """Take back what one wrote: that it was there is kept, its words are not."""
        self.hold(
            Remark.objects.withdrawable_by(by),
            refusal=_("Cette remarque est déjà retirée, ou n’est pas la vôtre."),
        )
        self.text, self.withdrawn_at = "", timezone.now()
        self.save(update_fields=["text", "withdrawn_at"])
        Event.record("remark.withdrawn", actor=by, subject=self.deliberation, remark=self.pk)
