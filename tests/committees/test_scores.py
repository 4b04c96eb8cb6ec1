from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.scores import Answered, Score, score_of


HALF = Answered(weight=1, best=4, score=2)


def test_levels_count_as_shares_of_their_criterion_s_best_weighted():
    answers = [Answered(weight=2, best=3, score=3), Answered(weight=1, best=5, score=0)]

    assert score_of(answers, coverage_percent=60) == Score(
        Decimal("66.67"), Decimal("100.00"), True
    )


def test_not_applicable_changes_neither_the_mean_nor_the_attainable_maximum():
    best = [Answered(weight=2, best=3, score=3), Answered(weight=1, best=3, score=None)]

    assert score_of(best, coverage_percent=60).mark == Decimal("100.00")
    assert score_of(best, coverage_percent=60).coverage == Decimal("66.67")


@pytest.mark.parametrize(("threshold", "comparable"), [(66, True), (67, False)])
def test_below_the_coverage_a_mark_is_not_comparable(threshold, comparable):
    answers = [Answered(weight=2, best=3, score=1), Answered(weight=1, best=3, score=None)]

    assert score_of(answers, coverage_percent=threshold).comparable is comparable


@pytest.mark.parametrize("answers", [[], [Answered(weight=1, best=3, score=None)]])
def test_without_an_answer_there_is_no_mark(answers):
    assert score_of(answers, coverage_percent=1) == Score(None, Decimal("0.00"), False)


@given(
    st.lists(
        st.builds(
            Answered,
            weight=st.integers(1, 100),
            best=st.integers(3, 5),
            score=st.none() | st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_a_mark_is_out_of_a_hundred_whatever_the_order(answers):
    score = score_of(answers, coverage_percent=50)

    assert score == score_of(answers[::-1], coverage_percent=50)
    assert score.mark is None or 0 <= score.mark <= 100
    assert 0 <= score.coverage <= 100
