def pairs_of(plan):
    """(dossier, seat) of each pair of a plan, by their keys."""
    return set(plan.pairs.values_list("deliberation", "seat"))
