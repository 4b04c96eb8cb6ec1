from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.severity import Place, adjusted, groups, places


MARKS = {
    "A": {"x": 9, "y": 8, "z": 10},
    "B": {"x": 4, "y": 2, "w": 5},
    "C": {"y": 6, "z": 5, "w": 9},
}


def reviews(marks=MARKS):
    return [
        (dossier, member, Decimal(mark))
        for member, given in marks.items()
        for dossier, mark in given.items()
    ]


def order(marks):
    return "".join(sorted(marks, key=marks.get, reverse=True))


def means(marks):
    given = {}
    for dossier, _member, mark in marks:
        given.setdefault(dossier, []).append(mark)
    return {dossier: sum(found) / len(found) for dossier, found in given.items()}


def test_unshrunk_the_model_finds_who_is_generous_and_who_is_severe():
    found = adjusted(reviews(), neutral=0)

    assert order(means(reviews())) == "zwxy"
    assert order(found.worths) == "wxzy"
    assert found.leanings == {"A": Decimal("3.07"), "B": Decimal("-3.13"), "C": Decimal("0.07")}


def test_few_reviews_say_less_of_who_wrote_them():
    bare, shrunk = adjusted(reviews(), neutral=0), adjusted(reviews())

    assert 0 < shrunk.leanings["A"] < bare.leanings["A"]
    assert bare.leanings["B"] < shrunk.leanings["B"] < 0


@pytest.mark.parametrize(
    ("marks", "count"),
    [
        ({}, 0),
        ({"A": {"x": 9}, "B": {"y": 4}}, 2),
        ({"A": {"x": 9, "y": 4}, "B": {"y": 4, "z": 1}, "C": {"z": 8}}, 1),
        ({"A": {"x": 9, "y": 4}, "B": {"y": 4}, "C": {"z": 8, "w": 1}, "D": {"w": 1}}, 2),
    ],
)
def test_members_compare_through_dossiers_in_common(marks, count):
    assert len(groups(reviews(marks))) == count
    assert (adjusted(reviews(marks)) is not None) is (count == 1)


def test_equal_marks_share_a_rank_and_a_moved_one_is_sensible():
    found = places({"x": 7, "y": 7, "z": 3, "w": 9}, {"x": 7, "y": 6, "z": 3, "w": 5})

    assert found == {
        "w": Place(1, 5, 3),
        "x": Place(2, 7, 1),
        "y": Place(2, 6, 2),
        "z": Place(4, 3, 4),
    }
    assert {key for key, place in found.items() if place.sensible} == {"w", "x"}
    assert not any(place.sensible for place in places({"x": 7, "y": 6}, {}).values())


BOARDS = st.dictionaries(
    st.sampled_from("ABCDE"),
    st.dictionaries(st.sampled_from("uvwxyz"), st.integers(0, 100), min_size=1),
    min_size=1,
)


@given(BOARDS, st.randoms())
def test_the_order_in_which_reviews_come_changes_nothing(board, chance):
    shuffled = reviews(board)
    chance.shuffle(shuffled)

    assert adjusted(shuffled) == adjusted(reviews(board))


@given(BOARDS, st.integers(-50, 50))
def test_leanings_sum_to_zero_and_points_for_everyone_move_everyone_alike(board, points):
    found = adjusted(reviews(board))
    if found is None:
        assert len(groups(reviews(board))) > 1
        return
    moved = adjusted([(d, member, mark + points) for d, member, mark in reviews(board)])

    assert abs(sum(found.leanings.values())) <= Decimal("0.05")
    assert moved.leanings == found.leanings
    assert all(
        abs(moved.worths[d] - found.worths[d] - points) <= Decimal("0.01") for d in found.worths
    )


@given(st.dictionaries(st.sampled_from("uvwxyz"), st.integers(0, 100), min_size=1))
def test_members_who_agree_have_no_leaning(worths):
    found = adjusted(reviews(dict.fromkeys("ABC", worths)))

    assert set(found.leanings.values()) == {Decimal("0.00")}
    assert found.worths == worths
