"""Each rule of `check_invariants`, broken once on purpose.

A break builds something healthy, yields, spoils it as the owner of the database would, and yields
the ids that the rule must then name.
"""

from datetime import date, timedelta

from django.utils import timezone

from base.calendar import today
from journal.models import Event, Seal, Snapshot
from notifications import outbox
from projects.models import Term
from tests.factories import (
    ActionItemFactory,
    CoachAssignmentFactory,
    EntityFactory,
    ProjectFactory,
    SessionFactory,
    TermReviewFactory,
    UserFactory,
)
from tests.projects.reviews import decided
from tests.spoiling import spoil


BREAKS = {}


def breaks(app):
    def register(function):
        BREAKS[app, function.__name__] = function
        return function

    return register


@breaks("journal")
def a_snapshot_keeps_its_hash():
    snapshot = Snapshot.take(EntityFactory(), title="Titre", sections=[("Problème", "La pluie")])
    yield
    spoil("UPDATE journal_snapshot SET title = 'Autre' WHERE id = %s", snapshot.pk)
    yield [snapshot.pk]


@breaks("journal")
def the_chain_of_seals_is_whole():
    for _ in range(2):
        Event.record("thing.done", actor=None, subject=EntityFactory())
        seal = Seal.extend(before=timezone.now() + timedelta(minutes=1))
    yield
    spoil("UPDATE journal_seal SET previous = 'x' WHERE id = %s", seal.pk)
    yield [seal.pk]


@breaks("notifications")
def no_message_waits_for_more_than_two_days():
    message = outbox.post("incubator/house_broken", to=UserFactory(), key="1")
    yield
    message.posted_at -= timedelta(days=3)
    message.save()
    yield [message.pk]


@breaks("coaching")
def a_coach_never_promises_more_than_is_offered():
    coach = CoachAssignmentFactory(accepted=True).coach
    yield
    spoil("UPDATE coaching_coach SET project_limit = 0 WHERE id = %s", coach.pk)
    yield [coach.pk]


@breaks("coaching")
def a_coach_leaves_after_two_years_or_with_an_exception():
    ended = CoachAssignmentFactory(ended=True, starts_on=today() - timedelta(days=700))
    accepted = CoachAssignmentFactory(
        project=ended.project,
        coach=ended.coach,
        accepted=True,
        starts_on=today(),
        exception="La relève arrive en mars.",
    )
    yield
    spoil("UPDATE coaching_coachassignment SET exception = '' WHERE id = %s", accepted.pk)
    yield [accepted.pk]


@breaks("coaching")
def an_accepted_coach_is_in_the_team():
    assignment = CoachAssignmentFactory(accepted=True)
    yield
    spoil("DELETE FROM projects_membership WHERE project_id = %s", assignment.project_id)
    yield [assignment.pk]


@breaks("coaching")
def a_session_falls_within_its_assignment():
    session = SessionFactory()
    yield
    spoil("UPDATE coaching_session SET held_on = '2001-01-01' WHERE id = %s", session.pk)
    yield [session.pk]


@breaks("coaching")
def an_action_is_due_after_its_session():
    action = ActionItemFactory()
    yield
    spoil("UPDATE coaching_actionitem SET due_on = '2001-01-01' WHERE id = %s", action.pk)
    yield [action.pk]


def running_project():
    return ProjectFactory(running=True, anchor=date(2026, 8, 31))


@breaks("projects")
def terms_follow_one_another():
    term = running_project().terms.get()
    yield
    spoil("UPDATE projects_term SET starts_on = '2026-09-01' WHERE id = %s", term.pk)
    yield [term.pk]


@breaks("projects")
def a_term_ends_where_its_months_lead():
    term = running_project().terms.get()
    yield
    spoil("UPDATE projects_term SET ends_on = '2027-03-01' WHERE id = %s", term.pk)
    yield [term.pk]


@breaks("projects")
def a_renewal_follows_the_decision_that_grants_it():
    decided(TermReviewFactory(submitted=True), "extended")
    second = Term.objects.get(number=2)
    yield
    spoil("UPDATE committees_decision SET outcome = 'stopped' WHERE id = %s", second.decision_id)
    yield [second.pk]


@breaks("projects")
def a_granted_term_exists():
    review = TermReviewFactory(submitted=True)
    decided(review, "extended")
    yield
    second = Term.objects.get(number=2)
    spoil("DELETE FROM projects_milestone WHERE term_id = %s", second.pk)
    spoil("DELETE FROM projects_termreview WHERE term_id = %s", second.pk)
    spoil("DELETE FROM projects_term WHERE id = %s", second.pk)
    yield [review.pk]


@breaks("projects")
def a_term_has_its_review():
    term = running_project().terms.get()
    yield
    spoil("DELETE FROM projects_termreview WHERE term_id = %s", term.pk)
    yield [term.pk]


@breaks("projects")
def a_project_has_a_phase_from_its_anchor_on():
    project = ProjectFactory()
    yield
    spoil("DELETE FROM projects_phasechange WHERE project_id = %s", project.pk)
    yield [project.pk]


@breaks("projects")
def a_project_comes_from_a_selected_application():
    project = ProjectFactory(selected=True)
    yield
    spoil("UPDATE calls_application SET status = 'declined' WHERE id = %s", project.application_id)
    yield [project.pk]
