"""What the interests of a round amount to, of the dossiers that the reader may see alone."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from committees.interest_reading import RoundInterests, trials
from committees.models import Interest
from journal.models import Event
from tests.committees.addresses import page
from tests.committees.test_neutralisation import reviewed, step_aside
from tests.factories import (
    DeliberationFactory,
    EntityFactory,
    InterestFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def team():
    return UserFactory(staff=True)


@pytest.fixture
def seats(round):
    return SeatFactory.create_batch(3, committee=round.committee)


def tie(deliberation, seat, **traits):
    return InterestFactory(deliberation=deliberation, person=seat.user, seat=seat, **traits)


def test_what_nobody_justified_is_counted(round, dossiers, seats, team):
    tie(dossiers[0], seats[0], suspected=True)
    tie(dossiers[0], seats[1], origin=Interest.Origin.DETECTED)
    tie(dossiers[0], seats[2], origin=Interest.Origin.DETECTED, settled_reason="Son équipe.")
    tie(dossiers[1], seats[0], dismissed=True)
    tie(dossiers[1], seats[1])

    assert RoundInterests(round, team).unjustified() == {"open": 1, "unsaid": 1}


def test_who_is_out_of_more_than_half_of_the_dossiers_is_named(round, dossiers, seats, team):
    for deliberation in dossiers:
        tie(deliberation, seats[0])
    tie(dossiers[0], seats[1])

    assert RoundInterests(round, team).mostly_out() == [(seats[0], 2, 2)]


def test_the_voices_left_are_compared_with_the_quorum(round, dossiers, seats, team):
    for seat in seats[:2]:
        tie(dossiers[1], seat)
    tie(dossiers[0], seats[0])

    short = RoundInterests(round, team).short_of_voices()

    assert [(v.deliberation, v.left, v.needed, v.falls_short) for v in short] == [
        (dossiers[1], 1, 2, True),
        (dossiers[0], 2, 2, False),
    ]


def test_a_dossier_from_which_the_reader_is_kept_counts_nowhere(round, dossiers, seats, team):
    tie(dossiers[0], seats[0], suspected=True)
    tie(dossiers[0], seats[1])
    InterestFactory(deliberation=dossiers[0], person=team, seat=None, effect="exclusion")

    report = RoundInterests(round, team)

    assert report.unjustified() == {"open": 0, "unsaid": 0}
    assert (report.mostly_out(), report.short_of_voices()) == ([], [])


def test_the_report_says_all_of_it(client, round, dossiers, seats, team):
    for deliberation in dossiers:
        tie(deliberation, seats[0])
    client.force_login(team)

    response = client.get(page("interest-report", round))

    assertContains(response, "Membres écartés de plus de la moitié des dossiers")
    assertContains(response, "quorum possible", count=2)


def test_the_report_says_where_a_late_declaration_moved_a_dossier(client, round, team):
    deliberation, rival = DeliberationFactory.create_batch(2, round=round)
    first, _second = reviewed(deliberation, 100, 50)
    reviewed(rival, 70)
    step_aside(first)
    client.force_login(team)

    assertContains(client.get(page("interest-report", round)), "rang 1, puis rang 2")

    InterestFactory(deliberation=rival, person=team, seat=None, effect="exclusion")
    seen = client.get(page("interest-report", round))
    assertContains(seen, "évaluation neutralisée, rang inchangé")
    assertNotContains(seen, "rang 2")


def test_ties_are_looked_for_before_anybody_is_invited_and_nothing_is_kept(client, round, team):
    service = EntityFactory(name="Bureau")
    near, far = DeliberationFactory.create_batch(2, round=round)
    near.services.add(service)
    person = UserFactory(entity=service)
    SeatFactory(committee=round.committee)
    events = Event.objects.count()

    found = trials(round, person, [near, far])

    assert [(t.sentences, t.voices.left, t.voices.needed) for t in found] == [
        (["Travaille dans le même service\u00a0: Bureau."], 1, 1),
        ([], 2, 1),
    ]
    client.force_login(team)
    response = client.get(page("interest-trial", round), {"email": person.email})
    assertContains(response, "Travaille dans le même service\u00a0: Bureau.", count=1)
    assert (Interest.objects.count(), Event.objects.count()) == (0, events)


def test_a_trial_lists_no_dossier_from_which_the_reader_is_kept(client, round, dossiers, team):
    InterestFactory(deliberation=dossiers[0], person=team, seat=None, effect="exclusion")
    client.force_login(team)

    response = client.get(page("interest-trial", round), {"email": UserFactory().email})

    assertNotContains(response, dossiers[0].get_absolute_url())
    assertContains(response, dossiers[1].get_absolute_url())


def test_a_trial_of_nobody_known_says_so(client, team):
    client.force_login(team)

    response = client.get(page("interest-trial", RoundFactory()), {"email": "x@example.gouv.fr"})

    assertContains(response, "Aucun compte n’a cette adresse", status_code=422)
