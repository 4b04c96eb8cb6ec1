"""What time decides about a call, by the database's clock: the only one that every path shares."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Greatest, Now
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _


MINUTE = timedelta(minutes=1)
# A closing shown as 12 h 00 holds until the end of that second.
LAST_SECOND = Now() - Value(timedelta(seconds=1))
GRACE = ExpressionWrapper(F("grace_minutes") * Value(MINUTE), DurationField())


# Where no closing is to come, a draft that nobody touches falls asleep, a fortnight after a word.
DORMANT_AFTER, DROWSY_BEFORE = timedelta(days=180), timedelta(days=14)
TOUCHED = Greatest("started_at", "edited_at", "woken_at")  # PostgreSQL passes over what is NULL


class CallPhase(models.TextChoices):
    """Where the clock stands; never stored."""

    UPCOMING = "upcoming", _("à venir")
    OPEN = "open", _("ouvert")
    GRACE = "grace", _("clos, dépôts en cours admis")
    CLOSED = "closed", _("clos")


PHASE = Case(
    When(opens_at__gt=Now(), then=Value(CallPhase.UPCOMING.value)),
    When(Q(closes_at=None) | Q(closes_at__gt=LAST_SECOND), then=Value(CallPhase.OPEN.value)),
    When(closes_at__gt=LAST_SECOND - GRACE, then=Value(CallPhase.GRACE.value)),
    default=Value(CallPhase.CLOSED.value),
    output_field=models.CharField(),
)
# The closing waits only for those whom the server saw writing before it.
WRITING_BEFORE_CLOSING = Q(first_edited_at__lt=F("call__closes_at") + Value(timedelta(seconds=1)))


def untouched_for(age):
    """For a query of drafts: in a call without a closing, and touched by nobody for that long."""
    return Q(call__closes_at=None) & Q(LessThanOrEqual(TOUCHED, Now() - Value(age)))
