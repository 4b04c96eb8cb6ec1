"""The reserve list of a call: a strict order, whose first takes a place that comes free."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.calendar import today
from base.lifecycle import Refused
from calls.models.status import ApplicationStatus
from committees.models import Deliberation
from journal.models import Event


AFTER_ALL = 2**15
CHANGED = gettext_lazy("La liste de réserve a changé, ou n’est pas de votre ressort : relisez-la.")


class ReserveQuerySet(models.QuerySet):
    def running(self):
        """With somebody left, before the last day is over."""
        left = ReservePlace.objects.frozen(True).filter(
            reserve=OuterRef("pk"), application__status=ApplicationStatus.RESERVE
        )
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today()), Exists(left)).order_by("pk")


class Reserve(models.Model):
    """The applications of a call that take, in a strict order, the places of those who withdraw.

    The order is set while nobody is told, and frozen when they are; those who are told later come
    after. Without an order of anybody's, it is the order of the marks.
    """

    call = models.OneToOneField(
        "calls.Call", models.PROTECT, editable=False, related_name="reserve"
    )
    ends_on = models.DateField(gettext_lazy("valable jusqu’au"), null=True, blank=True)

    objects = ReserveQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("liste de réserve")

    def __str__(self):
        return _("Liste de réserve de « %(call)s »") % {"call": self.call}

    @classmethod
    def of(cls, call):
        """The list of a call, not kept yet as long as nothing is on it."""
        return cls.objects.filter(call=call).first() or cls(call=call)

    @classmethod
    @transaction.atomic
    def arrange(cls, call, *, by, applications, ends_on=None):
        """Set the order of those whose people are not told, and the last day of the list.

        `applications` are all that the person may arrange, the first one first; any other keeps
        its place among them. Refused where they are no longer the same.
        """
        call.hold(type(call).objects.reserved_by(by), refusal=CHANGED)
        given = sorted(application.pk for application in applications)
        if not given:
            raise Refused(CHANGED, subject=call)
        if call.releases.filter(status="prepared").exists():
            raise Refused(
                _("Un envoi est préparé : annulez-le pour changer l’ordre."), subject=call
            )
        reserve, _created = cls.objects.get_or_create(call=call)
        reserve.complete()
        arranged = reserve.places.frozen(False).filter(application__in=reserve.seen_by(by))
        if sorted(arranged.values_list("application", flat=True)) != given:
            raise Refused(CHANGED, subject=call)
        ranks = sorted(arranged.values_list("rank", flat=True))
        for rank, application in zip(ranks, applications, strict=True):
            reserve.places.filter(application=application).update(rank=rank)
        reserve.ends_on = ends_on
        reserve.save(update_fields=["ends_on"])
        Event.record("reserve.arranged", actor=by, subject=call)
        return reserve

    @classmethod
    def freeze(cls, call, letters):
        """Keep the order for good as these (application, decision) leave, under the call's lock."""
        told = [a.pk for a, decision in letters if decision.outcome == ApplicationStatus.RESERVE]
        if told:
            reserve, _created = cls.objects.get_or_create(call=call)
            reserve.complete(first=told)
            reserve.places.filter(application__in=told).frozen(False).update(frozen_at=Now())

    @transaction.atomic
    def promote(self, *, by):
        """Give the oldest free place to the first of the list, by another decision and its letter.

        Refused without a free place or anybody left, after the last day, and to who may not
        decide for the first of the list.
        """
        self.call.hold(type(self.call).objects.reserved_by(by), refusal=CHANGED)
        freed, place = self.vacancies(by).first(), self.standing().first()
        if self.has_ended or freed is None or place is None:
            raise Refused(_("Aucune place n’est à donner sur cette liste."), subject=self.call)
        application = place.application
        application.hold(self.seen_by(by).filter(status=ApplicationStatus.RESERVE), refusal=CHANGED)
        with translation.override(settings.LANGUAGE_CODE):
            reason = _(
                "Une candidature retenue s’est désistée : la première de la liste de réserve"
                " prend sa place."
            )
        application.decision().supersede_told(
            by=by, outcome=ApplicationStatus.SELECTED, reason=reason
        )
        application.tell(by=by)
        self.places.filter(pk=place.pk).update(promoted_at=Now(), promoted_by=by, freed_by=freed)
        Event.record("reserveplace.promoted", actor=by, subject=application, rank=place.rank)
        return application

    @property
    def has_ended(self):
        return self.ends_on is not None and self.ends_on < today()

    def offers_a_place_to(self, user):
        """Whether this person has a free place to give, and somebody to give it to."""
        first = self.standing().first()
        seen = first and self.seen_by(user).filter(pk=first.application_id).exists()
        return bool(seen and self.vacancies(user).exists())

    def seen_by(self, user):
        """The call's applications whose examination the user may read, without an interest."""
        examined = Deliberation.objects.visible_to(user).free_for(user)
        kind = ContentType.objects.get_for_model(self.call.applications.model)
        return self.call.applications.filter(
            pk__in=examined.filter(subject_type=kind).values("subject_id")
        )

    def to_arrange(self, user):
        """Those whose order this person may set, in the order of now."""
        waiting = self._waiting().filter(pk__in=self.seen_by(user).values("pk"))
        return sorted(waiting.select_related("reserve_place"), key=self._order(waiting))

    def told_to(self, user):
        """The places whose people are told, in order, as far as this person may see them."""
        told = ReservePlace.objects.filter(reserve=self.pk).frozen(True)
        told = told.filter(application__in=self.seen_by(user))
        return list(told.select_related("application").order_by("rank"))

    def standing(self):
        """Who is left, the first one first."""
        told = ReservePlace.objects.filter(reserve=self.pk).frozen(True)
        waiting = told.filter(application__status=ApplicationStatus.RESERVE)
        return waiting.select_related("application").order_by("rank")

    def vacancies(self, user):
        """Those who were told that they were selected, then withdrew, and nobody replaced yet."""
        left = self.call.applications.unhidden_from(user).filter(
            status=ApplicationStatus.WITHDRAWN,
            withdrawn_from=ApplicationStatus.SELECTED,
            notified_at__isnull=False,
        )
        given = ReservePlace.objects.exclude(freed_by=None).values("freed_by")
        return left.exclude(pk__in=given).order_by("withdrawn_at", "pk")

    def complete(self, *, first=()):
        """One place, after the frozen ones, for each that is in reserve and whose people wait.

        In the order already set, then by mark; those of `first` before the others.
        """
        waiting = self._waiting(first)
        self.places.frozen(False).exclude(application__in=waiting).delete()
        last = self.places.frozen(True).aggregate(last=Max("rank"))["last"] or 0
        order = self._order(waiting)
        ordered = sorted(
            waiting.select_related("reserve_place"),
            key=lambda application: (application.pk not in first, order(application)),
        )
        for rank, application in enumerate(ordered, last + 1):
            self.places.update_or_create(application=application, defaults={"rank": rank})

    def _waiting(self, told=()):
        waiting = Q(status=ApplicationStatus.RESERVE, notified_at=None) | Q(pk__in=told)
        return self.call.applications.filter(waiting, reserve_place__frozen_at=None)

    def _order(self, applications):
        """By the rank already set, then by mark, the best first."""
        kind = ContentType.objects.get_for_model(applications.model)
        examined = Deliberation.objects.filter(
            subject_type=kind, subject_id__in=applications.values("pk")
        ).exclude(score=None)
        marks = dict(examined.order_by("pk").values_list("subject_id", "score"))

        def order(application):
            place = getattr(application, "reserve_place", None)
            rank = place.rank if place else AFTER_ALL
            return rank, -marks.get(application.pk, 0), application.pk

        return order


