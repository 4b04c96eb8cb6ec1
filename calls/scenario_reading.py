"""Scenarios as one person reads them: who is in, what each rule costs, what each swap would."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from calls import portfolio
from calls.models import Application, ShortlistEntry


LABELS = {
    "coaches": _("coachs disponibles"),
    "developers": _("développeurs disponibles"),
    "per_service": _("dossiers d’un même service, au plus"),
    "territories": _("départements représentés, au moins"),
    "per_theme": _("dossiers d’un même thème, au plus"),
}
COMPARED = 4  # side by side


class Column(NamedTuple):
    """One scenario beside others: its choice, and the ranks lost to the best without limits."""

    scenario: Any
    kept: Any
    lost: int | None


class Line(NamedTuple):
    """A dossier across scenarios: for each, whether it is in."""

    application: Any
    rank: int
    cells: list


def compared(scenarios, user):
    """(columns, lines) of scenarios side by side, the best dossiers first."""
    columns, ranks = [], {}
    for scenario in scenarios[:COMPARED]:
        candidates = scenario.candidates_for(user)
        ranks = {candidate.key: candidate.rank for candidate in candidates} | ranks
        columns.append(_column(scenario, candidates))
    titles = Application.objects.in_bulk(list(ranks))
    ordered = sorted(ranks, key=lambda key: (ranks[key], key))
    lines = [
        Line(titles[key], ranks[key], [bool(c.kept) and key in c.kept for c in columns])
        for key in ordered
    ]
    return columns, lines


def _column(scenario, candidates):
    kept, worth = scenario.kept_for(candidates), portfolio.worth_of(candidates)
    best = sorted(worth.values(), reverse=True)[: scenario.limits.places]
    lost = None if kept is None else sum(best) - portfolio.value_of(kept, worth)
    return Column(scenario, kept, lost)


def consequences(scenario, user):
    """What the page of a scenario shows: its choice, the cost of its rules and of each swap."""
    candidates = scenario.candidates_for(user)
    kept = scenario.kept_for(candidates)
    choice = portfolio.choice_of(candidates, scenario.limits, seed=scenario.seed)
    titles = Application.objects.in_bulk([candidate.key for candidate in candidates])
    swaps = portfolio.swaps_of(candidates, scenario.limits, kept or set(), seed=scenario.seed)
    return {
        "applications": [titles[candidate.key] for candidate in candidates],
        "inside": [(c, titles[c.key]) for c in candidates if kept and c.key in kept],
        "rules": [
            (LABELS[name], getattr(scenario.limits, name)) for name in scenario.limits.active
        ],
        "costs": [(LABELS[name], lost) for name, lost in choice.costs.items()],
        "blamed": [LABELS[name] for name in choice.blamed],
        "impossible": kept is None,
        "proposed": kept or frozenset(),
        "swaps": [
            (titles[swap.key], [titles[key] for key in sorted(swap.leaves)], swap.lost)
            for swap in (swaps if kept is not None else [])
        ],
    }


def settled_for(scenario, user):
    """The last list settled after a scenario, and its lines that this person may read."""
    last = scenario.shortlists.select_related("settled_by").order_by("-pk").first()
    seen = Application.objects.unhidden_from(user).values("pk")
    entries = ShortlistEntry.objects.filter(shortlist=last, application__in=seen)
    return last, entries.select_related("application").order_by("-kept", "pk")
