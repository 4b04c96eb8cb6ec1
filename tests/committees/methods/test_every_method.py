"""What no method may depend on: the names of the candidates, the size of the electorate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.methods import BY_NAME
from committees.methods.order import Order
from tests.committees.methods.papers import CANDIDATES, counted, often, papers_of, renamed


HIGHEST = {"approval": 1, "ranking": 4, "judgement": 5, "points": 10}


@pytest.mark.parametrize("name", BY_NAME)
@often
@given(data=st.data(), times=st.integers(2, 5))
def test_an_electorate_several_times_as_large_decides_the_same(name, data, times):
    method = BY_NAME[name]
    papers = data.draw(papers_of(HIGHEST[name]))

    once = method.order(CANDIDATES, counted(method, papers))
    replicated = method.order(CANDIDATES, counted(method, papers * times))

    assert replicated == once


@pytest.mark.parametrize("name", BY_NAME)
@often
@given(data=st.data())
def test_candidates_under_other_names_keep_their_places(name, data):
    method = BY_NAME[name]
    papers = data.draw(papers_of(HIGHEST[name]))
    names = dict(zip(CANDIDATES, data.draw(st.permutations(CANDIDATES)), strict=True))

    order = method.order(CANDIDATES, counted(method, papers))
    other = method.order(CANDIDATES, counted(method, [renamed(p, names) for p in papers]))

    ranks = {names[candidate]: rank for candidate, rank in order.ranks().items()}
    assert other.ranks() == ranks


@pytest.mark.parametrize("name", BY_NAME)
@often
@given(data=st.data())
def test_everyone_has_a_place_and_only_one(name, data):
    method = BY_NAME[name]
    papers = data.draw(papers_of(HIGHEST[name]))

    order = method.order(CANDIDATES, counted(method, papers))

    assert sorted(candidate for group in order.groups for candidate in group) == list(CANDIDATES)


@pytest.mark.parametrize("name", BY_NAME)
def test_nobody_voting_leaves_everyone_tied(name):
    assert BY_NAME[name].order(CANDIDATES, {}).groups == (CANDIDATES,)


@pytest.mark.parametrize("name", ["approval", "judgement", "points"])
def test_whom_nobody_could_judge_comes_last(name):
    assert BY_NAME[name].order([1, 2], {"1:0": 3}).groups == ((1,), (2,))


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_counted_of_others_is_left_out(name):
    """Whoever may not see a candidate is shown the same count without it."""
    method = BY_NAME[name]
    papers = [{1: 1, 2: 0, 3: 1}, {1: 1, 3: 0}]

    kept = method.order([1, 2], counted(method, papers))

    seen = [{c: v for c, v in paper.items() if c != 3} for paper in papers]
    assert kept == method.order([1, 2], counted(method, seen))


def test_ranks_leave_a_gap_after_a_tie():
    assert Order(((3,), (1, 4), (2,))).ranks() == {3: 1, 1: 2, 4: 2, 2: 4}


def test_a_rule_parts_the_ties_and_nothing_else():
    order = Order(((3,), (1, 4), (2, 5)))

    parted = order.parted(lambda group: [group[1:], group[:1]] if 1 in group else [group])

    assert parted.groups == ((3,), (4,), (1,), (2, 5))
    assert parted.ties == [(2, 5)]
