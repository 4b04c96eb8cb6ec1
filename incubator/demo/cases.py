"""The true cases of `cases.toml`, as they are read by the demonstration."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One past product: what hurt, what was tried, its phases and how each of its terms ended."""

    title: str
    service: str
    pitch: str
    problem: str
    tried: str
    learnt: str
    phases: list  # (phase, first day)
    terms: list  # (outcome, reason), one a term, in order
    figures: list  # {name, unit, values: (day, value)}


@dataclass(frozen=True)
class Cohort:
    """A past promotion, the call that it comes from and the committee that chose it."""

    name: str
    slug: str
    call: str
    summary: str
    guidance: str
    committee: str
    starts_on: date
    months: int
    cases: list


def cohorts():
    text = Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
    return [
        Cohort(**cohort | {"cases": [Case(**{"figures": []} | case) for case in cohort["cases"]]})
        for cohort in tomllib.loads(text)["cohorts"]
    ]
