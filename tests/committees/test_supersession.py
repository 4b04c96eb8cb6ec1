"""What replaces a decision that its people know: in its own examination, or on appeal."""

import pytest

from base.lifecycle import Refused
from calls.models import Application
from committees.models import Decision, Deliberation, Demand
from journal.models import Event
from notifications.models import Message
from tests.committees.room import decided, room_of
from tests.factories import (
    DecisionFactory,
    DeliberationFactory,
    RoundFactory,
    UserFactory,
    ready_to_conclude,
)


REASON = {"reason_code": "capacity", "reason": "Une place s’est libérée."}


@pytest.fixture
def told():
    """The application of a decision « reserve » that its people know."""
    room = room_of(3)
    decided(room, adopted=False)
    room.deliberation.conclude(by=room.chair.user, outcome="reserve", **REASON)
    application = room.deliberation.subject
    application.tell(by=UserFactory(staff=True))
    return application


def on_appeal(application):
    """The same subject before another round, its result proclaimed; (deliberation, chair)."""
    deliberation = Deliberation.prepare(
        application, by=UserFactory(staff=True), round=RoundFactory()
    )
    return deliberation, ready_to_conclude(deliberation, outcome="selected")


def test_people_know_the_former_decision_until_they_are_told_the_new_one(told):
    staff, first = UserFactory(staff=True), told.decision()

    second = first.supersede_told(
        by=staff, outcome="selected", conditions=[Demand("Signer.", days=7)], **REASON
    )

    told.refresh_from_db()
    assert (told.decision(), told.told_decision(), told.status) == (second, first, "reserve")
    assert list(Application.objects.decided().untold()) == [told]
    assert Event.objects.about(second.deliberation).last().verb == "decision.superseded"

    told.tell(by=staff)

    assert (told.told_decision(), told.status, told.public_status) == (
        second,
        "selected",
        "selected",
    )
    assert not Application.objects.decided().untold().exists()
    assert Message.objects.filter(notice="calls/application_answered").count() == 2


def test_what_nobody_was_told_is_not_replaced_as_told():
    decision = DecisionFactory()

    with pytest.raises(Refused, match="n’est pas notifiée"):
        decision.supersede_told(by=decision.decided_by, outcome="selected", **REASON)


def test_what_was_replaced_is_not_replaced_twice(told):
    first = told.decision()
    first.supersede_told(by=first.decided_by, outcome="selected", **REASON)

    with pytest.raises(Refused, match="une autre l’a déjà remplacée"):
        first.supersede_told(by=first.decided_by, outcome="declined", **REASON)


def test_an_appeal_s_decision_replaces_the_first_across_examinations(told):
    first = told.decision()
    deliberation, chair = on_appeal(told)

    second = deliberation.conclude(by=chair, outcome="selected", reason="Le besoin est établi.")

    told.refresh_from_db()
    assert (second.supersedes, told.decision(), told.told_decision()) == (first, second, first)
    assert first.deliberation.decision_in_force() is None
    assert list(Decision.objects.in_force().about(deliberation)) == [second]
    assert told.status == "reserve"


def test_an_examination_contests_nothing_that_nobody_was_told():
    first = DecisionFactory(outcome="selected")
    deliberation = DeliberationFactory(subject=first.deliberation.subject)
    chair = ready_to_conclude(deliberation, outcome="selected")

    with pytest.raises(Refused, match="n’est pas notifiée"):
        deliberation.conclude(by=chair, outcome="selected", reason="Le besoin est établi.")


def test_what_an_appeal_replaced_is_not_revised_by_its_chair(told):
    room_chair = told.decision().decided_by
    deliberation, chair = on_appeal(told)
    deliberation.conclude(by=chair, outcome="selected", reason="Le besoin est établi.")

    first = told.told_decision().deliberation
    assert not Deliberation.objects.revisable_by(room_chair).contains(first)
