"""A draft of a call without a closing ends by its own age, and is taken up again when asked."""

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.lookups import LessThan
from django.utils.translation import gettext as _

from calls import notices
from calls.models.call import Call
from calls.models.clock import DORMANT_AFTER, DROWSY_BEFORE, TOUCHED, untouched_for
from calls.models.status import ApplicationStatus
from committees.models import ExaminableQuerySet
from journal.models import Event


class DormancyQuerySet(ExaminableQuerySet):
    def awake(self):
        """Whatever its state, unless its age has put it to sleep."""
        return self.exclude(untouched_for(DORMANT_AFTER), status=ApplicationStatus.DRAFT)

    def dormant(self):
        """Drafts of a call without a closing that nobody has touched for six months."""
        return self._in_open_calls().filter(untouched_for(DORMANT_AFTER))

    def drowsy(self):
        """Drafts with something written that fall asleep within a fortnight."""
        soon = self._in_open_calls().awake().filter(untouched_for(DORMANT_AFTER - DROWSY_BEFORE))
        return soon.exclude(first_edited_at=None)

    def untold_of_sleep(self):
        """With something written, whose people were not told since it was last touched."""
        untold = Q(expired_at=None) | Q(LessThan(F("expired_at"), TOUCHED))
        return self.filter(untold).exclude(first_edited_at=None)

    def _in_open_calls(self):
        """Drafts, in calls that are open."""
        return self.filter(status=ApplicationStatus.DRAFT, call__in=Call.objects.open())


class Dormancy(models.Model):
    """The part of a draft that falls asleep when nobody touches it and no closing is to come.

    Asleep, it is read and no longer typed in, until who began it wakes it. The clock says it; once
    the closing is announced, it alone counts.
    """

    woken_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def fall_dormant(self):
        """Note that its age put it to sleep, and tell those who carry it, once."""
        self.hold(
            type(self).objects.dormant().untold_of_sleep(),
            refusal=_("Cette candidature n’est pas en sommeil."),
        )
        type(self).objects.filter(pk=self.pk).update(expired_at=Now())
        self.refresh_from_db(fields=["expired_at"])
        Event.record("application.fell_dormant", actor=None, subject=self)
        notices.draft_dormant(self)

    @transaction.atomic
    def wake(self, *, by):
        """Take a dormant draft up again, as it was; refused once its call has a closing."""
        self.hold(
            type(self).objects.dormant().drafted_by(by),
            refusal=_("Cette candidature n’est pas en sommeil."),
        )
        type(self).objects.filter(pk=self.pk).update(woken_at=Now())
        self.refresh_from_db(fields=["woken_at"])
        self.__dict__.pop("is_editable", None)
        Event.record("application.woken", actor=by, subject=self)

    @property
    def touched_at(self):
        """When it was last begun, typed in or woken."""
        return max(at for at in [self.started_at, self.edited_at, self.woken_at] if at)

    @property
    def dormant_at(self):
        """When it falls asleep unless someone touches it; None where a closing is to come."""
        awake = self.status == self.Status.DRAFT and self.call.closes_at is None
        return self.touched_at + DORMANT_AFTER if awake else None

    @property
    def is_dormant(self):
        return self.dormant_at is not None and not self.is_editable
