from uuid import uuid4

import pytest
from django.db import connection

from base.calendar import today
from coaching.models import ActionItem, Coach, CoachAssignment, Session
from journal.models import Event
from tests.factories import ActionItemFactory, CoachAssignmentFactory, CoachFactory
from tests.races import Other, all_at_once, without_lock


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coach():
    return CoachFactory(project_limit=1)


def fresh(assignment):
    """As another request reads it."""
    return CoachAssignment.objects.get(pk=assignment.pk)


@pytest.mark.race("a coach's room under two acceptances")
@pytest.mark.parametrize("locked", [True, False])
def test_two_projects_accepted_at_once_are_counted_one_after_the_other(
    locked, coach, no_capacity_trigger
):
    one, two = CoachAssignmentFactory.create_batch(2, coach=coach)
    late = fresh(two)
    other = Other(lambda: late.accept(by=coach.user))

    with without_lock(Coach, when=not locked):
        other.come_in_during(lambda: one.accept(by=coach.user))

    assert other.refused is locked
    assert coach.assignments.accepted().count() == (1 if locked else 2)


@pytest.mark.race("a coach's room under twenty acceptances")
def test_of_twenty_projects_accepted_at_once_only_one_is_taken(coach):
    proposals = [fresh(a) for a in CoachAssignmentFactory.create_batch(20, coach=coach)]

    results, refusals, errors = all_at_once(20, lambda n: proposals[n].accept(by=coach.user))

    assert (len(results), len(refusals), errors) == (1, 19, [])


@pytest.mark.race("a coach's room, in the database alone")
def test_the_database_counts_two_rows_accepted_at_once(coach):
    proposals = CoachAssignmentFactory.create_batch(2, coach=coach)

    def accept(number):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE coaching_coachassignment SET status = 'accepted', answered_at = now()"
                " WHERE id = %s",
                [proposals[number].pk],
            )

    _results, _refusals, errors = all_at_once(2, accept)

    assert len(errors) == 1
    assert coach.assignments.accepted().count() == 1


@pytest.mark.race("an offer lowered during an acceptance")
@pytest.mark.parametrize("locked", [True, False])
def test_an_offer_is_not_lowered_below_what_is_being_accepted(locked, no_capacity_trigger):
    coach = CoachFactory(project_limit=2)
    CoachAssignmentFactory(coach=coach, accepted=True)
    proposal = CoachAssignmentFactory(coach=coach)
    reread = Coach.objects.get(pk=coach.pk)
    other = Other(lambda: reread.describe(by=coach.user, project_limit=1))

    with without_lock(Coach, when=not locked):
        other.come_in_during(lambda: proposal.accept(by=coach.user))

    assert other.refused is locked


@pytest.mark.race("an answer given twice")
def test_a_proposal_accepted_twice_at_once_is_accepted_once():
    proposal = CoachAssignmentFactory()
    coach = proposal.coach
    copies = [fresh(proposal) for _ in range(5)]

    results, refusals, errors = all_at_once(5, lambda n: copies[n].accept(by=coach.user))

    assert (len(results), len(refusals), errors) == (1, 4, [])
    assert proposal.project.memberships.filter(user=coach.user).count() == 1


@pytest.mark.race("a form sent twice")
def test_a_session_sent_twice_at_once_is_one_session():
    assignment = CoachAssignmentFactory(accepted=True)
    copies, key = [fresh(assignment) for _ in range(5)], uuid4()

    results, refusals, errors = all_at_once(
        5,
        lambda n: Session.log(
            by=assignment.coach.user,
            assignment=copies[n],
            submission=key,
            held_on=today(),
            minutes=60,
            shared_summary="Une seule séance.",
        ),
    )

    assert ({session.pk for session in results}, refusals, errors) == (
        {Session.objects.get().pk},
        [],
        [],
    )


@pytest.mark.race("an action done twice")
def test_an_action_done_twice_at_once_is_told_once():
    action = ActionItemFactory()
    copies = [ActionItem.objects.get(pk=action.pk) for _ in range(5)]

    results, refusals, errors = all_at_once(5, lambda n: copies[n].complete(by=action.owner))

    assert (len(results), len(refusals), errors) == (1, 4, [])
    assert Event.objects.about(action).count() == 1
