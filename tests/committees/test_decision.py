import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from calls.models import Application
from committees.models import Decision, Deliberation
from journal.models import Event
from notifications import outbox
from tests.committees.room import decided, room_of
from tests.factories import (
    DecisionFactory,
    InterestFactory,
    UserFactory,
    ready_to_conclude,
)


REASON = {"reason_code": "problem", "reason": "Peu d’usagers rencontrés."}


@pytest.fixture
def room():
    """The committee adopted « selected »."""
    room = room_of(3)
    decided(room)
    return room


def test_the_decision_follows_the_ballot_and_the_subject_follows_the_decision(room):
    decision = room.deliberation.conclude(by=room.chair.user, outcome="selected")

    subject = room.deliberation.subject
    subject.refresh_from_db()
    room.item.refresh_from_db()
    assert (decision.sense, decision.status, str(decision)) == (
        "favourable",
        "pending",
        "candidature retenue",
    )
    assert room.deliberation.decision_in_force() == decision
    assert subject.status == Application.Status.SELECTED
    assert (room.deliberation.status, room.item.status) == ("concluded", "closed")
    assert Event.objects.about(room.deliberation).last().verb == "deliberation.concluded"


def test_a_decision_does_not_contradict_an_adopted_proposal(room):
    with pytest.raises(Refused, match="contredit le résultat du scrutin"):
        room.deliberation.conclude(by=room.chair.user, outcome="declined", **REASON)


def test_a_decision_does_not_follow_a_rejected_proposal():
    room = room_of(3)
    decided(room, adopted=False)

    with pytest.raises(Refused, match="contredit le résultat du scrutin"):
        room.deliberation.conclude(by=room.chair.user, outcome="selected")
    assert room.deliberation.conclude(by=room.chair.user, outcome="declined", **REASON)


def test_a_decision_is_one_that_the_subject_knows(room):
    with pytest.raises(Refused, match="contredit"):
        room.deliberation.conclude(by=room.chair.user, outcome="extended")


def test_a_refusal_of_the_subject_undoes_the_conclusion(room):
    Application.objects.update(status=Application.Status.ADMISSIBLE)

    with pytest.raises(Refused), transaction.atomic():
        room.deliberation.conclude(by=room.chair.user, outcome="selected")

    assert Deliberation.objects.get().status == Deliberation.Status.OPEN
    assert not Decision.objects.exists()


def test_nobody_concludes_before_the_result_is_proclaimed():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    ballot.close(by=room.chair.user)

    with pytest.raises(Refused, match="Vous ne pouvez pas conclure"):
        room.deliberation.conclude(by=room.chair.user, outcome="declined", **REASON)


@pytest.mark.parametrize("who", ["secretary", "member", "staff"])
def test_only_the_chair_who_is_there_concludes(room, who):
    user = {
        "secretary": room.secretary.user,
        "member": room.members[0].user,
        "staff": UserFactory(staff=True),
    }[who]

    with pytest.raises(Refused, match="Vous ne pouvez pas conclure"):
        room.deliberation.conclude(by=user, outcome="selected")


def test_the_secretary_stands_in_for_a_chair_who_left(room):
    room.sitting.attendances.get(seat=room.chair).end(by=room.chair.user)

    assert room.deliberation.conclude(by=room.secretary.user, outcome="selected")


def test_the_secretary_stands_in_for_a_chair_with_an_interest():
    room = room_of(3)
    InterestFactory(deliberation=room.deliberation, seat=room.chair)
    room.item.open(by=room.secretary.user)
    ballot = room.ballot(by=room.secretary.user)
    ballot.cast(by=room.members[0].user, choice="for")
    ballot.close(by=room.secretary.user)
    ballot.proclaim(by=room.secretary.user)

    with pytest.raises(Refused):
        room.deliberation.conclude(by=room.chair.user, outcome="selected")
    assert room.deliberation.conclude(by=room.secretary.user, outcome="selected")


@pytest.mark.parametrize("outcome", ["declined", "reserve"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("decision_not_favourable_is_reasoned", {"reason_code": "other", "reason": " \n"}),
        ("decision_not_favourable_has_a_reason_code", {"reason": "Trop tôt."}),
    ],
)
def test_the_database_wants_the_reason_of_what_is_not_favourable(outcome, name, reason):
    room = room_of(3)
    decided(room, adopted=False)

    with pytest.raises(IntegrityError, match=name):
        room.deliberation.conclude(by=room.chair.user, outcome=outcome, **reason)


