import pytest

from committees.models.assembly import Assembly
from committees.models.tally import Base, Tally, Threshold, TieRule


def assembly(*, present, proxies=(), out=(), composition=9):
    return Assembly.gather(
        composition=range(composition), attending=range(present), proxies=proxies, out=out
    )


@pytest.mark.parametrize(
    ("present", "proxies", "reached"),
    [
        (4, [], False),
        (5, [], True),
        (4, [(8, 0)], True),
        (3, [(8, 0), (7, 1)], True),
        (3, [(8, 0), (7, 0)], False),
    ],
)
def test_the_quorum_of_nine(present, proxies, reached):
    assert assembly(present=present, proxies=proxies).has_quorum is reached


def test_half_is_enough_when_the_composition_is_even():
    assert assembly(present=4, composition=8).has_quorum
    assert not assembly(present=3, composition=8).has_quorum


def test_a_committee_without_members_has_no_quorum():
    assert not assembly(present=0, composition=0).has_quorum


@pytest.mark.parametrize(
    ("proxy", "out"),
    [
        ((1, 0), []),  # the principal is there
        ((8, 0), [8]),  # the principal is out on the item
        ((8, 0), [0]),  # the holder is out on the item
        ((8, 7), []),  # the holder is away
        ((20, 0), []),  # the principal has no voting seat
    ],
)
def test_a_proxy_that_does_not_serve(proxy, out):
    assert assembly(present=3, proxies=[proxy], out=out).represented == {}


def test_whoever_is_out_counts_neither_as_present_nor_as_elector():
    gathered = assembly(present=5, proxies=[(8, 1)], out=[0])

    assert gathered.electors == {1, 2, 3, 4, 8}
    assert gathered.voter_for(0) is None
    assert gathered.voter_for(8) == 1
    assert gathered.votes_of(1) == [1, 8]
    assert gathered.votes_of(0) == []
    assert gathered.votes_of(8) == []


DIVIDED = Tally(in_favour=4, against=3, abstaining=2, composition=9)


@pytest.mark.parametrize(
    ("base", "adopted"), [(Base.CAST, True), (Base.PRESENT, False), (Base.COMPOSITION, False)]
)
def test_four_for_three_against_two_abstentions(base, adopted):
    result = DIVIDED.result(threshold=Threshold.MAJORITY, base=base, tie_rule=TieRule.CASTING_VOTE)

    assert (result.adopted, result.by_casting_vote) == (adopted, False)


@pytest.mark.parametrize("base", [Base.CAST, Base.PRESENT])
@pytest.mark.parametrize(
    ("chair", "tie_rule", "adopted", "casting"),
    [
        ("for", TieRule.CASTING_VOTE, True, True),
        ("against", TieRule.CASTING_VOTE, False, True),
        ("", TieRule.CASTING_VOTE, False, False),
        ("for", TieRule.REJECTED, False, False),
    ],
)
def test_four_four_one(chair, tie_rule, adopted, casting, base):
    tally = Tally(in_favour=4, against=4, abstaining=1, composition=9, chair=chair)

    result = tally.result(threshold=Threshold.MAJORITY, base=base, tie_rule=tie_rule)

    assert (result.adopted, result.by_casting_vote) == (adopted, casting)


def test_a_casting_vote_does_not_make_a_majority_of_the_composition():
    tally = Tally(in_favour=4, against=4, abstaining=1, composition=9, chair="for")

    assert not tally.result(
        threshold=Threshold.MAJORITY, base=Base.COMPOSITION, tie_rule=TieRule.CASTING_VOTE
    ).adopted


@pytest.mark.parametrize(("in_favour", "adopted"), [(5, False), (6, True), (9, True)])
def test_two_thirds_of_nine(in_favour, adopted):
    tally = Tally(in_favour=in_favour, against=9 - in_favour, composition=9, chair="for")

    result = tally.result(
        threshold=Threshold.TWO_THIRDS, base=Base.CAST, tie_rule=TieRule.CASTING_VOTE
    )

    assert result.adopted is adopted


@pytest.mark.parametrize("threshold", Threshold.values)
def test_nobody_voting_adopts_nothing(threshold):
    result = Tally(silent=3, composition=3).result(
        threshold=threshold, base=Base.CAST, tie_rule=TieRule.CASTING_VOTE
    )

    assert not result.adopted


def test_the_silent_weigh_on_a_majority_of_those_present():
    tally = Tally(in_favour=2, silent=3, composition=9)

    assert not tally.result(
        threshold=Threshold.MAJORITY, base=Base.PRESENT, tie_rule=TieRule.REJECTED
    ).adopted
