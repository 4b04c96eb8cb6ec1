"""Who reads what of a plan, and what the database refuses of it."""

import pytest
from django.db import IntegrityError

from committees.models import Gap, Plan
from tests.committees.plans.pairs import worked_out
from tests.factories import (
    DeliberationFactory,
    InterestFactory,
    SeatFactory,
    UserFactory,
)
from tests.factories.staffing import (
    ExpertiseFactory,
    GapFactory,
    PlanFactory,
    PlannedPairFactory,
    RefusedLineFactory,
    WishFactory,
)


def test_who_may_not_see_a_dossier_neither_plans_nor_reads_it(round):
    hidden, seen = DeliberationFactory.create_batch(2, round=round)
    SeatFactory.create_batch(2, committee=round.committee)
    kept_away, team = UserFactory(staff=True), UserFactory(staff=True)
    InterestFactory(deliberation=hidden, person=kept_away, effect="exclusion")

    own, whole = worked_out(round, by=kept_away), worked_out(round, by=team)

    assert {pair.deliberation for pair in own.pairs.all()} == {seen}
    assert list(whole.dossiers_for(kept_away)) == [seen]
    assert list(whole.dossiers_for(team)) == [hidden, seen]
    assert [(before, after) for _seat, before, after in whole.loads_for(kept_away)] == [(0, 1)] * 2


def test_refused_lines_are_for_who_sent_the_file():
    line = RefusedLineFactory()
    hidden = RefusedLineFactory(
        plan=line.plan, deliberation=DeliberationFactory(round=line.plan.round)
    )
    team = line.plan.made_by
    InterestFactory(deliberation=hidden.deliberation, person=team, effect="exclusion")

    assert list(line.plan.refused_lines_for(team)) == [line]
    assert not line.plan.refused_lines_for(UserFactory(staff=True)).exists()


@pytest.mark.parametrize(
    ("who", "seen"), [("team", True), ("chair", True), ("member", False), ("stranger", False)]
)
def test_a_plan_is_read_by_who_conducts_the_round(who, seen, round, chair):
    plan = PlanFactory(round=round)
    people = {
        "team": UserFactory(staff=True),
        "chair": chair.user,
        "member": SeatFactory(committee=round.committee).user,
        "stranger": UserFactory(),
    }

    assert Plan.objects.visible_to(people[who]).contains(plan) is seen


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: PlanFactory(status="applied"), "plan_stamped_as_it_stands"),
        (lambda: PlanFactory(status="failed"), "plan_failed_says_why"),
        (lambda: PlanFactory(failure="Sans suite."), "plan_failed_says_why"),
        (lambda: twice(PlanFactory(status="requested")), "plan_worked_out_once_at_a_time"),
        (lambda: PlanFactory(undone=True, status="applied"), "plan_stamped_as_it_stands"),
        (lambda: GapFactory(missing=0), "gap_lacks_somebody"),
        (lambda: twice(GapFactory()), "gap_once_per_plan_and_dossier"),
        (lambda: twice(PlannedPairFactory()), "planned_pair_once_per_plan"),
        (lambda: twice(RefusedLineFactory()), "refused_line_once_per_plan"),
        (lambda: twice(WishFactory()), "wish_once_per_dossier"),
        (lambda: twice(ExpertiseFactory()), "expertise_once_per_seat"),
        (lambda: SeatFactory(max_load=1001), "seat_load_is_sensible"),
    ],
)
def test_the_database_refuses(make, rule):
    with pytest.raises(IntegrityError, match=rule):
        make()


def twice(record):
    record.pk = None
    record._state.adding = True
    type(record).objects.bulk_create([record])


def test_a_gap_says_how_many():
    assert str(Gap(missing=2, deliberation=DeliberationFactory())).endswith("\u00a0: 2")
