import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from committees.account import voted
from committees.models import Ballot, Interest
from journal.models import Event
from tests.committees.room import room_of
from tests.factories import (
    BallotFactory,
    InterestFactory,
    ProxyFactory,
)


@pytest.fixture
def room():
    """Three voices in a room, the examination begun."""
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


def counts(ballot):
    tally = ballot.tally()
    return tally.in_favour, tally.against, tally.abstaining, tally.silent


def test_a_ballot_from_its_question_to_its_result(room):
    ballot = room.ballot()
    room.vote(ballot, ["for", "against", "for"])
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.secretary.user)

    assert ballot.status == "proclaimed"
    assert counts(ballot) == (2, 1, 0, 0)
    assert str(ballot.result().label) == "proposition adoptée"
    verbs = [e.verb for e in Event.objects.about(room.deliberation)]
    assert verbs[-4:] == ["ballot.prepared", "ballot.opened", "ballot.closed", "ballot.proclaimed"]
    assert [e.verb for e in Event.objects.about(ballot)] == ["vote.cast"] * 3


def test_a_member_prepares_no_ballot(room):
    with pytest.raises(Refused, match="Vous ne pouvez pas préparer de scrutin"):
        Ballot.prepare(
            by=room.members[0].user, item=room.item, question="Oui ?", proposal="selected"
        )


def test_a_chair_with_an_interest_conducts_nothing(room):
    InterestFactory(deliberation=room.deliberation, seat=room.chair)

    with pytest.raises(Refused, match="Vous ne pouvez pas préparer de scrutin"):
        room.ballot()


def test_a_ballot_proposes_what_the_committee_may_decide(room):
    with pytest.raises(Refused, match="ne peut pas décider cette issue"):
        room.ballot(proposal="extended")


def test_a_dossier_has_one_ballot_at_a_time(room):
    ballot = room.ballot()

    with pytest.raises(ValidationError, match="déjà un scrutin"):
        room.ballot()
    with pytest.raises(IntegrityError, match="ballot_one_live_per_item"), transaction.atomic():
        BallotFactory(item=room.item)
    ballot.cancel(by=room.chair.user, reason="La question était ambiguë.")
    assert room.ballot().status == "open"


def test_a_ballot_waits_for_the_examination():
    room = room_of(3)

    with pytest.raises(Refused, match="Ouvrez d’abord l’examen"):
        room.ballot()


@pytest.mark.parametrize(
    ("column", "value"),
    [("question", "Autre ?"), ("threshold", "two_thirds"), ("base", "composition")]
    + [("tie_rule", "rejected"), ("proposal", "declined")],
)
def test_the_database_freezes_the_rules_at_the_opening(column, value):
    prepared = BallotFactory(tie_rule="revote")
    opened = BallotFactory(tie_rule="revote", open=True)

    assert Ballot.objects.filter(pk=prepared.pk).update(**{column: value}) == 1
    with pytest.raises(IntegrityError, match="keeps its question and its rules"):
        Ballot.objects.filter(pk=opened.pk).update(**{column: value})


def test_the_database_keeps_an_opened_ballot():
    with pytest.raises(IntegrityError, match="keeps its question and its rules"):
        BallotFactory(open=True).delete()


def test_a_cancelled_ballot_has_its_reason(room):
    ballot = room.ballot()

    with pytest.raises(IntegrityError, match="ballot_cancelled_has_its_reason"):
        ballot.cancel(by=room.chair.user, reason=" ")


def test_a_ballot_that_founded_a_decision_stays(room):
    ballot = room.ballot()
    room.vote(ballot, ["for", "for", "for"])
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.chair.user)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")

    with pytest.raises(Refused, match="a fondé une décision"):
        ballot.cancel(by=room.chair.user, reason="Trop tard.")


def test_closing_notes_the_silence_of_those_who_were_there(room):
    away = room.seat(here=False)
    ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])
    ballot = room.ballot()
    ballot.cast(by=room.chair.user, choice="for")

    ballot.close(by=room.chair.user)

    assert counts(ballot) == (1, 0, 0, 3)


