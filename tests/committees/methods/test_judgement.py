from collections import Counter
from math import lcm

from hypothesis import given
from hypothesis import strategies as st

from committees.methods import judgement
from tests.committees.methods.papers import often


# The vector of the issue: six grades, worst to best, nine voters.
NINE = {
    1: [0, 1, 2, 3, 2, 1],
    2: [0, 0, 3, 3, 1, 2],
    3: [1, 1, 1, 2, 4, 0],
    4: [0, 0, 0, 9, 0, 0],
    5: [2, 1, 0, 2, 2, 2],
}
TALLY = st.lists(st.integers(0, 4), min_size=4, max_size=4).filter(any)


def order(tallies):
    return judgement.order_of({c: Counter(dict(enumerate(t))) for c, t in tallies.items()})


def emptied(tally, times):
    """The grades in the order in which the median is taken away, one by one: the definition."""
    grades = [grade for grade, count in enumerate(tally) for _ in range(count * times)]
    taken = []
    while grades:
        taken.append(grades.pop((len(grades) - 1) // 2))
    return taken


def test_five_projects_judged_by_nine():
    assert order(NINE).groups == ((3,), (5,), (4,), (2,), (1,))


def test_five_projects_judged_by_unequal_numbers():
    """Tallies of any size compare: one is multiplied by 7, another by 20."""
    scaled = NINE | {2: [7 * n for n in NINE[2]], 5: [20 * n for n in NINE[5]]}

    assert order(scaled).groups == order(NINE).groups


@often
@given(st.lists(TALLY, min_size=2, max_size=4))
def test_it_is_the_median_taken_away_again_and_again(given):
    tallies = dict(enumerate(given))
    size = lcm(*(sum(tally) for tally in given))

    naive = {c: emptied(tally, size // sum(tally)) for c, tally in tallies.items()}

    ranks = order(tallies).ranks()
    better = {c: sum(other > mine for other in naive.values()) + 1 for c, mine in naive.items()}
    assert ranks == better


def test_the_median_of_an_even_number_is_the_lower_one():
    assert judgement.median(Counter({1: 2, 4: 2})) == 1
    assert judgement.median(Counter({1: 2, 4: 3})) == 4
    assert judgement.median(Counter()) is None


def test_equal_tallies_stay_tied():
    assert order({1: [1, 0, 2], 2: [2, 0, 4], 3: [3, 0, 0]}).groups == ((1, 2), (3,))
