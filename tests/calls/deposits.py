"""Deposits and what becomes of them, for the tests of several rooms."""

from datetime import timedelta

from django.utils import timezone

from calls.models import Application


FORMER, LATTER = "Les préfets apprennent trop tard la pénurie d’eau.", "Les maires aussi."


def fresh(application):
    """The row as another request reads it."""
    return Application.objects.get(pk=application.pk)


def close(application):
    """Let its call have closed an hour ago."""
    application.call.closes_at = timezone.now() - timedelta(hours=1)
    application.call.save()
