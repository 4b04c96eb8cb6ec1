from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import start_of_day
from base.fields import Line, Prose
from base.lifecycle import Lifecycle, Refused
from committees import notices, pack
from committees.models.committee import Committee
from committees.models.sitting_rights import SittingQuerySet, SittingStatus
from journal.models import Event, Snapshot


def together(name):
    """Who and when are both known or both not."""
    return models.CheckConstraint(
        name=f"sitting_{name}_at_goes_with_{name}_by",
        condition=Q(**{f"{name}_at": None, f"{name}_by": None})
        | Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
    )


def instant(label):
    return models.DateTimeField(label, null=True, editable=False)


def person():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )


NOTICE = ExpressionWrapper(F("notice_days") * timedelta(days=1), models.DurationField())


class Sitting(Lifecycle):
    """A meeting of a committee: convened with its agenda, held, and told by its minutes."""

    Status = SittingStatus
    TRANSITIONS = {
        Status.PREPARED: {Status.CONVENED},
        Status.CONVENED: {Status.OPEN},
        Status.OPEN: {Status.CLOSED, Status.ADJOURNED},
        Status.CLOSED: {Status.SIGNED},
        Status.ADJOURNED: {Status.SIGNED},
    }

    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, editable=False, related_name="sittings"
    )
    meets_at = models.DateTimeField(gettext_lazy("date et heure"))
    place = Line(
        gettext_lazy("lieu"),
        max_length=200,
        help_text=gettext_lazy("Salle et adresse, ou lien de la visioconférence."),
    )
    notice_days = models.PositiveSmallIntegerField(editable=False)
    urgency = Prose(gettext_lazy("motif de l’urgence"), max_length=1000, blank=True)
    second_of = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="second"
    )
    # What the pack of each reader says of the meeting, frozen when it is convened.
    papers = models.ForeignKey(
        "journal.Snapshot", models.PROTECT, null=True, editable=False, related_name="+"
    )
    status = models.CharField(
        gettext_lazy("état"),
        max_length=10,
        choices=SittingStatus,
        default=SittingStatus.PREPARED,
        editable=False,
    )
    convened_at, convened_by = instant(gettext_lazy("convoquée")), person()
    opened_at, opened_by = instant(gettext_lazy("ouverte")), person()
    closed_at, closed_by = instant(gettext_lazy("levée")), person()
    adjourned_at, adjourned_by = instant(gettext_lazy("ajournée")), person()

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("séance")
        verbose_name_plural = gettext_lazy("séances")
        constraints = [
            *[together(name) for name in ("convened", "opened", "closed", "adjourned")],
            models.CheckConstraint(
                name="sitting_status_agrees_with_its_stamps",
                condition=Q(status="prepared", convened_at=None)
                | Q(status="convened", convened_at__isnull=False, opened_at=None)
                | Q(status="open", opened_at__isnull=False, closed_at=None, adjourned_at=None)
                | Q(status="closed", closed_at__isnull=False, adjourned_at=None)
                | Q(status="adjourned", adjourned_at__isnull=False, closed_at=None)
                | Q(status="signed", opened_at__isnull=False, closed_at__isnull=False)
                | Q(status="signed", opened_at__isnull=False, adjourned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sitting_convened_in_time_or_urgent",
                condition=Q(convened_at=None)
                | Q(urgency__regex=r"\S")
                | Q(meets_at__gte=F("convened_at") + NOTICE),
                violation_error_message=gettext_lazy(
                    "Le délai de convocation n’est pas respecté : changez la date,"
                    " ou indiquez le motif de l’urgence."
                ),
            ),
            models.CheckConstraint(
                name="sitting_convened_before_it_meets",
                condition=Q(convened_at=None) | Q(meets_at__gt=F("convened_at")),
                violation_error_message=gettext_lazy(
                    "La date de la séance est passée : choisissez-en une autre."
                ),
            ),
        ]
        indexes = [models.Index(fields=["committee", "-meets_at"], name="sitting_by_committee")]

    def __str__(self):
        return str(self.committee)

    def get_absolute_url(self):
        return reverse("committees:sitting", args=[self.pk])

    @classmethod
    @transaction.atomic
    def prepare(cls, *, by, committee, meets_at, place, **fields):
        """Plan a meeting; refused to who neither runs the committee nor belongs to the team."""
        if not Committee.objects.conducted_by(by).contains(committee):
            raise Refused(_("Vous ne préparez pas les séances de ce comité."), subject=committee)
        sitting = cls.objects.create(
            committee=committee,
            meets_at=meets_at,
            place=place,
            notice_days=committee.notice_days,
            **fields,
        )
        Event.record("sitting.prepared", actor=by, subject=sitting)
        return sitting

    @transaction.atomic
    def replan(self, *, by, meets_at, place):
        """Change the date or the place, until the convocation."""
        self.hold_prepared(by)
        moved = timezone.localdate(meets_at) != self.day
        if moved and Sitting.objects.filter(pk=self.pk, hearing_plan__isnull=False).exists():
            raise Refused(
                _("Des auditions sont prévues ce jour-là : annulez-les d’abord."), subject=self
            )
        Sitting.objects.filter(pk=self.pk).update(meets_at=meets_at, place=place)
        self.refresh_from_db()
        Event.record("sitting.replanned", actor=by, subject=self)

    @transaction.atomic
    def arrange(self, *, by, order):
        """Put the items that one sees in an order, at the places that they hold among the others.

        Refused when the agenda is not that of the order any more.
        """
        self.hold_prepared(by)
        items = {item.pk: item for item in self.items.visible_to(by).in_order()}
        if sorted(items) != sorted(order):
            raise Refused(_("L’ordre du jour vient de changer : relisez-le."), subject=self)
        places = [item.position for item in items.values()]
        for pk, place in zip(order, places, strict=True):
            self.items.filter(pk=pk).update(position=place)
        Event.record("sitting.arranged", actor=by, subject=self)

    @transaction.atomic
    def convene(self, *, by, urgency=""):
        """Send the agenda and its frozen files to every seat; nothing of it changes afterwards.

        Refused without an agenda, and too late without a reason of urgency (décret n° 2006-672,
        art. 9).
        """
        self.hold_prepared(by)
        if not self.items.exists():
            raise Refused(_("L’ordre du jour est vide."), subject=self)
        self.move(self.Status.CONVENED, convened_at=timezone.now(), convened_by=by, urgency=urgency)
        with translation.override(settings.LANGUAGE_CODE):
            self.papers = Snapshot.take(
                self, title=pack.title_of(self), sections=pack.opening(self)
            )
        self.save(update_fields=["papers"])
        Event.record("sitting.convened", actor=by, subject=self, urgency=urgency[:200])
        for seat in self.seats().select_related("user"):
            notices.sitting_convened(self, seat, self.items.visible_to(seat.user).in_order())

    @transaction.atomic
    def open(self, *, by):
        """Begin; refused before the day of the meeting, or the hour before one held at night."""
        self.hold(
            Sitting.objects.openable_by(by),
            refusal=_("Vous ne pouvez pas ouvrir cette séance."),
        )
        if timezone.now() < min(start_of_day(self.day), self.meets_at - timedelta(hours=1)):
            raise Refused(_("La séance s’ouvre le jour prévu, pas avant."), subject=self)
        self.move(self.Status.OPEN, opened_at=timezone.now(), opened_by=by)
        Event.record("sitting.opened", actor=by, subject=self)

    @transaction.atomic
    def close(self, *, by):
        """End the meeting; what was not examined is put off to another one."""
        self.hold_between_items(by)
        self._end(self.Status.CLOSED, closed_at=timezone.now(), closed_by=by)
        Event.record("sitting.closed", actor=by, subject=self)

    @transaction.atomic
    def adjourn(self, *, by):
        """End it for want of quorum; refused while an item that remains has its quorum."""
        self.hold_between_items(by)
        waiting = list(self.items.waiting())
        if not waiting or self.waives_quorum:
            raise Refused(_("Rien n’empêche de lever la séance."), subject=self)
        if any(item.assembly().has_quorum for item in waiting):
            raise Refused(_("Le quorum est atteint : l’examen peut se poursuivre."), subject=self)
        self._end(self.Status.ADJOURNED, adjourned_at=timezone.now(), adjourned_by=by)
        Event.record("sitting.adjourned", actor=by, subject=self)

    @transaction.atomic
    def reconvene(self, *, by, meets_at, place, urgency=""):
        """Convene again on what remains; no quorum is needed then (décret n° 2006-672, art. 11)."""
        self.hold(
            Sitting.objects.reconvenable_by(by),
            refusal=_("Cette séance n’appelle pas de seconde convocation."),
        )
        second = Sitting.prepare(
            by=by, committee=self.committee, meets_at=meets_at, place=place, second_of=self
        )
        for item in self.items.postponed().in_order():
            second.items.create(deliberation=item.deliberation, position=item.position)
        second.convene(by=by, urgency=urgency)
        return second

    @property
    def day(self):
        return timezone.localdate(self.meets_at)

    @property
    def waives_quorum(self):
        """A second convocation on the same agenda needs none."""
        return self.second_of_id is not None

    @property
    def is_over(self):
        return self.status in {self.Status.CLOSED, self.Status.ADJOURNED, self.Status.SIGNED}

    def seats(self):
        """The seats of the committee on the day of the meeting."""
        return self.committee.seats.active_on(self.day)

    def hold_prepared(self, user):
        self.hold(
            Sitting.objects.preparable_by(user),
            refusal=_("Cette séance est déjà convoquée, ou vous ne la préparez pas."),
        )

    def hold_between_items(self, user):
        self.hold(
            Sitting.objects.closable_by(user),
            refusal=_("Vous ne pouvez pas lever cette séance."),
        )
        if open_one := self.items.open().first():
            raise Refused(open_one.refusal_for(user), subject=self)

    def _end(self, status, **stamps):
        self.items.waiting().update(status="postponed")
        for contest in self.contests.under_way():
            contest.fall()
        self.attendances.here().update(left_at=timezone.now())
        self.move(status, **stamps)
