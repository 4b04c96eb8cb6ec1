"""Every list and home, for each kind of reader: as many queries for 30 rows as for one."""

import pytest

from tests.nets.growers import GROWERS
from tests.nets.rights import RIGHTS
from tests.nets.table import voices


LISTS = {
    row.id if row.id in GROWERS else row.name: row for row in RIGHTS if row.kind in {"list", "home"}
}

# What is asked where the first page would not grow: it is empty, or already full.
ASKED = {
    "accounts:entity-list": "?q=mairie",
    "calls:call-list": "?page=999",
    "calls:desk": "?page=999",
    "calls:team-call-list": "?page=999",
    "committees:grid-list": "?page=999",
    "committees:deliberation-list": "?page=999",
    "committees:results": "?page=999",
    "committees:round": "?page=999",
    "committees:sitting-list": "?page=999",
    "committees:method": "?page=999",
    "committees:interest-report": "?page=999",
}


def test_every_list_can_be_made_longer():
    assert {"without grower": set(LISTS) - set(GROWERS), "gone": set(GROWERS) - set(LISTS)} == {
        "without grower": set(),
        "gone": set(),
    }


@pytest.mark.parametrize("name", sorted(set(LISTS) & set(GROWERS)))
def test_a_longer_list_asks_no_more_questions(name, world, walkers):
    row, grow = LISTS[name], GROWERS[name]
    path = world.path_of(row) + ASKED.get(name, "")
    asked = {role: [] for role in voices(row.reads)}
    sizes = {role: [] for role in asked}
    for more in [1, 2, 27]:
        for _ in range(more):
            grow(world)
        for role in asked:
            walkers[role].ask("get", path) if more == 1 else None  # warms what is kept
            response, _tables, queries = walkers[role].ask("get", path)
            assert response.status_code == 200
            asked[role].append(queries)
            sizes[role].append(len(response.content))

    assert any(max(seen) - min(seen) > 300 for seen in sizes.values()), f"same length: {sizes}"
    assert {role: counts for role, counts in asked.items() if len(set(counts)) > 1} == {}
