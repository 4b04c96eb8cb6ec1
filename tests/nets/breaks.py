"""Each rule of `check_invariants`, broken once on purpose.

A break builds something healthy, yields, spoils it as the owner of the database would, and yields
the ids that the rule must then name.
"""

from datetime import timedelta

from django.utils import timezone

from base.calendar import today
from journal.models import Event, Seal, Snapshot
from notifications import outbox
from tests.factories import (
    ActionItemFactory,
    CoachAssignmentFactory,
    EntityFactory,
    SessionFactory,
    UserFactory,
)
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
