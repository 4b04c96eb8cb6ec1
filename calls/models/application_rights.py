"""Who sees an application, who writes it, who decides about it."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now

from calls.models.amendment import Amendment
from calls.models.announcement import CallKind
from calls.models.call import Call
from calls.models.call_rights import CallStatus
from calls.models.clock import LAST_SECOND, WRITING_BEFORE_CLOSING
from calls.models.completeness import lacking
from calls.models.correction import Correction
from calls.models.extension import author_has_more_time, last_extension, own_closing
from calls.models.retention import RetentionQuerySet
from calls.models.status import (
    AWAITING_A_DECISION,
    BEFORE_A_COMMITTEE,
    GRANTED,
    KEPT,
    ApplicationStatus,
    CoApplicantRole,
    CoApplicantStatus,
)
from calls.models.told import ToldQuerySet
from calls.stems import holding
from committees.models import Deliberation, Interest


def open_amendments():
    """The open changes of the application of the query around."""
    return Amendment.objects.open().filter(application=OuterRef("pk"))


class ApplicationQuerySet(ToldQuerySet, RetentionQuerySet):
    def visible_to(self, user):
        """One's own; for the staff whatever was deposited, save where they have an interest.

        What is erased is nobody's, and nobody's to read.

        Committees read its snapshot, on their own floor.
        """
        if not user.is_staff:
            return self.carried_by(user)
        received = Q(deposited_at__isnull=False) & ~Q(status=ApplicationStatus.ERASED)
        return self.filter(self._carried(user) | received & ~self._hidden_from(user))

    def kept_from(self, user):
        """Those that an interest forbids them even to read."""
        return self.filter(self._hidden_from(user))

    def unhidden_from(self, user):
        """Without those that an interest keeps from her: nobody counts what she may not see."""
        return self.exclude(self._hidden_from(user))

    def led_by(self, user):
        """Those that she began herself: she alone invites, asks for the visa and deposits."""
        return self.filter(author_id=user.pk)

    def shared_with(self, user, *, roles=CoApplicantRole.values):
        """Those that she accepted to carry with someone else."""
        return self.filter(
            co_applicants__person_id=user.pk,
            co_applicants__status=CoApplicantStatus.ACCEPTED,
            co_applicants__role__in=roles,
        )

    def carried_by(self, user):
        """Her own and those shared with her, whatever their state."""
        return self.filter(self._carried(user))

    def heard_for(self, user):
        return self.carried_by(user)

    def drafted_by(self, user):
        return self.led_by(user).filter(status=ApplicationStatus.DRAFT)

    def drafts_of(self, call):
        """What is begun and not deposited: how many, never what it says."""
        return self.filter(call=call, status=ApplicationStatus.DRAFT)

    def explained_to(self, user):
        """Those that she carries, once she was told the outcome."""
        return self.carried_by(user).filter(notified_at__isnull=False)

    def being_written(self):
        """Drafts, while their call is open and they are awake; in grace, those that were being
        written before."""
        drafts = self.filter(status=ApplicationStatus.DRAFT).awake()
        in_grace = Q(call__in=Call.objects.in_grace()) & WRITING_BEFORE_CLOSING
        return drafts.filter(Q(call__in=Call.objects.open()) | in_grace | author_has_more_time())

    def being_amended(self):
        """Deposits whose changes are open, until the closing and its grace."""
        deposits = self.filter(Exists(open_amendments()), status=ApplicationStatus.DEPOSITED)
        running = Q(call__in=Call.objects.open()) | Q(call__in=Call.objects.in_grace())
        return deposits.filter(running | author_has_more_time())

    def being_corrected(self):
        """Those that the team asked to complete, until the date that it gave."""
        live = Correction.objects.live().filter(application=OuterRef("pk"))
        return self.filter(Exists(live), status=ApplicationStatus.IN_CORRECTION)

    def writable(self):
        """What may be typed in now, by those who may write in it."""
        every = self.model.objects
        kinds = [every.being_written(), every.being_amended(), every.being_corrected()]
        return self.filter(reduce(or_, (Q(pk__in=kind.values("pk")) for kind in kinds)))

    def editable_by(self, user):
        """By who began it and by the co-applicants who may write, while it may be written."""
        writers = self.model.objects.shared_with(user, roles=[CoApplicantRole.EDITOR])
        return self.writable().filter(Q(author_id=user.pk) | Q(pk__in=writers))

    def expirable(self):
        """Drafts with something written that their closing left, and nobody told so.

        A call that is extended and closes again is told again, and so is who had more time.
        """
        left = self.filter(status=ApplicationStatus.DRAFT, call__in=Call.objects.closed())
        written = left.exclude(first_edited_at=None)
        untold = Q(expired_at=None) | Q(expired_at__lt=own_closing())
        return written.filter(untold).exclude(pk__in=self.model.objects.being_written())

    def shareable_by(self, user):
        """Her own, while it is being written: the others join before the deposit."""
        return self.led_by(user).being_written()

    def depositable_by(self, user):
        """Her own, as long as it may be written."""
        return self.led_by(user).writable()

    def amendable_by(self, user):
        """Her own deposit, until the closing, unless its changes are already open."""
        deposited = self.led_by(user).filter(status=ApplicationStatus.DEPOSITED)
        running = Q(call__in=Call.objects.open()) | author_has_more_time()
        return deposited.filter(running).exclude(Exists(open_amendments()))

    def amended_by(self, user):
        """Her own deposit whose changes are open, and may still be deposited or dropped."""
        return self.led_by(user).being_amended()

    def with_extensions(self):
        """Each with `extended_until`: the last instant that was given to who began it, or None."""
        return self.annotate(extended_until=Subquery(last_extension()))

    def closing_within(self, delay):
        """Those whose own closing comes in less than a delay, and has not come."""
        ending = self.alias(own_closing=own_closing()).filter(
            own_closing__gt=LAST_SECOND, own_closing__lt=Now() + Value(delay)
        )
        return ending.filter(call__status=CallStatus.PUBLISHED, call__opens_at__lte=Now())

    def closing_before(self, delay):
        """Those whose own closing comes in less than a delay, or has come."""
        ending = self.alias(own_closing=own_closing())
        return ending.filter(own_closing__lt=Now() + Value(delay))

    def with_changes(self):
        """Each with `has_changes`: whether something was written since its deposit."""
        return self.annotate(has_changes=Exists(open_amendments().typed()))

    def withdrawable_by(self, user):
        """Her own, until she is told; what is kept, until a project begins of it."""
        leaving = self.model.sources(ApplicationStatus.WITHDRAWN)
        kept = Q(status__in=KEPT, engaged_at=None)
        return self.led_by(user).filter(Q(notified_at=None) | kept, status__in=leaving)

    def revivable_by(self, user):
        """Her own withdrawal, unless the results were released: she would know hers or others'.

        What was never deposited had no result to wait for; nor, in a rolling call, what no
        committee had yet.
        """
        rolling = Q(call__kind=CallKind.ROLLING)
        told = self.model.objects.filter(
            call=OuterRef("call"), notified_at__gt=OuterRef("withdrawn_at")
        )
        released = Q(call__results_released_at__gt=F("withdrawn_at")) & ~rolling
        released |= rolling & Q(withdrawn_from__in=BEFORE_A_COMMITTEE) & Exists(told)
        undone = self.led_by(user).filter(status=ApplicationStatus.WITHDRAWN, notified_at=None)
        return undone.filter(~released | Q(withdrawn_from=ApplicationStatus.DRAFT))

    def received_by(self, user):
        """What was deposited, on the team's desk."""
        return self.visible_to(user).exclude(deposited_at=None) if user.is_staff else self.none()

    def checkable_by(self, user):
        """Deposited by someone else, and before no committee yet."""
        ready = [ApplicationStatus.DEPOSITED, ApplicationStatus.ADMISSIBLE]
        return self.handled_by(user).filter(status__in=ready)

    def correctable_by(self, user):
        """Deposited by someone else, and nothing asked of them yet."""
        return self.handled_by(user).filter(status=ApplicationStatus.DEPOSITED)

    def examinable_by(self, user):
        """Admissible, and not only once so: a withdrawal goes back to where it was by itself."""
        ready = super().examinable_by(user) & self.handled_by(user)
        return ready.exclude(status=ApplicationStatus.WITHDRAWN)

    def plannable_by(self, user):
        """Her own: a draft that she may edit, or deposited while no manager has signed."""
        deposited = Q(author_id=user.pk, status__in=AWAITING_A_DECISION)
        unsigned = deposited & ~Q(approvals__status__in=GRANTED)
        return self.filter(unsigned | Q(pk__in=self.model.objects.shareable_by(user)))

    def counted_by_status(self, call):
        """(label, how many) for each state that one of a call's applications is in."""
        counts = dict(self.filter(call=call).values_list("status").annotate(Count("pk")).order_by())
        return [(s.label, counts[s.value]) for s in ApplicationStatus if s.value in counts]

    def awaiting_a_decision(self):
        return self.filter(status__in=AWAITING_A_DECISION)

    def with_rounds(self):
        """Each with `in_round`, the round that examines it, and `examination`, how far it is."""
        about = Deliberation.objects.filter(
            subject_type=ContentType.objects.get_for_model(self.model), subject_id=OuterRef("pk")
        )
        last = about.exclude(status=Deliberation.Status.VOID).order_by("-pk")
        return self.annotate(
            in_round=Subquery(last.values("round")[:1]),
            examination=Subquery(last.values("status")[:1]),
        )

    def examined_in(self, round):
        return self.with_rounds().filter(in_round=round.pk)

    def under_way(self):
        """Before a committee that has neither decided nor adjourned them."""
        examined = self.with_rounds().filter(status=ApplicationStatus.EXAMINED)
        return examined.exclude(examination=Deliberation.Status.ADJOURNED)

    def of_finished_rounds(self):
        """Decided and untold, where no other dossier of the call waits in the same round."""
        waiting = self.model.objects.under_way().filter(
            call=OuterRef("call"), in_round=OuterRef("in_round")
        )
        return self.decided().untold().with_rounds().exclude(Exists(waiting))

    def search(self, text):
        """Those that hold every word, whatever the accents and the endings."""
        return holding(self, text)

    def with_approval(self, state):
        """Whose manager has signed, has not answered, has refused, or was never asked."""
        states = {"granted": GRANTED, "requested": ["requested"], "refused": ["refused"]}
        standing = [*GRANTED, "requested", "refused"]
        asked = self.model.objects.filter(approvals__status__in=states.get(state, standing))
        asked = Q(pk__in=asked.values("pk"))
        return self.filter(~asked if state == "none" else asked)

    def complete(self):
        """Deposits that lack nothing: what a draft is when it is complete but not deposited."""
        return self.exclude(lacking(self.model.objects))

    def incomplete(self):
        """Deposits that lack something since: see `lacking`."""
        return self.filter(lacking(self.model.objects))

    def with_completeness(self):
        """Each with `lacks`: whether something is missing."""
        return self.annotate(
            lacks=Case(When(lacking(self.model.objects), then=True), default=False)
        )

    def by_deposit(self):
        """The last deposited first."""
        return self.order_by("-deposited_at", "-pk")

    def erasable_by(self, user):
        """The team's to erase when asked: whatever is over, save what was selected."""
        return self.handled_by(user).settled()

    def handled_by(self, user):
        """The staff's, save their own."""
        own = self.model.objects.carried_by(user)
        return self.visible_to(user).exclude(pk__in=own) if user.is_staff else self.none()

    def _hidden_from(self, user):
        kept_away = Interest.objects.excluding().filter(
            person=user,
            deliberation__subject_type=ContentType.objects.get_for_model(self.model),
        )
        return Q(pk__in=kept_away.values("deliberation__subject_id"))

    def _carried(self, user):
        return Q(author_id=user.pk) | Q(pk__in=self.model.objects.shared_with(user))
