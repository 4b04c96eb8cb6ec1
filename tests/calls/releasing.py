"""Results leave by two people: what tests that only need them told go through."""

from calls.models import Release
from tests.factories import UserFactory


def release(call, *, round=None, by=None):
    """Prepared by one of the team and confirmed by another; how many letters left."""
    prepared = Release.prepare(call, by=UserFactory(staff=True), round=round)
    sent = prepared.confirm(by=by or UserFactory(staff=True))
    call.refresh_from_db()
    return sent
