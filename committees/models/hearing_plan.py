from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Exists, F, Func, Prefetch, Q, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line
from base.lifecycle import Held, Refused
from committees import notices
from committees.models.sitting import Sitting, person
from journal.models import Event


class HearingPlanQuerySet(models.QuerySet):
    def inviting(self):
        """Open to the choice of a slot, until its deadline."""
        return self.filter(invited_at__isnull=False, choose_before__gt=Now()).to_come()

    def to_come(self):
        return self.filter(sitting__in=Sitting.objects.before_the_end())

    def manageable_by(self, user):
        """In the hands of who prepares the sittings of the committee, until the sitting begins."""
        return self.filter(sitting__in=Sitting.objects.hearable_by(user))


class HearingPlan(Held):
    """How the dossiers of a sitting are heard: in which slots, chosen and changed until when."""

    sitting = models.OneToOneField(
        "committees.Sitting", models.PROTECT, editable=False, related_name="hearing_plan"
    )
    choose_before = models.DateTimeField(gettext_lazy("choix des créneaux jusqu’au"))
    change_hours = models.PositiveSmallIntegerField(
        gettext_lazy("report possible jusqu’à, en heures avant l’audition"), default=24
    )
    invited_at = models.DateTimeField(null=True, editable=False)
    invited_by = person()

    objects = HearingPlanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("auditions d’une séance")
        constraints = [
            models.CheckConstraint(
                name="hearing_plan_invited_at_goes_with_invited_by",
                condition=Q(invited_at=None, invited_by=None)
                | Q(invited_at__isnull=False, invited_by__isnull=False),
            ),
            models.CheckConstraint(
                name="hearing_plan_gives_at_most_a_month",
                condition=Q(change_hours__lte=720),
                violation_error_message=gettext_lazy("Au plus 720 heures avant l’audition."),
            ),
        ]

    def __str__(self):
        return str(self.sitting)

    def get_absolute_url(self):
        return self.sitting.get_absolute_url()

    @classmethod
    @transaction.atomic
    def lay_out(cls, *, by, sitting, first_at, count, minutes, pause, link="", **rules):
        """Open a series of slots, one after the other; a second call adds to the first.

        Refused in a blind round, where hearing who carries a dossier would tell whose it is, and
        off the day of the sitting.
        """
        sitting.hold(
            Sitting.objects.hearable_by(by),
            refusal=_("La séance a commencé, ou vous ne la préparez pas."),
        )
        its = sitting.items.visible_to(by)
        if its.exists() and not its.filter(deliberation__round__blind=False).exists():
            raise Refused(
                _("Ce tour est à l’aveugle : entendre qui porte un dossier dirait de qui il est."),
                subject=sitting,
            )
        starts = [first_at + n * timedelta(minutes=minutes + pause) for n in range(count)]
        ends = [start + timedelta(minutes=minutes) for start in starts]
        if {timezone.localdate(at) for at in [*starts, *ends]} != {sitting.day}:
            raise Refused(_("Les auditions se tiennent le jour de la séance."), subject=sitting)
        if rules["choose_before"] > first_at:
            raise Refused(_("Les créneaux se choisissent avant les auditions."), subject=sitting)
        plan, _created = cls.objects.update_or_create(sitting=sitting, defaults=rules)
        for start, end in zip(starts, ends, strict=True):
            plan.slots.create(starts_at=start, ends_at=end, link=link)
        Event.record("hearingplan.laid_out", actor=by, subject=sitting, count=count)
        return plan

    @transaction.atomic
    def invite(self, *, by):
        """Ask those who carry each dossier of the agenda to choose a slot; told once a dossier.

        Of every dossier, whoever clicks: nobody learns here which ones they are. Those of a blind
        round are not heard.
        """
        self.hold_manageable(by)
        if self.choose_before <= timezone.now():
            raise Refused(_("La date limite du choix est passée : repoussez-la."), subject=self)
        HearingPlan.objects.filter(pk=self.pk, invited_at=None).update(
            invited_at=timezone.now(), invited_by=by
        )
        self.refresh_from_db()
        Event.record("hearingplan.invited", actor=by, subject=self.sitting)
        for item in self.sitting.items.awaiting_a_hearing().in_order():
            for one in item.deliberation.subject.heard_people():
                notices.hearing_offered(item, self, one)

    @transaction.atomic
    def call_off(self, *, by, reason):
        """Take every slot away, and tell those who had chosen one why."""
        self.hold_manageable(by)
        Event.record("hearingplan.called_off", actor=by, subject=self.sitting, reason=reason[:200])
        for slot in self.slots.order_by("pk"):
            for hearing in slot.hearings.standing():
                notices.hearing_cancelled(hearing, reason)
        self.delete()

    def hold_manageable(self, user):
        self.hold(
            HearingPlan.objects.manageable_by(user),
            refusal=_("La séance a commencé, ou vous ne la préparez pas."),
        )

    def free_slots(self):
        """What may still be chosen."""
        return self.slots.free().to_come()

    def takes_choice(self, item, hearing):
        """Whether who is heard may still choose, or change."""
        if item.status != item.Status.WAITING or self.invited_at is None:
            return False
        last = self.choose_before
        if hearing:
            last = hearing.slot.starts_at - timedelta(hours=self.change_hours)
        return timezone.now() < last


class HearingSlotQuerySet(models.QuerySet):
    def free(self):
        """Taken by nobody."""
        return self.exclude(Exists(self._hearings().on_slot()))

    def free_for(self, user):
        """To come and taken by no dossier that the user may see: the others look free."""
        return self.exclude(Exists(self._hearings().on_slot().visible_to(user))).to_come()

    def to_come(self):
        return self.filter(starts_at__gt=Now()).order_by("starts_at")

    def with_hearing_seen_by(self, user):
        """Each with who is heard in it, in the list `seen`, if the reader may know."""
        standing = self._hearings().standing().visible_to(user)
        seen = standing.select_related("item__deliberation__snapshot")
        return self.order_by("starts_at").prefetch_related(
            Prefetch("hearings", seen, to_attr="seen")
        )

    def _hearings(self):
        return self.model.hearings.rel.related_model.objects


class HearingSlot(models.Model):
    """A length of time of a sitting in which one dossier may be heard, and where."""

    plan = models.ForeignKey(
        "committees.HearingPlan", models.CASCADE, editable=False, related_name="slots"
    )
    starts_at = models.DateTimeField(gettext_lazy("début"))
    ends_at = models.DateTimeField(gettext_lazy("fin"))
    link = Line(gettext_lazy("lien de la visioconférence"), max_length=300, blank=True)

    objects = HearingSlotQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("créneau d’audition")
        constraints = [
            models.CheckConstraint(
                name="hearing_slot_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=gettext_lazy("Une audition dure une minute au moins."),
            ),
            ExclusionConstraint(
                name="hearing_slot_one_at_a_time",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    (
                        Func("starts_at", "ends_at", Value("[)"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=gettext_lazy("Deux créneaux se chevauchent."),
            ),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}"

    @property
    def day(self):
        return timezone.localdate(self.starts_at)

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds()) // 60
