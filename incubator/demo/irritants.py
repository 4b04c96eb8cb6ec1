"""The irritants of the demonstration: reported, shared, classified, and what became of each."""

import tomllib
from datetime import timedelta
from pathlib import Path

from calls.models import Irritant
from incubator.demo.clock import at


DAY = timedelta(days=1)
SETTLED_AFTER = 9  # days


def report(people, *, since, now):
    """Each at its day, by its key: one every four days since then, save those said to be recent."""
    text = Path(__file__).with_name("irritants.toml").read_text(encoding="utf-8")
    pains = tomllib.loads(text)["irritants"]
    told = {}
    for number, pain in enumerate(pains):
        day = now - timedelta(days=pain["ago"]) if "ago" in pain else since + 4 * number * DAY
        told[pain["key"]] = _report(people, pain, on=day)
    for pain in pains:
        day = told[pain["key"]].reported_at.date() + pain.get("after", SETTLED_AFTER) * DAY
        _settle(people, pain, told, on=day)
    return told


def _report(people, pain, *, on):
    """Said by an agent, or by someone without an account; read, classified and shared."""
    author = getattr(people, pain["author"]) if "author" in pain else None
    with at(on):
        irritant = Irritant.report(
            by=author,
            email=pain.get("email", ""),
            title=pain["title"],
            description=pain["description"],
            entity=author.entity if author else None,
            sufferers=pain.get("sufferers", ""),
            frequency=pain.get("frequency", ""),
        )
    if pain.get("published", True) and "hidden" not in pain:
        with at(on, 15):
            irritant.publish(by=people.equipe)
            irritant.classify(by=people.equipe, theme=pain["theme"])
            for name in pain.get("supporters", []):
                irritant.support(by=getattr(people, name))
    return irritant


def _settle(people, pain, told, *, on):
    """What the team made of it, some days later."""
    irritant = told[pain["key"]]
    with at(on):
        if "hidden" in pain:
            irritant.hide(by=people.equipe, reason=pain["hidden"])
        if "closed" in pain:
            irritant.close(by=people.equipe, reason=pain["closed"])
        if "merged_into" in pain:
            irritant.merge(by=people.equipe, into=told[pain["merged_into"]])
        if "taken_up" in pain:
            irritant.take_up(by=people.equipe)
