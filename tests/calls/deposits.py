"""Deposits and what becomes of them, for the tests of several rooms."""

from datetime import timedelta

from django.utils import timezone

from calls.models import Application
from tests.spoiling import spoil


FORMER, LATTER = "Les préfets apprennent trop tard la pénurie d’eau.", "Les maires aussi."


def fresh(application):
    """The row as another request reads it."""
    return Application.objects.get(pk=application.pk)


def close(application, *, ago=timedelta(hours=1)):
    """Let its call have closed an hour ago, as no verb may."""
    application.call.closes_at = timezone.now() - ago
    spoil(
        "UPDATE calls_call SET closes_at = %s WHERE id = %s",
        application.call.closes_at,
        application.call_id,
    )


def end(call, *, ago=timedelta(hours=1)):
    """Let a rolling call have ended an hour ago, announced in time, as no verb may."""
    call.closes_at = timezone.now() - ago
    spoil(
        "UPDATE calls_call SET closes_at = %s, closing_announced_at = %s WHERE id = %s",
        call.closes_at,
        call.closes_at - timedelta(days=40),
        call.pk,
    )
