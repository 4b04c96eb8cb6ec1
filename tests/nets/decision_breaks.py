"""The rules of decisions and of their letters, each broken once on purpose; see `breaks`."""

from datetime import date

from committees.models import Condition, Demand
from projects.models import Project
from tests.calls.test_results import decided
from tests.factories import (
    CallFactory,
    DecisionFactory,
    DeliberationFactory,
    PromotionFactory,
    UserFactory,
)
from tests.nets.breaks import breaks
from tests.spoiling import spoil


ASKED = [Demand("Rencontrer dix usagers.", days=42), Demand("Signer.", days=7)]


def conditional():
    decision = DecisionFactory()
    Condition.attach(decision, ASKED)
    return decision


def replaced_on_appeal():
    """A decision that another examination of the same subject replaced, once told."""
    first = DecisionFactory()
    first.notify(by=UserFactory(staff=True))
    again = DeliberationFactory(subject=first.deliberation.subject, concluded=True)
    return DecisionFactory(deliberation=again, supersedes=first, reason="Le besoin est établi.")


@breaks("committees")
def a_subject_has_one_decision_in_force():
    second = replaced_on_appeal()
    first = second.supersedes
    yield
    spoil("UPDATE committees_decision SET supersedes_id = NULL WHERE id = %s", second.pk)
    yield [first.pk, second.pk]


@breaks("committees")
def a_decision_replaces_one_on_the_same_subject():
    second, other = replaced_on_appeal(), replaced_on_appeal()
    stranger = DecisionFactory()
    yield
    spoil("UPDATE committees_decision SET supersedes_id = %s WHERE id = %s", stranger.pk, second.pk)
    spoil(
        "UPDATE committees_decision SET status = 'pending', notified_at = NULL,"
        " notified_by_id = NULL WHERE id = %s",
        other.supersedes_id,
    )
    yield [second.pk, other.pk]


@breaks("committees")
def what_is_refused_asks_for_nothing():
    decision = conditional()
    yield
    spoil(
        "UPDATE committees_decision SET sense = 'unfavourable', reason = 'Non.',"
        " reason_code = 'other' WHERE id = %s",
        decision.pk,
    )
    yield list(decision.conditions.values_list("pk", flat=True))


@breaks("committees")
def conditions_are_numbered_without_a_gap():
    decision = conditional()
    yield
    spoil("UPDATE committees_condition SET number = 9 WHERE number = 2")
    yield [decision.pk]


@breaks("projects")
def a_condition_is_a_milestone_of_what_it_grants():
    staff = UserFactory(staff=True)
    application = decided(CallFactory(closed=True), "selected")
    Condition.attach(application.decision(), ASKED)
    application.tell(by=staff)
    Project.open_from(application, by=staff, promotion=PromotionFactory(), anchor=date(2026, 8, 31))
    yield
    spoil("DELETE FROM projects_milestone WHERE title = 'Signer.'")
    yield [Condition.objects.get(number=2).pk]
