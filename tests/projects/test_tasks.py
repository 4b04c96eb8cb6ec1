from datetime import timedelta

import pytest

from base.calendar import months_after, today
from notifications.models import Message
from projects.models import Milestone
from projects.tasks import remind_awaited_reviews, remind_milestones, remind_term_ends
from tests.factories import MembershipFactory, MilestoneFactory, ProjectFactory, UserFactory


def told(notice):
    messages = Message.objects.filter(notice=f"projects/{notice}").order_by("pk")
    return [(message.recipient, message.status) for message in messages]


@pytest.fixture
def leader():
    return UserFactory()


def milestone_in(days, leader, **fields):
    project = ProjectFactory(leader=leader)
    due_on = today() + timedelta(days=days)
    return MilestoneFactory(term__project=project, due_on=due_on, **fields)


def project_ending_in(days, leader):
    """A running project whose first term ends about then (months have no fixed length)."""
    anchor = months_after(today() + timedelta(days=days), -6)
    return ProjectFactory(leader=leader, anchor=anchor, running=True)


def test_what_is_due_within_a_week_is_said_once_to_those_who_make_the_project(leader):
    milestone = milestone_in(7, leader)
    developer = MembershipFactory(project=milestone.term.project, role="developer").user
    MembershipFactory(project=milestone.term.project, coach=True)
    milestone_in(8, leader)
    milestone_in(3, leader, reported=True)
    milestone_in(3, leader, kind=Milestone.Kind.PAPERS)

    remind_milestones()
    remind_milestones()

    assert told("milestone_due") == [(leader, "queued"), (developer, "queued")]


def test_what_is_overdue_is_said_once(leader):
    milestone_in(-1, leader)
    milestone_in(-31, leader)

    remind_milestones()
    remind_milestones()

    assert told("milestone_overdue") == [(leader, "queued")]


def test_a_milestone_that_moves_is_a_new_fact_and_the_old_message_is_called_off(leader):
    milestone = milestone_in(2, leader)
    remind_milestones()

    milestone.move_to(by=leader, due_on=today() + timedelta(days=5))
    remind_milestones()

    assert told("milestone_due") == [(leader, "void"), (leader, "queued")]


def test_a_reported_milestone_calls_off_what_has_not_left(leader):
    milestone = milestone_in(-1, leader)
    remind_milestones()

    milestone.report_on(by=leader, report="Fait.")

    assert told("milestone_overdue") == [(leader, "void")]


def test_the_last_month_of_an_undecided_term_is_said_once(leader):
    project_ending_in(25, leader)
    project_ending_in(40, UserFactory())
    project_ending_in(-5, UserFactory())
    decided = project_ending_in(20, UserFactory()).terms.get()
    type(decided.review).objects.filter(pk=decided.review.pk).update(
        status="stopped",
        submitted_at=decided.project.phase_changes.get().recorded_at,
        submitted_by=leader,
        achievements="a",
        impact="b",
        learnings="c",
        request="d",
    )

    remind_term_ends()
    remind_term_ends()

    assert told("term_ends_soon") == [(leader, "queued")]


def test_the_review_is_awaited_two_weeks_before_its_papers_and_said_once(leader):
    project_ending_in(45, leader)
    project_ending_in(75, UserFactory())

    remind_awaited_reviews()
    remind_awaited_reviews()

    assert told("review_awaited") == [(leader, "queued")]


def test_a_submitted_review_is_not_awaited(leader):
    review = project_ending_in(45, leader).terms.get().review
    review.save_draft(
        by=leader, version=1, achievements="a", impact="b", learnings="c", request="d"
    )
    review.submit(by=leader)

    remind_awaited_reviews()

    assert told("review_awaited") == []
