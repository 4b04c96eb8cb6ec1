from datetime import timedelta

import pytest
from django.utils import timezone

from base.calendar import start_of_day
from tests.factories import AgendaItemFactory, HearingPlanFactory, SeatFactory, SittingFactory


@pytest.fixture
def sitting():
    """A sitting convened for ten days hence, at ten in the morning."""
    day = timezone.localdate() + timedelta(days=10)
    return SittingFactory(convened=True, meets_at=start_of_day(day) + timedelta(hours=10))


@pytest.fixture
def item(sitting):
    return AgendaItemFactory(sitting=sitting)


@pytest.fixture
def author(item):
    return item.deliberation.subject.author


@pytest.fixture
def chair(sitting, item):
    return SeatFactory(committee=sitting.committee, chair=True, declared=item.deliberation).user


@pytest.fixture
def plan(item):
    return HearingPlanFactory(sitting=item.sitting, invited=True)
