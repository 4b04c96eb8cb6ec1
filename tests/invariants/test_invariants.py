import pytest
from django.core.management import call_command

from incubator.invariants import rules
from tests.invariants import (  # noqa: F401  - fill BREAKS
    calls_breaks,
    decision_breaks,
    examination_breaks,
    minutes_breaks,
    plan_breaks,
    poll_breaks,
    promotion_breaks,
    reviewing_breaks,
    sitting_breaks,
)
from tests.invariants.breaks import BREAKS


RULES = {(app, rule.__name__): rule for app, rule in rules()}


def test_every_rule_is_broken_once_on_purpose():
    assert {"unbroken": set(RULES) - set(BREAKS), "unknown": set(BREAKS) - set(RULES)} == {
        "unbroken": set(),
        "unknown": set(),
    }


@pytest.mark.parametrize("key", BREAKS, ids=".".join)
def test_a_rule_names_what_breaks_it_and_nothing_else(key):
    breaking = BREAKS[key]()

    next(breaking)
    healthy = list(RULES[key]())
    broken = next(breaking)

    assert (healthy, sorted(RULES[key]())) == ([], sorted(broken))


@pytest.mark.parametrize("key", RULES, ids=".".join)
def test_a_rule_is_a_sentence(key):
    assert (RULES[key].__doc__ or "").strip().endswith(".")


def test_the_command_says_each_rule_and_that_it_holds(capsys):
    call_command("check_invariants")

    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(RULES)
    assert [line for line in said if not line.endswith(" ok")] == []


def test_the_command_ends_with_1_and_names_the_offenders(capsys):
    breaking = BREAKS["journal", "a_snapshot_keeps_its_hash"]()
    next(breaking)
    (offender,) = next(breaking)

    with pytest.raises(SystemExit) as end:
        call_command("check_invariants")

    assert end.value.code == 1
    assert f"is stored. BROKEN by {offender}\n" in capsys.readouterr().out
