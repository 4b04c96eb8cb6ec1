"""The races of an erasure, each right with its lock and wrong without it."""

import pytest

from calls.models import Application, Erasure
from journal.models import Event
from tests.calls.keeping import ago, announced, fresh
from tests.factories import ApplicationFactory
from tests.races import Other, without_lock


pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("locked", [True, False])


def due():
    """A draft that sleeps for more than a year, and whose author was told a month ago."""
    return announced(
        ApplicationFactory(dormant=True, started_at=ago(days=900), edited_at=ago(days=400))
    )


@pytest.mark.race("an erasure during a waking")
@both_ways
def test_an_erasure_that_waits_for_a_waking_is_refused(locked):
    draft = due()
    late = fresh(draft)
    other = Other(lambda: Erasure.purge(late))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: draft.wake(by=draft.author))

    assert other.refused is locked
    assert bool(fresh(draft).title) is locked


@pytest.mark.race("a waking during an erasure")
@both_ways
def test_what_is_erased_meanwhile_is_not_woken(locked):
    draft = due()
    late, author = fresh(draft), draft.author
    other = Other(lambda: late.wake(by=author))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: Erasure.purge(draft))

    assert other.refused is locked
    assert Event.objects.filter(verb="application.woken").exists() is not locked
