from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Prose
from base.lifecycle import Refused
from committees import notices
from committees.models.agenda import AgendaItem
from committees.models.hearing_plan import HearingPlan
from committees.models.sitting import person
from journal.models import Event


class HearingQuerySet(models.QuerySet):
    def standing(self):
        """Not given up."""
        return self.filter(released_at=None)

    def on_slot(self):
        """Standing, on the slot of the query around."""
        return self.standing().filter(slot=OuterRef("pk"))

    def visible_to(self, user):
        """To whoever may see the item on the agenda: a slot taken for another one looks free."""
        return self.filter(item__in=AgendaItem.objects.visible_to(user))

    def to_come(self):
        return self.standing().filter(slot__starts_at__gt=Now())


class Hearing(models.Model):
    """The slot in which those who carry a dossier are heard; another one follows when they move."""

    slot = models.ForeignKey(
        "committees.HearingSlot", models.CASCADE, editable=False, related_name="hearings"
    )
    item = models.ForeignKey(
        "committees.AgendaItem", models.CASCADE, editable=False, related_name="hearings"
    )
    chosen_at = models.DateTimeField(default=timezone.now, editable=False)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = person()
    release_reason = Prose(gettext_lazy("motif"), max_length=500, blank=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("audition")
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(released_at=None),
                name="hearing_one_per_slot",
                violation_error_message=gettext_lazy(
                    "Ce créneau vient d’être pris : choisissez-en un autre."
                ),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(released_at=None),
                name="hearing_one_per_item",
                violation_error_message=gettext_lazy("Un créneau est déjà choisi."),
            ),
            models.CheckConstraint(
                name="hearing_released_with_its_reason",
                condition=Q(released_at=None, released_by=None, release_reason="")
                | Q(released_at__isnull=False, released_by__isnull=False)
                & Q(release_reason__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites pourquoi vous changez de créneau."),
            ),
        ]

    def __str__(self):
        return str(self.slot)

    def get_absolute_url(self):
        return reverse("committees:hearing", args=[self.item_id])

    @classmethod
    @transaction.atomic
    def choose(cls, *, by, item, slot):
        """Take a free slot for the dossier that one carries, until the deadline."""
        plan = cls._hold_plan(item, HearingPlan.objects.inviting())
        cls._ask_whether_heard(item, by)
        if item.hearings.standing().exists():
            raise Refused(_("Un créneau est déjà choisi."), subject=item)
        return cls._take(slot, by=by, item=item, plan=plan)

    @classmethod
    @transaction.atomic
    def place(cls, *, by, item, slot, reason=""):
        """Give a slot to a dossier, for those who prepare the sitting; until it begins."""
        cls._hold_plan(item, HearingPlan.objects.manageable_by(by))
        if not AgendaItem.objects.visible_to(by).hearable().contains(item):
            raise Refused(_("Ce dossier n’est pas entendu."), subject=item)
        for hearing in item.hearings.standing():
            hearing._release(by=by, reason=reason)
        return cls._take(slot, by=by, item=item, plan=item.sitting.hearing_plan)

    @transaction.atomic
    def move(self, *, by, slot, reason):
        """Change slots, for a reason, until the hours that the plan says before the hearing."""
        plan = self._hold_plan(self.item, HearingPlan.objects.to_come())
        self._ask_whether_heard(self.item, by)
        if self.slot.starts_at - timedelta(hours=plan.change_hours) <= timezone.now():
            raise Refused(
                _("Il est trop tard pour changer de créneau : écrivez au comité."),
                subject=self.item,
            )
        self._release(by=by, reason=reason)
        return self._take(slot, by=by, item=self.item, plan=plan)

    def _release(self, *, by, reason):
        kept = Hearing.objects.standing().filter(pk=self.pk)
        if not kept.update(released_at=timezone.now(), released_by=by, release_reason=reason):
            raise Refused(_("Ce créneau vient de changer : actualisez la page."), subject=self.item)
        self.refresh_from_db()

    @classmethod
    def _hold_plan(cls, item, allowed):
        """The plan of an item's sitting, under its lock: slots are given one at a time."""
        plan = HearingPlan.objects.filter(sitting=item.sitting_id).first()
        if plan is None:
            raise Refused(_("Aucune audition n’est prévue."), subject=item)
        plan.hold(allowed, refusal=_("Les créneaux ne se choisissent plus, ou pas encore."))
        return plan

    @classmethod
    def _ask_whether_heard(cls, item, user):
        if not AgendaItem.objects.heard_for(user).hearable().contains(item):
            raise Refused(_("Vous n’êtes pas entendu sur ce dossier."), subject=item)

    @classmethod
    def _take(cls, slot, *, by, item, plan):
        if not plan.free_slots().contains(slot):
            raise Refused(_("Ce créneau vient d’être pris : choisissez-en un autre."), subject=item)
        hearing = cls.objects.create(slot=slot, item=item, chosen_by=by)
        Event.record("hearing.chosen", actor=by, subject=item.deliberation, slot=slot.starts_at)
        for one in item.deliberation.subject.heard_people():
            notices.hearing_chosen(hearing, one)
        return hearing
