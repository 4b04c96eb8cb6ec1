"""Who sees a call, who prepares it, who releases its results, and where its clock stands."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy

from calls.models.announcement import CallKind
from calls.models.clock import PHASE, CallPhase
from calls.models.status import AWAITING_A_DECISION, BEFORE_A_COMMITTEE
from committees.models import Committee


class CallStatus(models.TextChoices):
    DRAFT = "draft", gettext_lazy("en préparation")
    PUBLISHED = "published", gettext_lazy("publié")
    ARCHIVED = "archived", gettext_lazy("archivé")


class CallQuerySet(models.QuerySet):
    def public(self):
        """What anyone may read, archived ones included: their pages stay where they were."""
        return self.exclude(status=CallStatus.DRAFT)

    def visible_to(self, user):
        return self if user.is_staff else self.public()

    def latest_ones(self, count):
        """The last that opened, as something that can be filtered further."""
        last = self.public().order_by("-opens_at", "-pk").values("pk")[:count]
        return self.filter(pk__in=last).order_by("-opens_at", "-pk")

    def listed(self):
        """What the list shows: archived ones keep their page and leave the list."""
        return self.filter(status=CallStatus.PUBLISHED)

    def in_order_of_interest(self):
        """The open ones first, the nearest closing first and those without one after them; then
        those to come; then the past."""
        rank = Case(
            When(phase__in=[CallPhase.OPEN, CallPhase.GRACE], then=Value(0)),
            When(phase=CallPhase.UPCOMING, then=Value(1)),
            default=Value(2),
        )
        past = Case(When(phase=CallPhase.CLOSED, then=F("closes_at")))
        coming = Case(When(~Q(phase=CallPhase.CLOSED), then=F("closes_at")))
        return self.timed().order_by(rank, coming, past.desc(), "-pk")

    def timed(self):
        """Each with its `phase`."""
        return self.annotate(phase=PHASE)

    def in_full(self):
        """Each with its `phase` and all that its page names."""
        return self.timed().select_related("committee", "grid", "sponsor")

    def upcoming(self):
        return self._running(CallPhase.UPCOMING)

    def open(self):
        return self._running(CallPhase.OPEN)

    def in_grace(self):
        """Closed, except for those who were already writing."""
        return self._running(CallPhase.GRACE)

    def closed(self):
        return self.timed().filter(phase=CallPhase.CLOSED)

    def prepared_by(self, user):
        """The team's side of every call, whatever its state."""
        return self if user.is_staff else self.none()

    def editable_by(self, user):
        return self.filter(status=CallStatus.DRAFT) if user.is_staff else self.none()

    def acknowledged_by(self, user):
        """Whose receipts the staff words, as long as there may be others: an address changes."""
        return self.exclude(status=CallStatus.ARCHIVED) if user.is_staff else self.none()

    def questionable(self):
        """Those that people may still ask about: published, and not closed."""
        asked = self.timed().filter(status=CallStatus.PUBLISHED)
        return asked.exclude(phase=CallPhase.CLOSED)

    def rewritable_by(self, user):
        """Whose form may still change: prepared, or published and not closed yet."""
        running = Q(status=CallStatus.PUBLISHED, phase__in=[CallPhase.UPCOMING, CallPhase.OPEN])
        rewritable = self.timed().filter(Q(status=CallStatus.DRAFT) | running)
        return rewritable if user.is_staff else self.none()

    def extendable_by(self, user):
        """Published with its closing, and no dossier before the committee yet: all had the same
        time. Dossiers of a rolling call are examined as they come, and this does not bind it."""
        running = self.filter(status=CallStatus.PUBLISHED, closes_at__isnull=False)
        begun = self.model.objects.filter(applications__status__in=BEFORE_A_COMMITTEE)
        extendable = running.exclude(~Q(kind=CallKind.ROLLING) & Q(pk__in=begun.values("pk")))
        return extendable if user.is_staff else self.none()

    def endable_by(self, user):
        """Rolling, published, and its closing not announced yet."""
        endless = self.filter(status=CallStatus.PUBLISHED, closes_at=None)
        return endless if user.is_staff else self.none()

    def archivable_by(self, user):
        """Closed, and nobody waits for an answer."""
        archivable = (
            self.closed()
            .filter(status=CallStatus.PUBLISHED)
            .exclude(applications__status__in=AWAITING_A_DECISION)
            .exclude(pk__in=self.model.objects.with_untold_results())
        )
        return archivable if user.is_staff else self.none()

    def releasable_by(self, user):
        """Closed, with decided dossiers whose authors have not been told; never a rolling call."""
        releasable = self.closed().public().exclude(kind=CallKind.ROLLING)
        untold = self.model.objects.with_untold_results(user)
        releasable = releasable.filter(pk__in=untold)
        return releasable if user.is_staff else self.none()

    def reserved_by(self, user):
        """Whose reserve list is in the hands of the team, or of who conducts the committee."""
        conducted = Committee.objects.conducted_by(user)
        return self.public().filter(committee__in=conducted)

    def answering_by_rounds(self, user):
        """The rolling ones, open or closed: each round's results leave by themselves."""
        return self.public().filter(kind=CallKind.ROLLING) if user.is_staff else self.none()

    def without_waiting_dossiers(self):
        """Those whose every deposited dossier has its answer."""
        return self.exclude(applications__status__in=AWAITING_A_DECISION)

    def with_untold_results(self, user=None):
        """The keys of those with decided dossiers whose authors have not been told.

        For someone, none that is kept from them.
        """
        applications = self.model.applications.rel.related_model.objects
        applications = applications.visible_to(user) if user else applications
        return applications.decided().untold().filter(call__in=self.values("pk")).values("call")

    def _running(self, phase):
        return self.timed().filter(phase=phase, status=CallStatus.PUBLISHED)
