"""The pages of those who conduct a round: progress, calibration, results, its past."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from committees.models import Calibration
from tests.committees.council import Council
from tests.committees.test_permissions import interested, reviewing, seated
from tests.committees.test_review import answers, author
from tests.factories import (
    AssignmentFactory,
    CalibrationFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
)


def address(name, thing, **params):
    return reverse(f"committees:{name}", args=[thing.pk], query=params)


def test_progress_is_told_by_member_and_by_dossier(client):
    review = ReviewFactory(version=2)
    deliberation = review.deliberation
    AssignmentFactory(deliberation=deliberation, declined=True)
    reviewing(deliberation, handed_in=True)
    client.force_login(seated(deliberation, chair=True))

    response = client.get(address("round-progress", deliberation.round))

    asked = {"asked": 3, "accepted": 2, "written": 1, "handed_in": 1, "late": 0, "declined": 1}
    assert response.context["total"] == asked
    ((_dossier, counts),) = response.context["dossiers"]
    assert {name: counts[name] for name in asked} == asked
    written = {seat: counts["written"] for seat, counts in response.context["members"] if counts}
    assert written[review.assignment.seat] == 1


def test_progress_leaves_out_what_an_excluded_chair_may_not_know(client):
    review = ReviewFactory()
    chair = interested(review.deliberation, "exclusion", chair=True)
    client.force_login(chair)

    response = client.get(address("round-progress", review.deliberation.round))

    assert (response.context["total"]["asked"], response.context["dossiers"]) == (0, [])
    assert {counts for _seat, counts in response.context["members"]} == {None}


@pytest.mark.parametrize("named", [True, False])
def test_levels_are_compared_by_name_or_without(client, named):
    round = RoundFactory(authors_named=named)
    calibration = CalibrationFactory(deliberation__round=round)
    reviews = [ReviewFactory(assignment__deliberation=calibration.deliberation) for _ in "ab"]
    for review, levels in zip(reviews, [(1, 2), (3, None)], strict=True):
        review.hand_in(by=author(review), version=0, answers=answers(review, *levels))
    reader, fellow = [author(review) for review in reviews]
    client.force_login(reader)

    response = client.get(calibration.get_absolute_url())

    impact, _team = response.context["criteria"]
    other = str(fellow) if named else "un membre"
    assert (impact.gap, [people for _level, people in impact.levels]) == (
        2,
        [[], ["vous"], [], [other], []],
    )
    assert (str(fellow) in response.content.decode()) is named


def test_the_comparison_says_why_it_is_closed(client):
    calibration = CalibrationFactory()
    client.force_login(reviewing(calibration.deliberation))

    response = client.get(calibration.get_absolute_url())

    assertContains(response, "n’est pas encore ouverte à vous")
    assert (response.context["criteria"], response.context["progress"]) == ([], None)


def test_a_dossier_is_set_apart_compared_and_given_back_on_the_pages(client):
    deliberation = ReviewFactory(handed_in=True).deliberation
    reviewing(deliberation, handed_in=True)
    client.force_login(seated(deliberation, chair=True))

    assertContains(client.get(deliberation.get_absolute_url()), "dossier d’étalonnage")
    client.post(address("calibration-mark", deliberation))
    client.post(address("calibration-opening", deliberation))
    assert Calibration.objects.get().revealed_at
    client.post(address("calibration-end", deliberation))
    assert not Calibration.objects.exists()


@pytest.fixture
def chair(client):
    """In the chair of a round where marks are 90/40, 50/45 and not comparable."""
    round = RoundFactory()
    chair = SeatFactory(committee=round.committee, chair=True)
    client.force_login(chair.user)
    for title, marks in [("Divergent", [90, 40]), ("D’accord", [50, 45]), ("Sans note", [None])]:
        deliberation = DeliberationFactory(round=round, subject__title=title)
        for mark in marks:
            ReviewFactory(
                assignment__deliberation=deliberation,
                handed_in=True,
                score=mark,
                comparable=mark is not None,
                coverage=100 if mark else 20,
            )
        deliberation.weigh()
        DeclarationFactory(person=chair.user, up_to=deliberation)
    chair.round = round
    return chair


@pytest.mark.parametrize(
    ("opinions", "found"),
    [
        ("divergent", ["Divergent"]),
        ("not_comparable", ["Sans note"]),
        ("sensible", []),
        ("", ["Divergent", "D’accord", "Sans note"]),
    ],
)
def test_results_are_filtered_by_opinions(client, chair, opinions, found):
    response = client.get(address("results", chair.round, opinions=opinions))

    assert [str(row).partition(" (")[0] for row, _place in response.context["rows"]] == found


def test_a_wider_gap_may_be_borne(client, chair):
    chair.round.set_reading(
        by=chair.user, reading="after_mine", authors_named=True, divergence_points=51
    )

    assertNotContains(client.get(address("results", chair.round)), "avis divergents</span>")


def test_results_leave_as_a_file(client, chair):
    path = reverse("committees:results-file", args=[chair.round.pk, "csv"])
    rows = list(
        csv.reader(io.StringIO(client.get(path).content.decode("utf-8-sig")), delimiter=";")
    )
    book = load_workbook(io.BytesIO(client.get(path.replace("csv", "xlsx")).content))

    assert [row[0] for row in rows] == ["Rang", "1", "2", ""]
    assert rows[1][2:] == ["65.00", "", "", "100.00", "50.00", "2", "oui", "non", "en examen"]
    assert book.active.max_row == 4
    assert client.get(path.replace("csv", "ods")).status_code == 404


def test_a_file_holds_what_its_reader_may_read(client, chair):
    hidden = chair.round.deliberations.get(snapshot__title__startswith="Divergent")
    InterestFactory(deliberation=hidden, person=chair.user, effect="exclusion", seat=None)

    response = client.get(reverse("committees:results-file", args=[chair.round.pk, "csv"]))

    assertNotContains(response, "Divergent (")
    assertContains(response, "D’accord")


def test_the_state_of_a_round_is_shown_at_an_instant(client):
    review = ReviewFactory()
    review.hand_in(by=author(review), version=0, answers=answers(review, 3, None))
    client.force_login(seated(review.deliberation, chair=True))

    now = client.get(address("round-state", review.deliberation.round))
    before = client.get(address("round-state", review.deliberation.round, le="2020-01-01T10:00"))
    wrong = client.get(address("round-state", review.deliberation.round, le="hier"))

    ((row,),) = [now.context["rows"]]
    assert [(seat, then.score) for seat, then in row.reviews] == [(review.assignment.seat, 100)]
    assert (before.context["rows"], wrong.status_code) == ([], 422)


def test_the_state_of_a_round_tells_who_answered_a_contest_once_it_is_proclaimed(client):
    council = Council()
    contest, member = council.contest(), council.seats[1]
    council.file(contest, member, A=1, B=0, C=1)
    client.force_login(council.chair)
    where = address("round-state", council.room.deliberation.round)

    during = [row.contests for row in client.get(where).context["rows"]]
    council.finish(contest)
    after = [row.contests for row in client.get(where).context["rows"]]

    assert during == [[(contest, "ouvert", [])]] * 3
    told = [[(seat.pk, said) for seat, said in answers] for ((_c, _s, answers),) in after]
    assert told == [[(member.pk, said)] for said in ["approuvé", "non approuvé", "approuvé"]]


def test_an_excluded_chair_learns_nothing_of_the_past(client):
    review = ReviewFactory(handed_in=True)
    client.force_login(interested(review.deliberation, "exclusion", chair=True))

    response = client.get(address("round-state", review.deliberation.round))

    assert response.context["rows"] == []
