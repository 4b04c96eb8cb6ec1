from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import Line
from base.lifecycle import Lifecycle, Refused
from committees import notices
from committees.models.assembly import Assembly
from committees.models.decision import Decision
from committees.models.deliberation import Deliberation
from committees.models.heard import HeardQuerySet
from committees.models.sitting import Sitting
from journal.models import Event


class AgendaItemQuerySet(HeardQuerySet):
    def visible_to(self, user):
        """On a sitting and about a deliberation that the user may see: never an excluded's."""
        return self.filter(
            sitting__in=Sitting.objects.visible_to(user),
            deliberation__in=Deliberation.objects.visible_to(user),
        )

    def movable_by(self, user):
        """On an agenda that the user prepares."""
        prepared = Sitting.objects.preparable_by(user)
        return self.visible_to(user).filter(sitting__in=prepared)

    def conducted_by(self, user):
        """In the hands of the chair and the secretary, without an interest of theirs in it."""
        conducted = self.visible_to(user).filter(sitting__in=Sitting.objects.conductable_by(user))
        return conducted.filter(deliberation__in=Deliberation.objects.free_for(user))

    def openable_by(self, user):
        return self.conducted_by(user).waiting().filter(sitting__in=Sitting.objects.open())

    def postponable_by(self, user):
        held = self.conducted_by(user).filter(sitting__in=Sitting.objects.open())
        return held.filter(status__in=[AgendaItemStatus.WAITING, AgendaItemStatus.OPEN])

    def for_page(self, user):
        """In order, with the decision in force and whether the reader conducts the examination."""
        conducted = AgendaItem.objects.conducted_by(user).filter(pk=OuterRef("pk"))
        in_force = Prefetch(
            "deliberation__decisions", Decision.objects.in_force(), to_attr="in_force"
        )
        return self.in_order().annotate(conducted=Exists(conducted)).prefetch_related(in_force)

    def in_order(self):
        return self.select_related("deliberation__snapshot").order_by("position")

    def waiting(self):
        return self.filter(status=AgendaItemStatus.WAITING)

    def open(self):
        return self.filter(status=AgendaItemStatus.OPEN)

    def postponed(self):
        return self.filter(status=AgendaItemStatus.POSTPONED)


class AgendaItemStatus(models.TextChoices):
    WAITING = "waiting", gettext_lazy("à examiner")
    OPEN = "open", gettext_lazy("en cours d’examen")
    CLOSED = "closed", gettext_lazy("examiné")
    POSTPONED = "postponed", gettext_lazy("reporté")


