"""A page asks as much of the database for 1, 3 and 30 rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.calendar import today
from projects import duties
from tests.factories import (
    ApplicationFactory,
    EntityFactory,
    IndicatorFactory,
    MembershipFactory,
    MilestoneFactory,
    ObservationFactory,
    OpenLabFactory,
    PhaseChangeFactory,
    ProjectFactory,
    PromotionFactory,
    TermReviewFactory,
    UserFactory,
)


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def project(leader):
    return ProjectFactory(
        leader=leader,
        running=True,
        published=True,
        entity=EntityFactory(),
        promotion=PromotionFactory(published=True),
    )


GROW = {
    "project-list": lambda p: ProjectFactory(
        published=True, entity=EntityFactory(), promotion=PromotionFactory(published=True)
    ),
    "promotion-list": lambda p: PromotionFactory(published=True),
    "promotion": lambda p: ProjectFactory(
        published=True, entity=EntityFactory(), promotion=p.promotion
    ),
    "team-promotion-list": lambda p: PromotionFactory(),
    "team-promotion": lambda p: ProjectFactory(promotion=p.promotion, entity=EntityFactory()),
    "team-promotion-opening": lambda p: ApplicationFactory(selected=True, told=True),
    "project": lambda p: ObservationFactory(indicator=IndicatorFactory(project=p, public=True)),
    "follow-up": lambda p: MilestoneFactory(
        term=p.terms.get(), due_on=today() - timedelta(days=1)
    ).record("moved", by=UserFactory(), formerly="2026-11-20", due_on="2026-11-22"),
    "milestones": lambda p: MilestoneFactory(term=p.terms.get()),
    "terms": lambda p: None,
    "phases": lambda p: PhaseChangeFactory(project=p),
    "indicators": lambda p: ObservationFactory(indicator=IndicatorFactory(project=p)),
    "team": lambda p: MembershipFactory(project=p, user__entity=EntityFactory()),
    "open-labs": lambda p: OpenLabFactory(project=p),
}
PAGES = {
    "promotion": lambda p: [p.promotion.slug],
    "team-promotion": lambda p: [p.promotion.slug],
    "team-promotion-opening": lambda p: [p.promotion.slug],
}
BUDGET = 15


def queries_of(action):
    action()
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


@pytest.mark.parametrize("name", GROW)
def test_a_page_asks_the_same_for_one_row_and_for_thirty(client, project, name):
    client.force_login(UserFactory(staff=True))
    without = {"project-list", "promotion-list", "team-promotion-list"}
    args = [] if name in without else PAGES.get(name, lambda p: [p.slug])(project)
    address = reverse(f"projects:{name}", args=args)
    counts = []

    for rows in [1, 2, 27]:
        for _ in range(rows):
            GROW[name](project)
        counts.append(queries_of(lambda: client.get(address)))

    assert counts == [counts[0]] * 3
    assert counts[0] <= BUDGET


@pytest.mark.parametrize("who", ["leader", "staff"])
def test_what_awaits_a_person_asks_the_same_for_one_duty_and_for_thirty(leader, who):
    user = leader if who == "leader" else UserFactory(staff=True)
    counts, found = [], []

    for rows in [1, 2, 27]:
        for _ in range(rows):
            project = ProjectFactory(leader=leader)
            term = MilestoneFactory(term__project=project).term
            MilestoneFactory(term=term, reported=True)
            TermReviewFactory(term=term, submitted=who == "staff")
            application = ApplicationFactory(selected=True, told=True)
            PromotionFactory(call=application.call)
        counts.append(queries_of(lambda: duties.awaiting(user)))
        found.append(len(duties.awaiting(user)))

    assert counts == [counts[0]] * 3
    assert found[0] < found[1] < found[2] <= 60
