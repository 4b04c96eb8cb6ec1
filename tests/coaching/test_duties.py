from datetime import timedelta

import pytest

from base.calendar import end_of_day, today
from coaching.duties import awaiting
from tests.factories import (
    ActionItemFactory,
    CoachAssignmentFactory,
    CoachFactory,
    SessionFactory,
    TermFactory,
    UserFactory,
)


def titles(user):
    return [duty.title for duty in awaiting(user)]


def test_a_coach_has_a_proposal_to_answer(project):
    assignment = CoachAssignmentFactory(project=project)

    (duty,) = awaiting(assignment.coach.user)

    assert duty.title.startswith("Répondre")
    assert duty.url == assignment.get_absolute_url()


def test_a_coach_has_a_silence_to_break(assignment):
    assert [title[:20] for title in titles(assignment.coach.user)] == ["Reprendre contact av"]


def test_a_coach_who_met_the_project_has_nothing_to_do(assignment):
    SessionFactory(assignment=assignment)

    assert titles(assignment.coach.user) == []


def test_an_owner_has_an_action_to_do_until_the_end_of_its_day():
    action = ActionItemFactory()

    (duty,) = awaiting(action.owner)

    assert (duty.title, duty.due_at) == (action.title, end_of_day(action.due_on))
    assert not duty.is_late


def test_a_done_action_awaits_nobody():
    action = ActionItemFactory(done=True)

    assert titles(action.owner) == []


def test_the_team_has_a_coach_to_find(team):
    TermFactory()

    assert [title[:16] for title in titles(team)] == ["Proposer un coac"]


def test_nobody_else_is_asked_to_find_a_coach():
    TermFactory()

    assert titles(UserFactory()) == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_duties_cost_the_same_and_stay_twenty_at_most(count, django_assert_num_queries):
    coach = CoachFactory(project_limit=20, days_per_month=22)
    session = SessionFactory(assignment__coach=coach, held_on=today() - timedelta(days=30))
    ActionItemFactory.create_batch(count, session=session, owner=coach.user)
    CoachAssignmentFactory.create_batch(min(count, 15), coach=coach)

    with django_assert_num_queries(3):
        duties = awaiting(coach.user)

    assert len(duties) <= 20
