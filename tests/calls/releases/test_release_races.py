"""The races of results that leave, each right with its lock and wrong without it."""

import pytest
from django.db import IntegrityError

from calls.models import Call, Release
from committees.models import Decision, Feedback
from notifications.models import Message
from tests.calls.test_batches import decided as decided_in
from tests.calls.test_batches import round_of
from tests.calls.test_results import decided
from tests.factories import CallFactory, UserFactory
from tests.races import Other, again, without_lock


pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("locked", [True, False])


def prepared(call, **fields):
    return Release.prepare(call, by=UserFactory(staff=True), **fields)


def letters():
    return Message.objects.filter(notice="calls/application_answered").count()


@pytest.mark.race("two releases at once")
@both_ways
def test_of_two_confirmations_the_second_is_refused(locked):
    call = CallFactory(closed=True)
    decided(call, "selected")
    release = prepared(call)
    late, staff, other_staff = again(release), UserFactory(staff=True), UserFactory(staff=True)
    other = Other(lambda: late.confirm(by=other_staff))

    with without_lock(Call, when=not locked):
        other.come_in_during(lambda: release.confirm(by=staff))

    assert other.refused
    assert (letters(), again(release).sent_by) == (1, staff)


@pytest.mark.race("two releases prepared at once")
@both_ways
def test_of_two_preparations_the_second_is_refused(locked):
    call = CallFactory(rolling=True)
    round = round_of(call)
    decided_in(call, round)
    late, staff = again(call), UserFactory(staff=True)

    def prepare():
        try:
            return Release.prepare(late, by=staff, round=round)
        except IntegrityError:
            return "constraint"

    other = Other(prepare)

    with without_lock(Call, when=not locked):
        other.come_in_during(lambda: prepared(call, round=round))

    assert (other.refused, other.result) == ((True, None) if locked else (False, "constraint"))
    assert Release.objects.count() == 1


@pytest.mark.race("a feedback during a release")
@both_ways
def test_a_feedback_waits_for_the_release_and_is_refused(locked):
    call, staff = CallFactory(closed=True), UserFactory(staff=True)
    application = decided(call, "selected")
    release, deliberation = prepared(call), application.deliberation()
    other = Other(lambda: Feedback.compose(deliberation, by=staff, text="Continuez."))

    with without_lock(Decision, when=not locked):
        other.come_in_during(lambda: release.confirm(by=staff))

    assert other.refused is locked
    assert Feedback.objects.exists() is not locked
