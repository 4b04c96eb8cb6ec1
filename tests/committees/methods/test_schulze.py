from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from committees.methods import schulze
from tests.committees.methods.papers import CANDIDATES, counted, often, papers_of


def ranked(names):
    """The paper that ranks « ACB » in this order, A being candidate 1."""
    return {ord(name) - 64: place for place, name in enumerate(names, 1)}


def order(papers, candidates=CANDIDATES):
    return schulze.order(candidates, counted(schulze, papers))


def test_the_example_of_forty_five_electors():
    """Schulze (2011), example 1 as it is taught: E > A > C > B > D."""
    said = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3}
    said |= {"CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
    papers = [ranked(names) for names, times in said.items() for _ in range(times)]

    assert order(papers, range(1, 6)).groups == ((5,), (1,), (3,), (2,), (4,))


def beats(one, other, papers):
    lines = Counter(counted(schulze, papers))
    return lines[f"{one}>{other}"] > lines[f"{other}>{one}"]


@often
@given(papers_of(4))
def test_whoever_wins_every_duel_comes_first(papers):
    winners = [c for c in CANDIDATES if all(beats(c, o, papers) for o in CANDIDATES if o != c)]

    assert not winners or order(papers).groups[0] == tuple(winners)


@often
@given(papers_of(4, lowest=1, partial=False), st.integers(0, 8))
def test_a_winner_ranked_higher_still_wins(papers, index):
    winners = order(papers).groups[0]

    for winner in winners:
        raised = [dict(paper) for paper in papers]
        raised[index % len(papers)][winner] = 0.5
        first = order(raised).groups[0]
        assert winner in first
        assert len(winners) > 1 or first == winners


@often
@given(papers_of(4, lowest=1, partial=False))
def test_a_twin_of_a_candidate_changes_nothing_between_the_others(papers):
    """Candidate 5 is ranked with candidate 4 by everyone."""
    twins = [paper | {5: paper[4]} for paper in papers]

    before, after = order(papers).ranks(), order(twins, [*CANDIDATES, 5]).ranks()

    assert after[4] == after[5]
    for one, other in combinations([1, 2, 3], 2):
        assert (before[one] < before[other]) == (after[one] < after[other])


def test_who_is_not_ranked_comes_after_who_is():
    assert schulze.count({1: 0, 2: 3, 3: 0}) == ["2>1", "1=3", "2>3"]


def test_a_duel_is_a_matter_of_those_who_could_rank_both():
    """Candidate 3 is unknown to four of five electors; the fifth prefers it to all."""
    papers = [{1: 1, 2: 2}] * 4 + [{3: 1, 1: 2, 2: 3}]

    assert order(papers, [1, 2, 3]).groups == ((3,), (1,), (2,))
