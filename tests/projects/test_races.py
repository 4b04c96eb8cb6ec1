"""The races of this floor, each right with its lock and wrong without it."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError

from base.calendar import today
from calls.models import Application
from projects.models import Membership, Milestone, Project, Term
from tests.factories import (
    ApplicationFactory,
    DecisionFactory,
    MembershipFactory,
    MilestoneFactory,
    ProjectFactory,
    PromotionFactory,
    TermFactory,
    UserFactory,
)
from tests.races import Other, without_constraint, without_lock


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("locked", [True, False], ids=["locked", "unlocked"]),
]


class Second(Other):
    """The other request, whose broken constraint is remembered as what it is: no refusal."""

    error = None

    def run(self):
        try:
            super().run()
        except IntegrityError as error:
            self.error = error


@contextmanager
def without_precondition(*, when):
    """Let a report follow a report: `move` compares and swaps nothing any more."""
    transitions = Milestone.TRANSITIONS
    if when:
        reported = Milestone.Status.REPORTED
        Milestone.TRANSITIONS = transitions | {reported: transitions[reported] | {reported}}
    try:
        yield
    finally:
        Milestone.TRANSITIONS = transitions


@pytest.mark.race("two openings of a project from one application")
def test_an_application_opens_one_project(locked):
    application = ApplicationFactory(selected=True, told=True)
    late = Application.objects.get(pk=application.pk)
    staff, promotion = UserFactory(staff=True), PromotionFactory()
    opening = {"by": staff, "promotion": promotion, "anchor": date(2026, 8, 31)}
    other = Second(lambda: Project.open_from(late, **opening))

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: Project.open_from(application, **opening))

    assert Project.objects.count() == 1
    assert (other.refused, other.error is None) == ((True, True) if locked else (None, False))


@pytest.mark.race("two renewals of a term")
def test_a_term_is_renewed_once(locked):
    term = TermFactory()
    late = Term.objects.get(pk=term.pk)
    first, second = DecisionFactory(), DecisionFactory()
    other = Second(lambda: late.renew(decision=second))

    with without_lock(Project, when=not locked):
        other.come_in_during(lambda: term.renew(decision=first))

    assert Term.objects.count() == 2
    assert (other.refused, other.error is None) == ((True, True) if locked else (None, False))


@pytest.mark.race("two reports of a milestone")
def test_a_milestone_is_reported_once(locked):
    leader = UserFactory()
    milestone = MilestoneFactory(term__project__leader=leader)
    late = Milestone.objects.get(pk=milestone.pk)
    other = Second(lambda: late.report_on(by=leader, report="Le second."))

    with without_lock(Milestone, when=not locked), without_precondition(when=not locked):
        other.come_in_during(lambda: milestone.report_on(by=leader, report="Le premier."))

    kept = Milestone.objects.get().report
    assert (other.refused, kept) == ((True, "Le premier.") if locked else (False, "Le second."))


@pytest.mark.race("the last two intrapreneurs leave at once")
def test_a_project_keeps_an_intrapreneur(locked):
    project = ProjectFactory()
    first, second = MembershipFactory.create_batch(2, project=project)
    staff = UserFactory(staff=True)
    other = Second(lambda: second.end(by=staff, on=today()))

    with without_lock(Project, when=not locked):
        other.come_in_during(lambda: first.end(by=staff, on=today()))

    remaining = Membership.objects.intrapreneurs().not_ended().count()
    assert (other.refused, remaining) == ((True, 1) if locked else (False, 0))


@pytest.mark.race("a role given twice at once")
def test_nobody_holds_a_role_twice(locked):
    project, staff, person = ProjectFactory(), UserFactory(staff=True), UserFactory()
    late = Project.objects.get(pk=project.pk)
    joining = {"by": staff, "user": person, "role": "developer", "starts_on": today()}
    other = Second(lambda: late.welcome(**joining))

    with (
        without_lock(Project, when=not locked),
        without_constraint(Membership, "membership_never_overlaps", when=not locked),
    ):
        other.come_in_during(lambda: project.welcome(**joining))
        held = Membership.objects.filter(user=person).count()

    assert (other.refused, held) == ((True, 1) if locked else (False, 2))
