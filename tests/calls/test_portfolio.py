"""The best dossiers under limits: small cases that a hand can check."""

from itertools import combinations

from calls.portfolio import Candidate, Rules, choice_of, kept_of, swaps_of, value_of, worth_of


def some(*facts):
    """Candidates in the order of their ranks: (service, territory, theme)."""
    return [Candidate(key, key, *fact) for key, fact in enumerate(facts, 1)]


TEN = some(*[("A", "59", "eau")] * 4, *[("B", "13", "eau")] * 3, *[("C", "75", "toit")] * 3)


def test_the_seven_best():
    choice = choice_of(TEN, Rules(places=7), seed=1)

    assert (choice.kept, choice.costs, choice.blamed) == (frozenset(range(1, 8)), {}, [])


def test_the_seven_best_with_three_coaches_are_six():
    choice = choice_of(TEN, Rules(places=7, coaches=3), seed=1)

    assert choice.kept == frozenset(range(1, 7))
    assert (choice.costs, choice.blamed) == ({"coaches": 4}, ["coaches"])


def test_each_balance_is_kept_and_its_cost_is_said():
    rules = Rules(places=5, per_service=2, territories=3, per_theme=3)

    choice = choice_of(TEN, rules, seed=1)

    assert choice.kept == frozenset({1, 2, 5, 8, 9})
    assert choice.costs == {"per_service": 0, "territories": 0, "per_theme": 3}


def test_what_is_unknown_is_limited_by_no_balance():
    candidates = some(("", "", ""), ("", "", ""), ("A", "1", "x"))

    assert kept_of(candidates, Rules(places=2, per_service=1, per_theme=1), seed=1) == {1, 2}


def test_rules_that_nothing_obeys_are_named():
    choice = choice_of(TEN, Rules(places=5, territories=4, per_service=4), seed=1)

    assert (choice.kept, choice.blamed) == (None, ["territories"])


def test_a_swap_says_who_leaves_and_what_is_lost():
    rules = Rules(places=3, per_service=2)
    kept = kept_of(TEN, rules, seed=1)

    swaps = {swap.key: swap for swap in swaps_of(TEN, rules, kept, seed=1)}

    assert kept == {1, 2, 5}
    assert (swaps[8].leaves, swaps[8].enters, swaps[8].lost) == ({5}, {8}, 3)
    assert (swaps[3].leaves, swaps[3].lost) == ({2}, 1)


def test_a_swap_that_no_rule_allows_has_no_cost():
    candidates = some(("A", "1", ""), ("B", "2", ""))

    (swap,) = swaps_of(candidates, Rules(places=1, per_service=0), frozenset(), seed=1, most=1)

    assert swap.lost is None


def test_it_is_exact_on_whatever_can_be_counted():
    rules, worth = Rules(places=4, per_service=2, territories=2, per_theme=2), worth_of(TEN)

    def obeys(chosen):
        themes = [c.theme for c in chosen]
        services = [c.service for c in chosen]
        return (
            max(map(themes.count, themes), default=0) <= 2
            and max(map(services.count, services), default=0) <= 2
            and len({c.territory for c in chosen}) >= 2
        )

    every = [set(chosen) for size in range(5) for chosen in combinations(TEN, size)]
    best = max(value_of({c.key for c in chosen}, worth) for chosen in every if obeys(chosen))

    assert value_of(kept_of(TEN, rules, seed=3), worth) == best


def test_the_order_of_the_dossiers_changes_nothing_and_the_seed_decides_ties():
    tied = [Candidate(key, 1) for key in range(1, 20)]
    rules = Rules(places=5)

    first = kept_of(tied, rules, seed=7)

    assert first == kept_of(tied[::-1], rules, seed=7)
    assert len({kept_of(tied, rules, seed=seed) for seed in range(5)}) > 1
