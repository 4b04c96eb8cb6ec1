"""The benchmarks run to their end at tiny sizes; their figures are for `make bench` to tell."""

import pytest
from django.conf import settings

from incubator.benchmarks import autosave, deadline
from incubator.benchmarks.crowd import Sent, pace


@pytest.fixture(autouse=True)
def own_database(monkeypatch):
    """The portals that they start have databases of their own, on the server of the tests."""
    given = settings.DATABASES["default"]
    address = f"postgres://{given['USER']}:{given['PASSWORD']}@/{given['HOST']}/postgres"
    if not given["HOST"].startswith("/"):
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/postgres".format(**given)
    monkeypatch.setenv("DATABASE_URL", address)


def test_every_deposit_of_a_rush_is_stored_once_or_refused_with_its_text():
    figures = deadline.run(drafts=24, clients=8)

    assert figures["acknowledged"] + figures["refused"] == 24
    assert figures["stored"] == figures["acknowledged"]
    assert figures["refused_text_kept"] == figures["refused"]
    names = ["lost", "doubled", "late_accepted", "refused_yet_stored", "errors"]
    assert {name: figures[name] for name in names} == dict.fromkeys(names, 0)


def test_every_text_that_is_acknowledged_is_the_one_that_is_stored():
    figures = autosave.run(drafts=3, clients=3, saves=9, alone=4)

    assert (figures["saves"], figures["acknowledged"]) == (13, 13)
    assert (figures["lost"], figures["errors"]) == (0, 0)


def test_a_pace_is_a_count_a_median_and_a_tail():
    sent = [Sent(1, 200, "", float(number)) for number in range(1, 101)]

    assert pace(sent, 10) == {"per_second": 10.0, "p50_ms": 50.5, "p95_ms": 95.9}
