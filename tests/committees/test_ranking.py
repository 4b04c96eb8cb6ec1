"""The results of a round with the severity of its members: MARKS is the vector of its model."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from committees.ranking import ranking_of
from tests.committees.addresses import page
from tests.committees.test_severity import MARKS
from tests.factories import (
    AssignmentFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
)
from tests.nets.walk import anonymised


@pytest.fixture
def round():
    return RoundFactory(closed=True)


def reviewed(round, marks):
    """The dossiers of a round, by name, reviewed by one member for each name of `marks`."""
    dossiers = {}
    for name, given in marks.items():
        seat = SeatFactory(committee=round.committee, user__first_name=f"Membre {name}")
        for dossier, mark in given.items():
            if dossier not in dossiers:
                dossiers[dossier] = DeliberationFactory(round=round)
            assignment = AssignmentFactory(deliberation=dossiers[dossier], seat=seat, reviewed=True)
            ReviewFactory(assignment=assignment, handed_in=True, score=mark * 10)
    for dossier in dossiers.values():
        dossier.weigh()
    return dossiers


def seated(round, client, **traits):
    seat = SeatFactory(committee=round.committee, **traits)
    DeclarationFactory(up_to=round.deliberations.last(), person=seat.user)
    client.force_login(seat.user)
    return seat.user


def test_raw_and_adjusted_ranks_stand_side_by_side(round):
    dossiers = reviewed(round, MARKS)

    ranking = ranking_of(round.deliberations.all())

    raw = {name: ranking.places[dossier.pk].rank for name, dossier in dossiers.items()}
    adjusted = {n: ranking.places[dossier.pk].adjusted_rank for n, dossier in dossiers.items()}
    assert raw == {"z": 1, "w": 2, "x": 3, "y": 4}
    assert sorted(adjusted, key=adjusted.get) == ["w", "x", "z", "y"]
    assert ranking.sensible == 3


def test_members_read_what_is_sensible_and_not_who_is_severe(client, round):
    reviewed(round, MARKS)
    seated(round, client)

    response = client.get(page("results", round))

    assertContains(response, "3 dossiers sont signalés « sensibles »")
    assertContains(response, "fr-badge--warning", count=3)
    assertNotContains(response, "Sévérité des membres")
    assertNotContains(response, "Membre B")


def test_the_chair_reads_who_is_severe(client, round):
    reviewed(round, MARKS)
    seated(round, client, chair=True)

    response = client.get(page("results", round))

    assertContains(response, "Sévérité des membres")
    text = response.content.decode()
    assert text.index("Membre A") < text.index("Membre C") < text.index("Membre B")


def test_without_dossiers_in_common_no_mark_is_adjusted(client, round):
    reviewed(round, {"A": {"x": 9}, "B": {"y": 4}})
    seated(round, client, chair=True)

    response = client.get(page("results", round))

    assertContains(response, "n’est pas calculée")
    assertNotContains(response, "Rang ajusté")


def test_what_one_may_not_read_moves_nothing_that_one_reads(client, round):
    """An excluded member learns nothing from the marks of others set right."""
    dossiers = reviewed(round, MARKS)
    person = seated(round, client)
    InterestFactory(deliberation=dossiers["z"], person=person, effect="exclusion")
    address = page("results", round)
    before = anonymised(client.get(address), address)

    ours = dossiers["z"].assignments.first().review
    ours.score = 0
    ours.save()
    dossiers["z"].weigh()

    assert anonymised(client.get(address), address) == before
