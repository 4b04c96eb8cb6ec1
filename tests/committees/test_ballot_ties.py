"""Equal voices: what each rule makes of them."""

import pytest

from base.lifecycle import Refused
from committees.methods import lot
from committees.models.tally import Base, Tally, Threshold, TieRule
from committees.record import poll
from tests.committees.room import room_of


@pytest.fixture
def room():
    """Two voices in a room, the examination begun."""
    room = room_of(2)
    room.item.open(by=room.chair.user)
    return room


def divided(room, **rules):
    ballot = room.ballot(**rules)
    room.vote(ballot, ["for", "against"])
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.chair.user)
    return ballot


def test_a_tie_to_vote_again_is_no_result(room):
    ballot = divided(room, tie_rule="revote")

    assert ballot.result().undecided
    assert ballot.allowed_outcomes() == []
    with pytest.raises(Refused, match="contredit le résultat"):
        room.deliberation.conclude(by=room.chair.user, outcome="selected")


def test_the_same_question_is_put_again_after_a_tie_and_the_minutes_say_so(room):
    ballot = divided(room, tie_rule="revote", threshold="majority", base="cast", followed=False)

    again = ballot.revote(by=room.chair.user)

    ballot.refresh_from_db()
    assert (ballot.status, again.status, again.followed) == ("cancelled", "prepared", False)
    assert again.question == ballot.question
    assert "partage égal des voix, 1 contre 1" in "\n".join(poll(ballot))


@pytest.mark.parametrize("tie_rule", ["casting_vote", "rejected", "lot"])
def test_a_ballot_with_a_result_is_not_put_again(room, tie_rule):
    ballot = divided(room, tie_rule=tie_rule)

    with pytest.raises(Refused, match="n’appelle pas de nouveau vote"):
        ballot.revote(by=room.chair.user)


def test_a_member_puts_nothing_to_the_vote_again(room):
    ballot = divided(room, tie_rule="revote")

    with pytest.raises(Refused, match="est terminé"):
        ballot.revote(by=room.members[0].user)


def test_a_lot_is_sealed_at_the_opening_and_told_in_the_minutes(room):
    ballot = divided(room, tie_rule="lot")

    drawn = lot.drawn(ballot.seed, ["for", "against"])
    assert ballot.result().by_lot
    assert ballot.result().adopted is (drawn[0] == "for")
    assert ballot.seed in "\n".join(poll(ballot))
    assert ballot.seal in "\n".join(poll(ballot))


def test_a_lot_is_fair_enough_and_the_same_each_time():
    draws = [lot.drawn(f"{n:032x}", ["for", "against"])[0] for n in range(200)]

    assert draws == [lot.drawn(f"{n:032x}", ["against", "for"])[0] for n in range(200)]
    assert 70 < draws.count("for") < 130


@pytest.mark.parametrize("tie_rule", [TieRule.REVOTE, TieRule.LOT])
def test_what_is_no_tie_is_parted_by_no_rule(tie_rule):
    tally = Tally(in_favour=3, against=2, composition=9)
    rules = {"threshold": Threshold.MAJORITY, "base": Base.PRESENT, "tie_rule": tie_rule}

    result = tally.result(**rules, seed="0" * 32)

    assert (result.adopted, result.undecided, result.by_lot) == (True, False, False)


@pytest.mark.parametrize(
    ("in_favour", "abstaining", "base", "adopted"),
    [(5, 0, Base.CAST, True), (5, 1, Base.CAST, True), (5, 1, Base.PRESENT, False)],
)
def test_unanimity_is_of_all_that_it_is_counted_on(in_favour, abstaining, base, adopted):
    tally = Tally(in_favour=in_favour, abstaining=abstaining, composition=9)

    result = tally.result(threshold=Threshold.UNANIMITY, base=base, tie_rule=TieRule.REJECTED)

    assert result.adopted is adopted
