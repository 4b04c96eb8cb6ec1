"""A plan from a file, and the replacement of who gave a dossier back."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from base.lifecycle import Refused
from committees.models import Assignment, Plan
from tests.committees.addresses import page
from tests.factories import (
    AssignmentFactory,
    DeliberationFactory,
    InterestFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def round():
    return RoundFactory(reviews_wanted=1, max_load=2)


@pytest.fixture
def seat(round):
    return SeatFactory(committee=round.committee)


def number(deliberation):
    return deliberation.subject_id


def test_a_file_gives_a_plan_and_the_sentence_of_each_line_refused(round, team, seat):
    one, other, third, tied = DeliberationFactory.create_batch(4, round=round)
    InterestFactory(deliberation=tied, person=seat.user, seat=seat)
    email = seat.user.email.upper()
    lines = [
        "numéro;adresse",
        f"{number(one)};{email}",
        f"{number(one)};{email}",
        f"{number(tied)};{email}",
        f"{number(other)};personne@example.gouv.fr",
        f"999999;{email}",
        "",
        f"{number(other)}, {email}",
        f"{number(third)}\t{email}",
        "Bonjour",
    ]

    plan = Plan.read_from(round, by=team, text="\n".join(lines))

    assert {(p.deliberation, p.seat) for p in plan.pairs.all()} == {(one, seat), (other, seat)}
    assert plan.pairs.first().why == (
        "Choisi par qui conduit l’examen. Sans lien d’intérêt connu avec ce dossier."
    )
    refused = plan.refused_lines.order_by("number").values_list("number", "deliberation", "why")
    assert list(refused) == [
        (3, one.pk, "Cette paire est déjà dans le fichier."),
        (4, tied.pk, "Ce membre a un lien d’intérêt avec ce dossier, ou l’a déjà eu."),
        (5, other.pk, "Personne n’évalue dans ce comité sous cette adresse."),
        (6, None, "Aucun dossier que vous puissiez confier n’a ce numéro dans ce tour."),
        (9, third.pk, "Ce membre aurait plus de dossiers que son maximum."),
        (10, None, "Il faut un numéro de dossier, puis l’adresse d’un membre."),
    ]
    plan.apply(by=team)
    assert Assignment.objects.filter(seat=seat).count() == 2


def test_a_dossier_that_one_may_not_see_is_as_if_it_were_not_there(round, seat):
    hidden = DeliberationFactory(round=round)
    kept_away = UserFactory(staff=True)
    InterestFactory(deliberation=hidden, person=kept_away, effect="exclusion")

    for text in [f"{number(hidden)};{seat.user.email}", f"999999;{seat.user.email}"]:
        with pytest.raises(Refused, match="Aucun dossier que vous puissiez confier"):
            Plan.read_from(round, by=kept_away, text=text)


def test_a_file_may_entrust_more_than_what_is_wanted(round, team):
    deliberation = DeliberationFactory(round=round)
    seats = SeatFactory.create_batch(2, committee=round.committee)
    text = "\n".join(f"{number(deliberation)};{seat.user.email}" for seat in seats)

    Plan.read_from(round, by=team, text=text).apply(by=team)

    assert deliberation.assignments.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_spreadsheet_is_read_in_either_code(client, round, team, seat, encoding, tmp_path):
    deliberation = DeliberationFactory(round=round)
    client.force_login(team)
    path = tmp_path / "paires.csv"
    path.write_bytes(
        f"Numéro;Écrire à\r\n{number(deliberation)};{seat.user.email}".encode(encoding)
    )

    with path.open("rb") as file:
        response = client.post(page("plan-file", round), {"file": file})

    assert response.url == Plan.objects.get().get_absolute_url()
    assert Plan.objects.get().pairs.get().seat == seat


@pytest.mark.parametrize(
    ("lines", "status", "said"),
    [
        ("", 422, "Choisissez un fichier ou collez ses lignes."),
        ("42", 409, "Aucune ligne ne fait une paire."),
    ],
)
def test_a_file_without_a_pair_is_refused_and_kept_on_the_page(
    client, round, team, lines, status, said
):
    client.force_login(team)

    response = client.post(page("plan-file", round), {"lines": lines})

    assertContains(response, said, status_code=status)
    assertContains(response, lines, status_code=status)


def test_who_gave_a_dossier_back_is_replaced_in_one_click_by_who_fits_best(
    client, round, team, seat
):
    declined = AssignmentFactory(deliberation__round=round, declined=True)
    AssignmentFactory(deliberation=DeliberationFactory(round=round), seat=seat)
    free = SeatFactory(committee=round.committee)
    client.force_login(team)
    listed = client.get(page("assignments", declined.deliberation))
    assertContains(listed, f"Proposer à {free.user}")

    client.post(page("assignment-replacement", declined), {"seat": free.pk})

    proposed = declined.deliberation.assignments.exclude(pk=declined.pk).get()
    assert (proposed.seat, proposed.why) == (free, "Sans lien d’intérêt connu avec ce dossier.")


def test_a_replacement_that_is_no_longer_the_one_shown_is_refused(round, team, seat):
    declined = AssignmentFactory(deliberation__round=round, declined=True)
    other = SeatFactory(committee=round.committee, max_load=0)

    with pytest.raises(Refused, match="n’est plus la mieux placée"):
        declined.replace(by=team, seat=other.pk)
    with pytest.raises(Refused, match="n’est pas à remplacer"):
        AssignmentFactory(deliberation__round=round).replace(by=team, seat=seat.pk)
    with pytest.raises(Refused, match="n’est pas à remplacer"):
        declined.replace(by=seat.user, seat=seat.pk)


def test_a_member_says_their_wishes_on_the_page(client, round):
    deliberation = DeliberationFactory(round=round)
    member = SeatFactory(committee=round.committee, declared=deliberation)
    client.force_login(member.user)

    client.post(page("wishes", round), {f"wish_{deliberation.pk}": "wanted"})

    assert member.wishes.get().leaning == "wanted"
    assertContains(client.get(page("wishes", round)), f'id="id_wish_{deliberation.pk}_1" checked')
    assertContains(
        client.get(round.get_absolute_url()), reverse("committees:wishes", args=[round.pk])
    )


def test_the_team_says_what_a_seat_brings_on_its_page(client, team, seat):
    client.force_login(team)

    client.post(page("seat", seat), {"max_load": "3", "letter": "", "subjects": ["housing"]})

    seat.refresh_from_db()
    assert (seat.max_load, seat.expertises.get().subject) == (3, "housing")