class ReservePlaceQuerySet(models.QuerySet):
    def frozen(self, yes):
        return self.filter(frozen_at__isnull=not yes)


class ReservePlace(models.Model):
    """The rank of an application on a reserve list; once its people are told, it never changes."""

    reserve = models.ForeignKey(
        "calls.Reserve", models.PROTECT, editable=False, related_name="places"
    )
    application = models.OneToOneField(
        "calls.Application", models.PROTECT, editable=False, related_name="reserve_place"
    )
    rank = models.PositiveSmallIntegerField(gettext_lazy("rang"))
    frozen_at = models.DateTimeField(null=True, editable=False)
    promoted_at = models.DateTimeField(null=True, editable=False)
    promoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    freed_by = models.OneToOneField(
        "calls.Application", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ReservePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("place sur la liste de réserve")
        constraints = [
            models.UniqueConstraint(
                fields=["reserve", "rank"],
                name="reserveplace_one_per_rank",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=gettext_lazy("Deux candidatures ont le même rang."),
            ),
            models.CheckConstraint(
                name="reserveplace_ranks_begin_at_one",
                condition=Q(rank__gte=1),
                violation_error_message=gettext_lazy("Les rangs commencent à 1."),
            ),
            models.CheckConstraint(
                name="reserveplace_promoted_once_told",
                condition=Q(promoted_at=None, promoted_by=None, freed_by=None)
                | Q(
                    frozen_at__isnull=False,
                    promoted_at__isnull=False,
                    promoted_by__isnull=False,
                    freed_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="reserveplace_not_freed_by_itself",
                condition=Q(freed_by=None) | ~Q(freed_by=F("application")),
            ),
        ]

    def __str__(self):
        return f"{self.application} : {self.rank}"

    @property
    def stands(self):
        """Whether it still waits for a place."""
        return self.application.status == ApplicationStatus.RESERVE

    @property
    def before(self):
        """How many are still waiting before this one."""
        return self.reserve.standing().filter(rank__lt=self.rank).count()
