"""The benchmarks run to their end at tiny sizes; their figures are for `make bench` to tell."""

import pytest
from django.conf import settings

from incubator.benchmarks import autosave, deadline
from incubator.benchmarks.crowd import RushPortal, Sent, pace


@pytest.fixture
def portal(monkeypatch):
    """Served from a database of its own, on the server of the tests."""
    given = settings.DATABASES["default"]
    address = f"postgres://{given['USER']}:{given['PASSWORD']}@/{given['HOST']}/postgres"
    if not given["HOST"].startswith("/"):
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/postgres".format(**given)
    monkeypatch.setenv("DATABASE_URL", address)
    portal = RushPortal(24)
    portal.fill()
    portal.serve()
    yield portal
    portal.stop()


def test_what_is_acknowledged_is_stored_once_and_what_is_refused_keeps_its_text(portal):
    saved = autosave.measure(portal, clients=8, saves=24, alone=4)
    rush = deadline.measure(portal, clients=8)

    assert (saved["saves"], saved["acknowledged"]) == (28, 28)
    assert (saved["lost"], saved["errors"]) == (0, 0)
    assert rush["acknowledged"] + rush["refused"] == 24
    assert rush["stored"] == rush["acknowledged"]
    assert rush["refused_text_kept"] == rush["refused"]
    names = ["lost", "doubled", "late_accepted", "refused_yet_stored", "errors"]
    assert {name: rush[name] for name in names} == dict.fromkeys(names, 0)


def test_a_pace_is_a_count_a_median_and_a_tail():
    sent = [Sent(1, 200, "", float(number)) for number in range(1, 101)]

    assert pace(sent, 10) == {"per_second": 10.0, "p50_ms": 50.5, "p95_ms": 96.0}
