"""The pages of members: declare, accept, review, read the results."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from committees.models import Review
from tests.committees.addresses import page
from tests.factories import (
    AssignmentFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(review.assignment.seat.user)
    return review


def sheet(review, *levels, **fields):
    data = {"version": review.version, "comment": "", "feedback": ""} | fields
    for criterion, level in zip(review.grid.criteria.in_order(), levels, strict=False):
        chosen = level if level == "na" else criterion.levels.get(score=level).pk
        data |= {f"level_{criterion.pk}": chosen, f"justification_{criterion.pk}": "Vu."}
    return data


def test_the_sheet_shows_the_dossier_and_the_grid_side_by_side(client, review):
    response = client.get(review.get_absolute_url())

    assertContains(response, review.deliberation.snapshot.digest)
    assertContains(response, "Impact")
    assertContains(response, "jamais par l’équipe candidate")
    assertContains(response, "sans votre nom")


def test_a_draft_is_saved_incomplete_and_said_not_to_be_handed_in(client, review):
    data = sheet(review, 1, comment="Solide.", save="")

    response = client.post(review.get_absolute_url(), data, follow=True)

    assertContains(response, "Il n’est pas encore remis")
    assertContains(response, "Solide.")
    assert response.context["form"].initial["version"] == 1


def test_a_review_is_handed_in(client, review):
    data = sheet(review, 2, "na", hand_in="")

    response = client.post(review.get_absolute_url(), data, follow=True)

    assertRedirects(response, review.deliberation.get_absolute_url())
    review.refresh_from_db()
    assert review.status == Review.Status.HANDED_IN
    assertContains(response, "66,67 sur 100")


def test_what_is_missing_is_asked_at_its_field_and_nothing_is_lost(client, review):
    data = sheet(review, 3, comment="Solide.", hand_in="")
    data |= dict.fromkeys((key for key in data if key.startswith("justification")), "")

    response = client.post(review.get_absolute_url(), data)

    assertContains(response, "Justifiez le niveau", status_code=422)
    assertContains(response, "Choisissez un niveau", status_code=422)
    assertContains(response, "Solide.", status_code=422)


def test_an_older_window_sees_both_texts_and_may_then_replace(client, review):
    client.post(review.get_absolute_url(), sheet(review, comment="Première.", save=""))
    late = sheet(review, comment="Seconde.", save="")

    response = client.post(review.get_absolute_url(), late)

    assertContains(response, "Première.", status_code=409)
    assertContains(response, "Seconde.", status_code=409)
    assertContains(response, 'name="version" id="id_version" value="1"', status_code=409)
    client.post(review.get_absolute_url(), late | {"version": 1})
    review.refresh_from_db()
    assert review.comment == "Seconde."


def test_a_sheet_saved_as_one_types_answers_the_version_to_send_next(client, review):
    response = client.post(page("review-draft", review.deliberation), sheet(review, 1))

    assertContains(response, "pas encore remis")
    assertContains(response, 'value="1" hx-swap-oob="true"')
    late = client.post(page("review-draft", review.deliberation), sheet(review, 1))
    assertContains(late, "n’est pas enregistré", status_code=409)


def test_a_text_that_is_too_long_is_not_saved_and_stays_on_the_page(client, review):
    response = client.post(
        page("review-draft", review.deliberation), sheet(review, comment="x" * 5001)
    )
    assertContains(response, "n’est pas enregistré", status_code=422)

    response = client.post(review.get_absolute_url(), sheet(review, comment="x" * 5001, save=""))
    assertContains(response, "x" * 5001, status_code=422)


def test_after_the_hard_close_what_was_typed_stays_on_the_page(client):
    review = ReviewFactory(assignment__deliberation__round=RoundFactory(closed=True))
    client.force_login(review.assignment.seat.user)

    response = client.post(review.get_absolute_url(), sheet(review, 1, comment="Trop tard ?"))

    assertContains(response, "Trop tard ?", status_code=409)
    assertRedirects(client.get(review.get_absolute_url()), review.deliberation.get_absolute_url())


def test_nobody_opens_another_s_sheet(client):
    review = ReviewFactory()
    client.force_login(UserFactory(staff=True))

    assert client.get(review.get_absolute_url()).status_code == 404
    assert client.post(page("review-draft", review.deliberation)).status_code == 404


def test_the_reviews_of_others_appear_after_one_s_own(client, review):
    other = ReviewFactory(
        handed_in=True,
        comment="Entre nous.",
        assignment=AssignmentFactory(deliberation=review.deliberation, reviewed=True),
    )
    address = review.deliberation.get_absolute_url()
    results = page("results", review.deliberation.round)

    for url in (address, results):
        assertNotContains(client.get(url), "Entre nous.")
    assertNotContains(client.get(address), str(other.assignment.seat.user))
    client.post(review.get_absolute_url(), sheet(review, 1, 1, hand_in=""))

    assertContains(client.get(address), "Entre nous.")
    assertContains(client.get(results), str(review.deliberation))


def test_results_name_no_dossier_before_one_s_own_review(client, review):
    response = client.get(page("results", review.deliberation.round))

    assertNotContains(response, str(review.deliberation))
    assertContains(response, "1 dossier n’est pas montré")


def test_an_excluded_member_counts_and_finds_nothing(client):
    interest = InterestFactory(effect="exclusion")
    client.force_login(interest.person)
    round, title = interest.deliberation.round, str(interest.deliberation)

    for url in [
        round.get_absolute_url(),
        page("results", round),
        page("interests", round),
        round.committee.get_absolute_url(),
        reverse("committees:deliberation-list") + "?text=Alerte",
    ]:
        assertNotContains(client.get(url), title)
    assertNotContains(client.get(page("results", round)), "n’est pas montré")
    for name in ["deliberation", "interest", "review", "assignments", "assignment-refusal"]:
        assert client.get(page(name, interest.deliberation)).status_code == 404


def test_a_late_interest_closes_the_dossier_at_once(client, review):
    data = {"effect": "exclusion", "reason": "Un cousin y travaille."}

    response = client.post(page("interest", review.deliberation), data)

    assertRedirects(response, review.deliberation.round.get_absolute_url())
    assert client.get(review.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("query", ["text=sécheresse", "mine=awaited", "status=prepared", ""])
def test_the_list_of_dossiers_is_filtered(client, review, query):
    other = DeliberationFactory(
        round=review.deliberation.round, subject__title="Bornes", concluded=True
    )
    DeclarationFactory(person=review.assignment.seat.user, up_to=other)

    response = client.get(reverse("committees:deliberation-list") + f"?{query}")

    found = set(response.context["page"].object_list)
    assert found == ({review.deliberation} if query else {review.deliberation, other})


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("list", 5), ("round", 9), ("results", 11), ("interests", 7)]
)
def test_a_list_costs_the_same_for_one_or_three(
    client, count, name, queries, django_assert_num_queries
):
    round = RoundFactory()
    chair = SeatFactory(committee=round.committee, chair=True).user
    seat = SeatFactory(committee=round.committee)
    for _ in range(count):
        deliberation = DeliberationFactory(round=round)
        ReviewFactory(
            handed_in=True,
            assignment=AssignmentFactory(deliberation=deliberation, seat=seat, reviewed=True),
        )
    if name != "interests":
        DeclarationFactory(person=chair, up_to=deliberation)
    client.force_login(chair)
    url = reverse("committees:deliberation-list") if name == "list" else page(name, round)

    with django_assert_num_queries(queries):
        response = client.get(url)

    assertContains(response, "Alerte sécheresse")