class AgendaItem(Lifecycle):
    """A deliberation's place on the agenda of a sitting, with the quorum found when it opened.

    Its verbs lock from the outside in: sitting, item, deliberation, ballot.
    """

    Status = AgendaItemStatus
    TRANSITIONS = {
        Status.WAITING: {Status.OPEN, Status.POSTPONED},
        Status.OPEN: {Status.CLOSED, Status.POSTPONED},
    }

    sitting = models.ForeignKey("committees.Sitting", models.CASCADE, related_name="items")
    deliberation = models.ForeignKey(
        "committees.Deliberation", models.PROTECT, related_name="agenda_items"
    )
    position = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10,
        choices=AgendaItemStatus,
        default=AgendaItemStatus.WAITING,
        editable=False,
    )
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    composition = models.PositiveSmallIntegerField(null=True, editable=False)
    present = models.PositiveSmallIntegerField(null=True, editable=False)
    represented = models.PositiveSmallIntegerField(null=True, editable=False)
    needed = models.PositiveSmallIntegerField(null=True, editable=False)
    postponement = Line(gettext_lazy("motif du report"), max_length=300, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("point de l’ordre du jour")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "position"],
                name="agendaitem_one_per_position",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=gettext_lazy(
                    "L’ordre du jour vient de changer : actualisez la page."
                ),
            ),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=Q(status="open"),
                name="agendaitem_one_open_per_sitting",
                violation_error_message=gettext_lazy("Un dossier est déjà en cours d’examen."),
            ),
            models.UniqueConstraint(
                fields=["deliberation"],
                condition=Q(status__in=["waiting", "open"]),
                name="agendaitem_one_live_per_deliberation",
                violation_error_message=gettext_lazy(
                    "Ce dossier est déjà à l’ordre du jour d’une séance."
                ),
            ),
            models.CheckConstraint(
                name="agendaitem_opened_is_stamped_and_counted",
                condition=Q(status="waiting", opened_at=None, opened_by=None, composition=None)
                | Q(status="postponed", opened_at=None)
                | Q(
                    status__in=["open", "closed", "postponed"],
                    opened_at__isnull=False,
                    opened_by__isnull=False,
                    composition__isnull=False,
                    present__isnull=False,
                    represented__isnull=False,
                    needed__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="agendaitem_opened_with_its_quorum",
                condition=Q(needed=None) | Q(needed__lte=F("present") + F("represented")),
                violation_error_message=gettext_lazy("Le quorum n’est pas atteint."),
            ),
        ]

    def __str__(self):
        return str(self.deliberation)

    def get_absolute_url(self):
        return reverse("committees:sitting", args=[self.sitting_id])

    @classmethod
    @transaction.atomic
    def add(cls, *, by, sitting, deliberation):
        """Put a deliberation last on the agenda, while the sitting is prepared."""
        sitting.hold_prepared(by)
        deliberation.hold(
            Deliberation.objects.schedulable_by(by),
            refusal=_("Ce dossier ne peut pas être mis à l’ordre du jour."),
        )
        last = sitting.items.aggregate(last=Max("position"))["last"] or 0
        item = cls.objects.create(sitting=sitting, deliberation=deliberation, position=last + 1)
        Event.record("agendaitem.added", actor=by, subject=deliberation)
        return item

    @classmethod
    @transaction.atomic
    def add_all(cls, *, by, sitting, deliberations):
        """Put several on the agenda, in their order, all of them or none."""
        return [cls.add(by=by, sitting=sitting, deliberation=one) for one in deliberations]

    @transaction.atomic
    def rise(self, *, by):
        """Change places with the item before, among those that the mover sees."""
        self._hold_movable(by)
        visible = self.sitting.items.movable_by(by).filter(position__lt=self.position)
        before = visible.order_by("-position").first()
        if before is None:
            raise Refused(_("Ce dossier est déjà le premier."), subject=self.sitting)
        mine, its = self.position, before.position
        AgendaItem.objects.filter(pk=self.pk).update(position=its)
        AgendaItem.objects.filter(pk=before.pk).update(position=mine)
        Event.record("agendaitem.moved", actor=by, subject=self.deliberation)

    @transaction.atomic
    def remove(self, *, by):
        """Take the deliberation off the agenda, while the sitting is prepared."""
        self._hold_movable(by)
        for hearing in self.hearings.standing():
            notices.hearing_cancelled(hearing, _("Le dossier n’est plus à l’ordre du jour."))
        Event.record("agendaitem.removed", actor=by, subject=self.deliberation)
        self.delete()

    @transaction.atomic
    def open(self, *, by):
        """Begin the examination, once enough of those who may take part make the quorum."""
        self._hold_in_sitting(AgendaItem.objects.openable_by(by))
        if open_one := self.sitting.items.open().first():
            raise Refused(open_one.refusal_for(by), subject=self.sitting)
        assembly = self.assembly()
        if not (assembly.has_quorum or self.sitting.waives_quorum):
            raise Refused(
                _(
                    "Le quorum n’est pas atteint : %(count)s voix présentes ou représentées"
                    " sur %(composition)s, il en faut %(needed)s."
                )
                % {
                    "count": len(assembly.electors),
                    "composition": len(assembly.composition),
                    "needed": assembly.needed,
                },
                subject=self.sitting,
            )
        self.move(
            self.Status.OPEN,
            opened_at=timezone.now(),
            opened_by=by,
            composition=len(assembly.composition),
            present=len(assembly.present),
            represented=len(assembly.represented),
            needed=0 if self.sitting.waives_quorum else assembly.needed,
        )
        if self.deliberation.status != self.deliberation.Status.OPEN:
            self.deliberation.open(by=by)
        Event.record("agendaitem.opened", actor=by, subject=self.deliberation)

    @transaction.atomic
    def postpone(self, *, by, reason):
        """Put the examination off to another sitting; a ballot under way is cancelled with it."""
        self._hold_in_sitting(AgendaItem.objects.postponable_by(by))
        for ballot in self.ballots.live():
            ballot.cancel(by=by, reason=reason)
        for contest in self.sitting.contests.under_way().filter(candidates__item=self):
            contest.fall()
        if self.status == self.Status.OPEN:
            self.deliberation.move(self.deliberation.Status.ADJOURNED)
        self.move(self.Status.POSTPONED, postponement=reason)
        Event.record("agendaitem.postponed", actor=by, subject=self.deliberation)

    def refusal_for(self, user):
        """Why nothing else begins: in no words, to whoever may not know that it is examined."""
        if AgendaItem.objects.visible_to(user).contains(self):
            return _("Un dossier est déjà en cours d’examen.")
        return _("Ce n’est pas possible maintenant.")

    def assembly(self):
        """Who may decide on this item, as it stands now."""
        committee = self.sitting.committee
        seats = dict(self.sitting.seats().voting().values_list("pk", "user"))
        out = set(self.deliberation.interests.standing().values_list("person", flat=True))
        return Assembly.gather(
            composition=seats,
            attending=self.sitting.attendances.here().values_list("seat", flat=True),
            proxies=self.sitting.proxies.standing().values_list("principal", "holder"),
            out=[seat for seat, user in seats.items() if user in out],
            quorum_percent=committee.quorum_percent,
        )

    def _hold_movable(self, user):
        self.sitting.hold_prepared(user)
        self.hold(
            AgendaItem.objects.movable_by(user),
            refusal=_("Ce dossier n’est plus à l’ordre du jour."),
        )

    def _hold_in_sitting(self, allowed):
        refusal = _("Ce dossier ne peut pas être examiné maintenant.")
        self.sitting.hold(Sitting.objects.open(), refusal=refusal)
        self.hold(allowed, refusal=refusal)
        self.deliberation.hold(Deliberation.objects.all(), refusal=refusal)
