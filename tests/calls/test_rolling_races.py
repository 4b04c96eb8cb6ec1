"""The races of a call without a closing, each right with its lock and wrong without it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calls.models import Call
from tests.factories import CallFactory, UserFactory
from tests.races import Other, without_lock


pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("locked", [True, False])


@pytest.mark.race("two closings announced at once")
@both_ways
def test_of_two_closings_announced_the_first_holds(locked):
    call, staff = CallFactory(rolling=True), UserFactory(staff=True)
    sooner, later = timezone.now() + timedelta(days=40), timezone.now() + timedelta(days=60)
    late = Call.objects.get(pk=call.pk)
    other = Other(lambda: late.announce_closing(by=staff, closes_at=later))

    with without_lock(Call, when=not locked):
        other.come_in_during(lambda: call.announce_closing(by=staff, closes_at=sooner))

    assert other.refused is locked
    assert Call.objects.get(pk=call.pk).closes_at == (sooner if locked else later)
