"""The order in which as few people as possible go out and come in."""

from datetime import UTC, datetime
from itertools import permutations
from random import Random

import pytest

from committees.ordering import Entry, arranged, movements


def entry(key, out="", hour=None):
    heard_at = hour and datetime(2026, 11, 23, hour, tzinfo=UTC)
    return Entry(key, frozenset(out), heard_at)


def drawn(count, seed):
    dice = Random(seed)
    return [
        Entry(n, frozenset(who for who in range(9) if dice.random() < 0.2)) for n in range(count)
    ]


def test_people_are_counted_as_they_go_out_and_as_they_come_in():
    assert movements([entry(1, "ab"), entry(2, "bc"), entry(3)]) == 4


def test_dossiers_that_keep_the_same_people_out_follow_one_another():
    order = arranged([entry(1, "a"), entry(2), entry(3, "a"), entry(4)])

    assert movements(order) == 1


@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_a_few_dossiers_is_better(seed):
    entries = drawn(6, seed)

    assert movements(arranged(entries)) == min(map(movements, permutations(entries)))


def test_who_is_heard_is_heard_in_the_order_of_the_hours():
    entries = [entry(1, "a", 11), entry(2), entry(3, "a"), entry(4, "", 10)]

    order = arranged(entries)

    assert [e.key for e in order if e.heard_at] == [4, 1]
    assert movements(order) == 1


@pytest.mark.parametrize("count", [12, 30])
def test_the_same_agenda_gets_the_same_order_and_never_a_worse_one(count):
    entries = drawn(count, 7)

    first = arranged(entries)

    assert first == arranged(entries)
    assert sorted(e.key for e in first) == list(range(count))
    assert movements(first) < movements(entries)


@pytest.mark.parametrize("entries", [[], [entry(1)], [entry(1), entry(2)], [entry(1, "a")] * 1])
def test_an_order_that_cannot_be_better_is_kept(entries):
    assert arranged(entries) == entries


def test_beyond_the_exact_number_hearings_keep_their_hours_too():
    entries = drawn(18, 3) + [entry(20, "a", 11), entry(21, "", 10)]

    assert [e.key for e in arranged(entries) if e.heard_at] == [21, 20]