def test_a_deliberation_has_one_decision_in_force():
    first = DecisionFactory()
    second = DecisionFactory(
        deliberation=first.deliberation, supersedes=first, reason="Erreur de plume."
    )

    assert list(Decision.objects.in_force()) == [second]
    with pytest.raises(IntegrityError, match="decision_first_once"), transaction.atomic():
        DecisionFactory(deliberation=first.deliberation)
    with pytest.raises(IntegrityError, match="supersedes_id"), transaction.atomic():
        DecisionFactory(deliberation=first.deliberation, supersedes=first, reason="Encore.")


def test_superseding_is_reasoned():
    first = DecisionFactory()

    with pytest.raises(IntegrityError, match="decision_superseding_is_reasoned"):
        DecisionFactory(deliberation=first.deliberation, supersedes=first)


def test_a_decision_is_notified_once(room):
    staff = UserFactory(staff=True)
    decision = room.deliberation.conclude(by=room.chair.user, outcome="selected")

    decision.notify(by=staff)

    assert (decision.status, decision.notified_by) == ("notified", staff)
    with pytest.raises(Refused, match="déjà notifiée"):
        decision.notify(by=staff)


def test_a_notified_decision_is_stamped():
    with pytest.raises(IntegrityError, match="decision_notified_is_stamped"):
        DecisionFactory(status="notified")


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Autre motif."},
        {"outcome": "declined"},
        {"sense": "unfavourable", "reason": "Non.", "reason_code": "other"},
        {"status": "notified", "notified_at": timezone.now(), "reason": "Autre motif."},
    ],
)
def test_the_database_lets_nothing_of_a_decision_change_but_its_notification(change):
    decision = DecisionFactory()
    user = decision.decided_by

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Decision.objects.update(**change, **({"notified_by": user} if "status" in change else {}))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        decision.delete()


def revised(room):
    """A decision taken on a rejected proposal, which leaves a choice of outcomes."""
    decided(room, adopted=False)
    return room.deliberation.conclude(by=room.chair.user, outcome="declined", **REASON)


def test_a_member_supersedes_nothing():
    room = room_of(3)
    decision = revised(room)

    with pytest.raises(Refused, match="Vous ne pouvez pas remplacer"):
        decision.supersede(by=room.members[0].user, outcome="declined", **REASON)


def test_a_new_decision_does_not_contradict_the_ballot():
    room = room_of(3)
    decision = revised(room)

    with pytest.raises(Refused, match="contredit le résultat du scrutin"):
        decision.supersede(by=room.chair.user, outcome="selected", **REASON)


def test_a_superseded_decision_stays_and_its_unsent_letter_is_called_off():
    room = room_of(3)
    decision = revised(room)
    subject = room.deliberation.subject
    notice, key = subject.letter_of(decision)
    letter = outbox.post(notice, to=UserFactory(), key=key, application=subject, decision=decision)

    successor = decision.supersede(
        by=room.chair.user, outcome="reserve", reason_code="capacity", reason="Rang 8 sur 7."
    )

    letter.refresh_from_db()
    subject.refresh_from_db()
    assert letter.status == "void"
    assert room.deliberation.decision_in_force() == successor
    assert list(room.deliberation.decisions.order_by("pk")) == [decision, successor]
    assert subject.status == Application.Status.RESERVE


def test_a_decision_is_superseded_for_its_reason_alone():
    room = room_of(3)
    decision = revised(room)

    successor = decision.supersede(
        by=room.chair.user, outcome="declined", reason_code="scope", reason="Hors du champ."
    )

    assert (successor.outcome, successor.reason) == ("declined", "Hors du champ.")


def test_a_notified_or_superseded_decision_is_not_superseded():
    room = room_of(3)
    first = revised(room)
    second = first.supersede(by=room.chair.user, outcome="declined", **REASON)
    second.notify(by=UserFactory(staff=True))

    for decision in [first, second]:
        with pytest.raises(Refused, match="est notifiée, ou une autre"):
            decision.supersede(by=room.chair.user, outcome="reserve", **REASON)


def test_the_labels_of_a_decision_do_not_read_the_subject(django_assert_num_queries):
    deliberation = DecisionFactory().deliberation
    decision = Decision.objects.select_related("deliberation").get(deliberation=deliberation)

    with django_assert_num_queries(0):
        assert str(decision.label) == "candidature retenue"


def test_a_dossier_is_brought_to_its_conclusion_by_the_factories():
    room = room_of(3)
    room.item.delete()

    chair = ready_to_conclude(room.deliberation, outcome="declined")

    assert room.deliberation.conclude(by=chair, outcome="declined", **REASON)
