"""The benchmarks run to their end at tiny sizes; their figures are for `make bench` to tell."""

import pytest
from django.conf import settings
from django.core.management import CommandError

from committees.staffing import Dossier, Member, Staffing
from devtools import template
from incubator.benchmarks import assignment, autosave, committee, deadline, live_vote, ranking
from incubator.benchmarks.crowd import RushPortal, Sent, pace
from incubator.benchmarks.sizes import Visit
from incubator.management.commands import bench


@pytest.fixture(scope="module")
def portal():
    """Served from a database of its own, on the server of the tests."""
    given = settings.DATABASES["default"]
    address = f"postgres://{given['USER']}:{given['PASSWORD']}@/{given['HOST']}/postgres"
    if not given["HOST"].startswith("/"):
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/postgres".format(**given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        portal = RushPortal(24)
    portal.template = template.ready() or portal.template
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


def test_fifty_clicks_are_one_vote_and_none_is_lost(portal):
    hall = live_vote.VotePortal(6)
    hall.name, hall.environment, hall.port = portal.name, portal.environment, portal.port
    hall.gather()

    figures = live_vote.measure(hall, clicks=10, seconds=1)

    assert (figures["recorded"], figures["simultaneous_acknowledged"]) == (1, 10)
    assert (figures["acknowledged"], figures["lost"], figures["errors"]) == (6, 0, 0)


def test_a_pace_is_a_count_a_median_and_a_tail():
    sent = [Sent(1, 200, "", float(number)) for number in range(1, 101)]

    assert pace(sent, 10) == {"per_second": 10.0, "p50_ms": 50.5, "p95_ms": 96.0}


@pytest.mark.parametrize(("queries", "unequal"), [(12, []), (13, ["queue"])])
def test_a_page_that_asks_more_queries_where_there_is_more_is_told(queries, unequal):
    asked = {500: 12, 10_000: queries}
    visits = {
        (page[1:], size): [Visit(20.0, 0, asked[size] if page[0] == "queue" else 9, 100)] * 3
        for page in committee.PAGES
        for size in asked
    }
    visits[committee.PAGES[0][1:], 500].append(Visit(60.0, 0, 15, 100))  # a worker's first

    assert committee.compared(visits, [500, 10_000])["unequal"] == unequal


def test_a_benchmark_fails_once_a_page_asks_more_queries():
    with pytest.raises(CommandError, match="at both sizes: queue, review"):
        bench.check({"unequal": ["queue", "review"]})

    bench.check({"unequal": []})
    bench.check({"seconds": 1})


def test_an_assignment_breaks_no_rule_and_is_the_same_again():
    figures = assignment.measure(60, 12)

    assert figures["pairs"] + figures["unstaffable"] >= 180
    assert (figures["violations"], figures["identical_rerun"]) == (0, True)
    assert figures["loads"][1] <= 60 * 3 / 12 * 1.1 + 1


def test_what_an_assignment_breaks_is_counted_from_its_pairs_alone():
    dossier = Dossier(1, 2, away=frozenset({0}), insiders=frozenset({0, 1}), experts=frozenset({2}))
    plan = Staffing(pairs=[(1, 0), (1, 1), (1, 1)])
    members = [Member(0, limit=5), Member(1, limit=1), Member(2, limit=5)]

    assert assignment.violations([dossier], members, plan) == [
        "1 above their maximum",
        "1: twice",
        "1: an interest",
        "1: insiders only",
        "1: no expertise",
    ]


def test_a_ranking_is_the_same_again_and_finds_who_is_severe():
    figures = ranking.measure(90, 12)

    assert (figures["reviews"], figures["ranked"], figures["identical_rerun"]) == (270, 90, True)
    assert figures["mean_error_of_leanings"] < 2
