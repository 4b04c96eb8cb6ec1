"""The race of two verdicts, right with its lock and wrong without it."""

import pytest

from calls.models import Attachment
from tests.calls.test_concurrency import again, both_ways
from tests.factories import AttachmentFactory
from tests.races import Other, without_lock


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.race("two verdicts on one file")
@both_ways
@pytest.mark.parametrize(("state", "verb"), [("pending", "judge"), ("accepted", "judge_again")])
def test_a_late_clean_verdict_never_opens_what_was_refused_meanwhile(state, verb, locked):
    """Without the lock, what is infected is given again."""
    attachment = AttachmentFactory(state=state)
    late = again(attachment)
    other = Other(lambda: getattr(late, verb)(clean=True))

    with without_lock(Attachment, when=not locked):
        other.come_in_during(lambda: getattr(attachment, verb)(clean=False))

    assert other.refused is locked
    assert Attachment.objects.get().state == ("refused" if locked else "accepted")
