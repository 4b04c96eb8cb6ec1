"""Contests in each of their states, each in a sitting of its own, on two dossiers."""

from tests.factories.polls import ContestFactory
from tests.factories.sittings import AgendaItemFactory


def furnish_contests(world, sitting_of, dossier):
    for state in ["prepared", "open", "closed", "proclaimed"]:
        traits = {} if state == "prepared" else {state: True}
        sitting = sitting_of(world, f"sitting with a contest {state}", open=True)
        items = [
            AgendaItemFactory(
                sitting=sitting, deliberation=dossier(world, f"compared by a contest {state}")
            )
            for _ in range(2)
        ]
        contest = ContestFactory(sitting=sitting, items=items, method="judgement", **traits)
        world.put(f"contest {state}", contest)