def test_only_who_conducts_closes_and_proclaims(room):
    ballot = room.ballot()

    for verb in [ballot.close, ballot.proclaim]:
        with pytest.raises(Refused, match="Vous ne conduisez pas ce scrutin"):
            verb(by=room.members[0].user)
    with pytest.raises(Refused, match="Impossible depuis l’état « ouvert »"):
        ballot.proclaim(by=room.chair.user)


def divided(chair_votes, *, voices=9):
    """Eight voices, four for and four against, the ninth abstaining; the chair for, or out."""
    room = room_of(voices)
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    room.vote(ballot, [chair_votes, *["for"] * 3, *["against"] * 4, "abstain"])
    return room, ballot


def test_the_voice_of_the_chair_parts_four_against_four():
    _room, ballot = divided("for")

    assert (ballot.result().adopted, ballot.result().by_casting_vote) == (True, True)


def test_a_chair_who_is_out_does_not_part_four_against_four():
    room, ballot = divided("for", voices=10)
    ballot.cast(by=room.members[-1].user, choice="for")

    room.deliberation.declare_interest(
        by=room.chair.user, effect=Interest.Effect.ABSTENTION, reason="Un cousin y travaille."
    )

    assert counts(ballot) == (4, 4, 1, 0)
    assert (ballot.result().adopted, ballot.result().by_casting_vote) == (False, False)


def test_a_chair_represented_by_proxy_has_no_casting_vote():
    room = room_of(3)
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    room.sitting.attendances.get(seat=room.chair).end(by=room.chair.user)
    ProxyFactory(sitting=room.sitting, principal=room.chair, holder=room.members[0])

    ballot.cast(by=room.members[0].user, choice="for", seat=room.chair)
    ballot.cast(by=room.members[0].user, choice="for")
    ballot.cast(by=room.members[1].user, choice="against", comment="Trop tôt.")

    assert ballot.tally().chair == ""


def test_a_late_declaration_neutralises_the_votes_given_and_recomputes(room):
    away, holder = room.seat(here=False), room.members[0]
    ProxyFactory(sitting=room.sitting, principal=away, holder=holder)
    ballot = room.ballot()
    ballot.cast(by=holder.user, choice="for")
    ballot.cast(by=holder.user, choice="for", seat=away)
    ballot.cast(by=room.chair.user, choice="against", comment="Trop tôt.")
    assert ballot.result().adopted

    room.deliberation.declare_interest(
        by=holder.user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )

    assert counts(ballot) == (0, 1, 0, 0)
    assert not ballot.result().adopted
    assert ballot.votes.count() == 3


def test_postponing_cancels_the_ballot_and_adjourns_the_deliberation(room):
    ballot = room.ballot()

    room.item.postpone(by=room.chair.user, reason="Il manque une pièce.")

    ballot.refresh_from_db()
    room.deliberation.refresh_from_db()
    assert (room.item.status, ballot.status) == ("postponed", "cancelled")
    assert room.deliberation.status == "adjourned"


def test_a_member_postpones_nothing(room):
    with pytest.raises(Refused, match="ne peut pas être examiné maintenant"):
        room.item.postpone(by=room.members[0].user, reason="Il manque une pièce.")


def test_the_account_counts_the_votes_and_names_nobody(room):
    ballot = room.ballot()
    room.vote(ballot, ["for", "against", "for"])
    ballot.close(by=room.chair.user)
    assert "Aucun vote" in voted(room.deliberation, timezone.now())
    ballot.proclaim(by=room.chair.user)

    assert voted(room.deliberation, timezone.now()).replace("\u00a0", " ").split("\n") == [
        "Issue mise aux voix : candidature retenue",
        "Majorité : majorité : plus de la moitié des votes exprimés, pour ou contre",
        *["Pour : 2", "Contre : 1", "Abstentions : 0", "N’ont pas pris part au vote : 0"],
        "Résultat : proposition adoptée",
    ]
