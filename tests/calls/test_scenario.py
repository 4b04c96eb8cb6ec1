"""Scenarios of a promotion: kept as they were, and the list that people settle by hand."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.models import Scenario, Shortlist, ShortlistEntry
from calls.portfolio import Rules
from journal.models import Event
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CallFactory,
    CoachFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def call():
    return CallFactory(closed=True)


@pytest.fixture
def dossiers(call):
    """Four dossiers of the call, marked 90, 80, 70 and 60 by one member."""
    round = RoundFactory(committee=call.committee, closed=True)
    seat = SeatFactory(committee=call.committee)
    return [marked(call, round, seat, score) for score in [90, 80, 70, 60]]


def marked(call, round, seat, score):
    subject = ApplicationFactory(call=call, examined=True, title=f"Dossier à {score}")
    deliberation = DeliberationFactory(round=round, subject=subject)
    assignment = AssignmentFactory(deliberation=deliberation, seat=seat, reviewed=True)
    ReviewFactory(assignment=assignment, handed_in=True, score=score)
    deliberation.weigh()
    return subject


def keep(call, by, name="Les deux meilleurs", **rules):
    return Scenario.keep(call, by=by, name=name, basis="raw", rules=Rules(**{"places": 2} | rules))


def test_a_scenario_keeps_its_rules_its_seed_and_its_choice(call, dossiers, staff):
    scenario = keep(call, staff)

    assert scenario.kept == sorted(one.pk for one in dossiers[:2])
    assert Rules.read(scenario.rules) == Rules(places=2)
    assert [one["rank"] for one in scenario.considered] == [1, 2, 3, 4]
    assert (scenario.made_by, scenario.seed) == (staff, 1)
    assert [e.verb for e in Event.objects.about(call)] == ["scenario.kept"]


def test_it_is_refused_to_others_twice_under_a_name_and_without_a_mark(call, dossiers, staff):
    keep(call, staff)

    with pytest.raises(Refused, match="déjà ce nom"):
        keep(call, staff)
    with pytest.raises(Refused, match="ne conduisez pas"):
        keep(call, dossiers[0].author, "Autre")
    with pytest.raises(Refused, match="Aucun dossier noté"):
        keep(CallFactory(closed=True), staff)


def test_a_scenario_never_changes(call, dossiers, staff):
    keep(call, staff)

    with (
        pytest.raises(IntegrityError, match="calls_scenario is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE calls_scenario SET seed = 2")


def test_who_is_kept_away_reads_it_as_if_the_dossier_were_not(client, call, dossiers, staff):
    scenario, excluded = keep(call, staff), UserFactory(staff=True)
    hidden = dossiers[0]
    InterestFactory(
        deliberation=hidden.deliberation(), person=excluded, effect="exclusion", seat=None
    )
    client.force_login(excluded)

    candidates = scenario.candidates_for(excluded)

    assert scenario.kept_for(candidates) == {one.pk for one in dossiers[1:3]}
    assert [candidate.rank for candidate in candidates] == [1, 2, 3]
    for address in [scenario.get_absolute_url(), reverse("calls:portfolio", args=[call.slug])]:
        response = client.get(address)
        assertNotContains(response, hidden.title)
        assertContains(response, dossiers[1].title)


def test_a_list_is_settled_by_hand_with_a_reason_where_it_departs(call, dossiers, staff):
    scenario = keep(call, staff)
    first, second, third, _fourth = [one.pk for one in dossiers]
    ticked = {"kept": {first, third}, "by": staff}

    with pytest.raises(Refused, match="Dites pourquoi"):
        Shortlist.settle(scenario, reasons={third: "Seul de son territoire."}, **ticked)
    reasons = {second: "Service déjà servi.", third: "Seul de son territoire."}
    shortlist = Shortlist.settle(scenario, reasons=reasons, **ticked)

    kept = shortlist.entries.filter(kept=True).values_list("application", flat=True)
    assert sorted(kept) == sorted({first, third})
    assert Shortlist.objects.count() == 1
    assert {one.status for one in call.applications.all()} == {"examined"}
    with pytest.raises(Refused, match="ne conduisez pas"):
        Shortlist.settle(scenario, by=dossiers[0].author, kept=set(), reasons={})


def test_the_database_asks_for_the_reason_too(call, dossiers, staff):
    shortlist = Shortlist.settle(
        keep(call, staff), by=staff, kept={d.pk for d in dossiers[:2]}, reasons={}
    )
    other = ApplicationFactory(call=call)

    with (
        pytest.raises(IntegrityError, match="shortlistentry_departing_is_reasoned"),
        transaction.atomic(),
    ):
        ShortlistEntry.objects.create(
            shortlist=shortlist, application=other, kept=True, proposed=False
        )


def test_the_pages_show_scenarios_side_by_side_and_what_each_swap_costs(
    client, call, dossiers, staff
):
    client.force_login(staff)
    CoachFactory(project_limit=3)
    address = reverse("calls:portfolio", args=[call.slug])
    typed = {"basis": "raw", "places": 2, "projects_per_coach": 1, "developers_per_project": 1}

    client.post(address, typed | {"name": "Les deux meilleurs"})
    response = client.post(address, typed | {"name": "Avec un coach", "coaches": 1}, follow=True)

    assertContains(response, "Des places restent vides")
    assertContains(response, "coachs disponibles")
    response = client.get(address)
    assertContains(response, "<strong>dedans</strong>", count=3)
    assertContains(response, "1 coach a de la place. De quoi suivre 3 projets de plus")
    response = client.get(Scenario.objects.get(name="Les deux meilleurs").get_absolute_url())
    assertContains(response, "Faire entrer")
    assertContains(client.post(address, typed | {"name": ""}), "obligatoire", status_code=422)


def test_a_list_that_departs_without_a_reason_is_said_at_its_field(client, call, dossiers, staff):
    scenario = keep(call, staff)
    client.force_login(staff)
    ticked = {f"keep_{dossiers[0].pk}": "on", f"keep_{dossiers[2].pk}": "on"}

    response = client.post(scenario.get_absolute_url(), ticked)
    assertContains(response, "Dites pourquoi", status_code=422)
    why = {f"reason_{one.pk}": "Équilibre des territoires." for one in dossiers[1:3]}
    response = client.post(scenario.get_absolute_url(), ticked | why, follow=True)

    assertContains(response, "Équilibre des territoires.")
