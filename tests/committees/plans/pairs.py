"""Plans as a worker leaves them, and what they hold."""

from committees.models import Plan


def worked_out(round, *, by, seed=1):
    """A plan that was asked for, and that a worker has worked out."""
    plan = Plan.request(round, by=by, seed=seed)
    plan.work_out()
    return plan


def pairs_of(plan):
    """(dossier, seat) of each pair of a plan, by their keys."""
    return set(plan.pairs.values_list("deliberation", "seat"))
