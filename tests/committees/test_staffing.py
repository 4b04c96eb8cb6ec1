"""The solver alone: against violations, and against every plan that there is on tiny ones."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.staffing import Dossier, Lack, Member, Staffing, staff
from committees.staffing_flow import FURTHER_RANK, SAME_GROUP, UNWISHED, WISHED


def some(keys):
    return st.frozensets(st.sampled_from(sorted(keys)))


@st.composite
def rounds(draw, *, dossiers, members, lacks):
    """(dossiers, members) of any shape, up to so many of each."""
    keys = range(100, 100 + draw(st.integers(1, members)))
    small = st.integers(0, 3)
    people = [
        Member(key, draw(small), draw(st.none() | st.integers(0, 5)), draw(st.none() | small))
        for key in keys
    ]
    files = []
    for key in range(draw(st.integers(1, dossiers))):
        wished = draw(some(keys))
        one = Dossier(
            key=key,
            lacks=draw(st.integers(1, lacks)),
            away=draw(some(keys)),
            insiders=draw(some(keys)),
            experts=draw(some(keys)),
            needs_outsider=draw(st.booleans()),
            needs_expert=draw(st.booleans()),
            wished=wished,
            unwished=draw(some(keys)) - wished,
            has=draw(st.integers(0, 2)),
        )
        files.append(one)
    return files, people


def by_dossier(plan, dossiers):
    return {d.key: {m for key, m in plan.pairs if key == d.key} for d in dossiers}


def needs(dossier, everyone):
    """The expertise is only needed where somebody who may review has it."""
    return dossier.needs_expert and bool(dossier.experts & everyone - dossier.away)


def acceptable(dossier, chosen, everyone):
    """Not all of those it lacks may be insiders, nor without its expertise."""
    if len(chosen) < dossier.lacks:
        return True
    outside = not dossier.needs_outsider or chosen - dossier.insiders
    return bool(outside) and (not needs(dossier, everyone) or bool(chosen & dossier.experts))


@settings(max_examples=60, deadline=None)
@given(rounds(dossiers=12, members=8, lacks=4), st.integers(0, 2**31))
def test_no_plan_breaks_a_hard_rule_and_what_it_lacks_is_counted(given_round, seed):
    dossiers, members = given_round
    everyone = frozenset(member.key for member in members)

    plan = staff(dossiers, members, seed=seed)

    chosen = by_dossier(plan, dossiers)
    loads = Counter(member for _dossier, member in plan.pairs)
    assert len(set(plan.pairs)) == len(plan.pairs)
    for dossier in dossiers:
        taken = chosen[dossier.key]
        missing, _why = plan.missing.get(dossier.key, (0, None))
        assert not taken & dossier.away
        assert len(taken) + missing == dossier.lacks
        assert acceptable(dossier, taken, everyone)
    for member in members:
        limit = member.limit
        assert limit is None or loads[member.key] <= max(limit - member.load, 0)


@settings(max_examples=30, deadline=None)
@given(rounds(dossiers=10, members=8, lacks=3), st.integers(0, 100), st.randoms())
def test_the_same_input_in_any_order_gives_the_same_plan(given_round, seed, random):
    dossiers, members = given_round
    plan = staff(dossiers, members, seed=seed)

    random.shuffle(dossiers)
    random.shuffle(members)

    assert staff(dossiers, members, seed=seed) == plan


def worth(dossiers, members, chosen):
    """(reviews missing, what it costs): what the solver promises to make least."""
    load, cost = {member.key: member.load for member in members}, 0
    group = {member.key: member.group for member in members}
    everyone = frozenset(load)
    for dossier in dossiers:
        taken = chosen[dossier.key]
        cost += sum((dossier.has + rank) * FURTHER_RANK for rank in range(len(taken)))
        cost += WISHED * len(taken & dossier.wished) + UNWISHED * len(taken & dossier.unwished)
        kinds = Counter(
            (
                group[key],
                dossier.needs_outsider and key in dossier.insiders,
                needs(dossier, everyone) and key not in dossier.experts,
            )
            for key in taken
            if group[key] is not None
        )
        cost += SAME_GROUP * sum(count - 1 for count in kinds.values())
        for key in taken:
            load[key] += 1
            cost += load[key]
    return -sum(len(taken) for taken in chosen.values()), cost


def every_plan(dossiers, members):
    everyone = frozenset(member.key for member in members)
    choices = []
    for dossier in dossiers:
        free = sorted(everyone - dossier.away)
        sets = (set(c) for n in range(dossier.lacks + 1) for c in combinations(free, n))
        choices.append([taken for taken in sets if acceptable(dossier, taken, everyone)])
    for taken in product(*choices):
        loads = Counter(key for one in taken for key in one)
        if all(m.limit is None or loads[m.key] <= max(m.limit - m.load, 0) for m in members):
            yield {dossier.key: one for dossier, one in zip(dossiers, taken, strict=True)}


@settings(max_examples=60, deadline=None)
@given(rounds(dossiers=3, members=4, lacks=3), st.integers(0, 5))
def test_no_other_plan_of_a_tiny_round_is_worth_more(given_round, seed):
    dossiers, members = given_round

    plan = staff(dossiers, members, seed=seed)

    best = min(worth(dossiers, members, chosen) for chosen in every_plan(dossiers, members))
    assert worth(dossiers, members, by_dossier(plan, dossiers)) == best


def crossed(key=1, **fields):
    """Insiders 1 and 2, of whom 2 knows the subject; outsiders 3, and 4 who knows it."""
    rules = {"needs_outsider": True, "needs_expert": True}
    sides = {"insiders": frozenset({1, 2}), "experts": frozenset({2, 4})}
    return Dossier(key, **{"lacks": 2} | rules | sides | fields)


def test_insiders_of_both_kinds_do_not_make_up_a_dossier():
    """One flow alone would choose 1 and 2, the cheapest: neither comes from outside."""
    members = [Member(1), Member(2), Member(3, load=5), Member(4, load=7)]

    assert staff([crossed()], members).pairs == [(1, 2), (1, 3)]


def test_a_large_plan_with_insiders_of_both_kinds_breaks_no_rule_either():
    members = [Member(key) for key in (1, 2)] + [Member(key, load=9) for key in range(3, 30)]
    dossiers = [crossed(key, insiders=frozenset({1, 2}), lacks=2) for key in range(40)]

    plan = staff(dossiers, members)

    chosen = by_dossier(plan, dossiers)
    assert plan.missing == {}
    assert all(dossier.suits(chosen[dossier.key]) for dossier in dossiers)


def members_of(count, **fields):
    return [Member(key, **fields) for key in range(count)]


@pytest.mark.parametrize(
    ("dossier", "members", "why"),
    [
        (Dossier(1, 2, away=frozenset({0})), members_of(2), Lack.NOBODY),
        (Dossier(1, 1), members_of(2, limit=0), Lack.FULL),
        (
            Dossier(1, 1, insiders=frozenset({0, 1}), needs_outsider=True),
            members_of(2),
            Lack.NO_OUTSIDER,
        ),
        (
            Dossier(1, 1, insiders=frozenset({0}), needs_outsider=True),
            [Member(0), Member(1, load=2, limit=2)],
            Lack.OUTSIDERS_FULL,
        ),
        (
            Dossier(1, 1, experts=frozenset({1}), needs_expert=True),
            [Member(0), Member(1, load=2, limit=2)],
            Lack.EXPERTS_FULL,
        ),
    ],
)
def test_what_cannot_be_staffed_says_why(dossier, members, why):
    assert staff([dossier], members) == Staffing(
        pairs=staff([dossier], members).pairs, missing={1: (1, why)}
    )


def test_an_expertise_that_nobody_has_is_not_asked_for():
    assert staff([Dossier(1, 1, needs_expert=True)], members_of(1)).missing == {}


def test_wishes_are_followed_where_loads_allow():
    dossier = Dossier(1, 1, wished=frozenset({2}), unwished=frozenset({0}))

    assert staff([dossier], members_of(3)).pairs == [(1, 2)]
    assert staff(
        [Dossier(1, 1, unwished=frozenset({0}))], [Member(0), Member(1, load=9)]
    ).pairs == [(1, 0)]


def test_reviewers_of_one_dossier_come_from_several_services():
    members = [Member(0, group=7), Member(1, group=7), Member(2, load=2, group=8)]

    assert {member for _dossier, member in staff([Dossier(1, 2)], members).pairs} > {2}
    follower = Dossier(1, 1, has=1, groups=frozenset({7}), away=frozenset({0}))
    assert staff([follower], members).pairs == [(1, 2)]


def test_where_reviewers_are_short_no_dossier_has_two_before_each_has_one():
    members = members_of(2, limit=2)

    plan = staff([Dossier(key, 3) for key in range(4)], members)

    assert Counter(dossier for dossier, _member in plan.pairs) == dict.fromkeys(range(4), 1)


def test_another_seed_chooses_another_plan_that_costs_the_same():
    dossiers, members = [Dossier(key, 2) for key in range(6)], members_of(6)
    plans = [staff(dossiers, members, seed=seed) for seed in range(4)]

    assert len({tuple(plan.pairs) for plan in plans}) > 1
    assert len({worth(dossiers, members, by_dossier(plan, dossiers)) for plan in plans}) == 1


def test_nothing_to_staff_is_an_empty_plan():
    assert staff([], members_of(1)) == staff([Dossier(1, 0)], members_of(1)) == Staffing()
    assert staff([Dossier(1, 2)], []).missing == {1: (2, Lack.NOBODY)}
