from datetime import date

import pytest
from django.db import IntegrityError
from pytest_django.asserts import assertContains

from committees.models import Condition, Demand
from projects.models import Milestone
from tests.calls.test_results import decided
from tests.factories import (
    CallFactory,
    MilestoneFactory,
    TermReviewFactory,
    UserFactory,
)
from tests.projects.reviews import examined
from tests.projects.test_projects import opened


ASKED = [
    Demand("Rencontrer dix usagers.", days=42),
    Demand("Signer la convention.", due_on=date(2026, 10, 1)),
    Demand("Publier le code.", due_on=date(2028, 1, 1)),
]


@pytest.fixture
def project():
    """Opened from an application selected under three conditions."""
    staff = UserFactory(staff=True)
    application = decided(CallFactory(closed=True), "selected")
    Condition.attach(application.decision(), ASKED)
    application.tell(by=staff)
    return opened(application, staff)


def test_the_conditions_of_a_selection_are_milestones_of_the_first_term(project):
    milestones = project.milestones().filter(kind=Milestone.Kind.CONDITION).order_by("condition")

    assert [(m.title, m.due_on, m.condition.number) for m in milestones] == [
        ("Rencontrer dix usagers.", date(2026, 10, 12), 1),
        ("Signer la convention.", date(2026, 10, 1), 2),
        ("Publier le code.", project.terms.get().last_day, 3),  # within the term
    ]
    assert not project.terms.get().plan_changes()


def test_the_page_of_such_a_milestone_leads_back_to_the_decision(project, client):
    milestone = project.milestones().filter(condition__number=1).get()
    client.force_login(project.leader())

    response = client.get(milestone.get_absolute_url())

    assertContains(response, "condition nº 1 de la décision du")
    assertContains(response, project.application.get_absolute_url())


def test_the_conditions_of_a_renewal_are_milestones_of_the_next_term(client):
    review = TermReviewFactory(submitted=True)
    deliberation = examined(review)
    decision = deliberation.draft_decision(outcome="extended", decided_by=UserFactory())
    decision.save(force_insert=True)
    Condition.attach(decision, ASKED[:1])
    deliberation.subject.decision_taken(decision)

    term = review.term.project.last_term()
    milestone = term.milestones.get(kind=Milestone.Kind.CONDITION)
    client.force_login(UserFactory(staff=True))
    assert (term.decision, milestone.condition.decision) == (decision, decision)
    assertContains(client.get(review.term.get_absolute_url()), "Rencontrer dix usagers.")
    assertContains(client.get(milestone.get_absolute_url()), review.term.get_absolute_url())


def test_only_a_milestone_of_a_condition_points_to_one(project):
    condition = Condition.objects.first()
    Milestone.objects.filter(condition=condition).update(condition=None)

    with pytest.raises(IntegrityError, match="milestone_of_a_condition_says_so"):
        MilestoneFactory(condition=condition, kind=Milestone.Kind.CUSTOM)
