"""The rules of decisions and of their letters, each broken once on purpose; see `breaks`."""

from datetime import date

from committees.models import Condition, Demand, Feedback
from projects.models import Project
from tests.calls import appealing
from tests.calls.releasing import release
from tests.calls.test_results import decided
from tests.factories import (
    CallFactory,
    DecisionFactory,
    DeliberationFactory,
    PromotionFactory,
    UserFactory,
)
from tests.invariants.breaks import breaks
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
    last = decision.conditions.get(number=2)
    spoil("UPDATE committees_condition SET number = 9 WHERE id = %s", last.pk)
    yield [decision.pk]


@breaks("projects")
def a_condition_is_a_milestone_of_what_it_grants():
    staff = UserFactory(staff=True)
    application = decided(CallFactory(closed=True), "selected")
    Condition.attach(application.decision(), ASKED)
    application.tell(by=staff)
    Project.open_from(application, by=staff, promotion=PromotionFactory(), anchor=date(2026, 8, 31))
    yield
    condition = Condition.objects.get(decision=application.decision(), number=2)
    spoil("DELETE FROM projects_milestone WHERE condition_id = %s", condition.pk)
    yield [condition.pk]


def sent():
    """An application whose answer left by two people, and its letter."""
    application = decided(CallFactory(closed=True), "selected")
    release(application.call)
    return application, application.letters.get()


@breaks("committees")
def a_feedback_is_frozen_once_told():
    application = decided(CallFactory(closed=True), "selected")
    feedback = Feedback.compose(
        application.deliberation(), by=UserFactory(staff=True), text="Continuez."
    )
    application.tell(by=UserFactory(staff=True))
    yield
    spoil(
        "UPDATE committees_feedback SET edited_at = now() + interval '1 day' WHERE id = %s",
        feedback.pk,
    )
    yield [feedback.pk]


@breaks("calls")
def a_release_has_two_people():
    _application, letter = sent()
    yield
    spoil(
        "UPDATE calls_release SET sent_by_id = prepared_by_id WHERE id = %s",
        letter.release_id,
        without=["release_has_two_people"],
    )
    yield [letter.release_id]


@breaks("calls")
def a_release_sends_what_was_prepared():
    _application, letter = sent()
    yield
    spoil("UPDATE calls_release SET count = 2 WHERE id = %s", letter.release_id)
    yield [letter.release_id]


@breaks("calls")
def a_letter_tells_a_decision_on_its_application():
    _application, letter = sent()
    other = decided(CallFactory(closed=True), "selected")
    yield
    spoil("UPDATE calls_letter SET application_id = %s WHERE id = %s", other.pk, letter.pk)
    yield [letter.pk]


@breaks("calls")
def whoever_is_told_has_a_letter():
    application, letter = sent()
    yield
    spoil("DELETE FROM calls_letter WHERE id = %s", letter.pk)
    yield [application.pk]


@breaks("calls")
def a_refusal_that_is_told_says_why():
    _application, letter = sent()
    yield
    spoil("UPDATE committees_decision SET outcome = 'declined' WHERE id = %s", letter.decision_id)
    yield [letter.pk]


@breaks("calls")
def an_account_computes_again_to_the_same_words():
    _application, letter = sent()
    yield
    spoil(
        "UPDATE committees_decision SET reason = 'Autre chose.' WHERE id = %s",
        letter.decision_id,
    )
    yield [letter.pk]


@breaks("calls")
def an_appeal_is_filed_in_time():
    appeal, _room = appealing.appealed()
    yield
    spoil("UPDATE calls_appeal SET filed_at = now() + interval '90 days' WHERE id = %s", appeal.pk)
    yield [appeal.pk]


@breaks("calls")
def the_answer_to_an_appeal_replaces_what_it_contests():
    appeal = appealing.answered()
    yield
    spoil(
        "UPDATE committees_decision SET supersedes_id = NULL WHERE supersedes_id = %s",
        appeal.decision_id,
    )
    yield [appeal.pk]


@breaks("calls")
def an_appeal_is_examined_by_others():
    appeal, room = appealing.examined()
    yield
    spoil("DELETE FROM committees_interest WHERE person_id = %s", room.chair.user_id)
    yield [appeal.pk]
