"""Approval and points: a share and a mean of those who could judge."""

from collections import Counter
from fractions import Fraction

from committees.methods import approval, points
from tests.committees.methods.papers import counted


def test_approval_compares_shares_and_not_numbers():
    papers = [{1: 1, 2: 1}] * 2 + [{1: 1}] * 3 + [{1: 0}] * 2

    order = approval.order([1, 2], counted(approval, papers))

    assert order.groups == ((2,), (1,))
    assert approval.share(Counter({1: 5, 0: 2})) == Fraction(5, 7)


def test_points_compare_means_and_not_sums():
    papers = [{1: 6, 2: 7}] * 2 + [{1: 6}] * 5

    order = points.order([1, 2], counted(points, papers))

    assert order.groups == ((2,), (1,))
    assert points.mean(Counter({6: 7})) == 6


def test_equal_shares_are_a_tie_whatever_their_numbers():
    counts = {"1:1": 1, "1:0": 2, "2:1": 2, "2:0": 4}

    assert approval.order([1, 2], counts).groups == ((1, 2),)
