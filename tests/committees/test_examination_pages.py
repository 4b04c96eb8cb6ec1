"""The pages of members: declare, accept, review, read the results."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from committees.models import Assignment, Declaration, Interest
from tests.committees.addresses import page, shown
from tests.factories import (
    AssignmentFactory,
)


def test_a_round_asks_to_declare_before_it_shows_its_dossiers(client, round, dossiers, member):
    response = client.get(round.get_absolute_url())

    assertContains(response, page("interests", round))
    assertNotContains(response, str(dossiers[0]))


def test_no_interest_is_declared_in_one_click(client, round, dossiers, member):
    response = client.post(page("interests", round), {"shown": shown(dossiers)}, follow=True)

    assertRedirects(response, round.get_absolute_url())
    assertContains(response, str(dossiers[0]))
    assert Declaration.objects.get().person == member
    assert not Interest.objects.exists()


def test_an_interest_is_declared_on_one_dossier_of_the_page(client, round, dossiers, member):
    first, second = dossiers
    data = {
        "shown": shown(dossiers),
        f"effect_{first.pk}": "exclusion",
        f"reason_{first.pk}": "Un cousin y travaille.",
        f"effect_{second.pk}": "none",
    }

    response = client.post(page("interests", round), data, follow=True)

    assertNotContains(response, f'href="{first.get_absolute_url()}"')
    assertContains(response, f'href="{second.get_absolute_url()}"')


def test_an_interest_without_a_reason_is_asked_for_it_and_nothing_is_lost(
    client, round, dossiers, member
):
    first, second = dossiers
    data = {
        "shown": shown(dossiers),
        f"effect_{first.pk}": "exclusion",
        f"effect_{second.pk}": "abstention",
        f"reason_{second.pk}": "J’ai travaillé avec elle.",
    }

    response = client.post(page("interests", round), data)

    assertContains(response, "Dites en quoi consiste le lien.", status_code=422)
    assertContains(response, "J’ai travaillé avec elle.", status_code=422)
    assert not Declaration.objects.exists()


def test_a_dossier_that_joined_meanwhile_is_shown_before_declaring(client, round, dossiers, member):
    data = {"shown": shown(dossiers[1:])}

    response = client.post(page("interests", round), data)

    assertContains(response, "La liste a changé", status_code=409)
    assertContains(response, str(dossiers[0]), status_code=409)


@pytest.mark.parametrize("keys", ["", "abc", "٣", "1,,2", "99999999999999999999999"])
def test_nonsense_declares_nothing(client, round, dossiers, member, keys):
    assert client.post(page("interests", round), {"shown": keys}).status_code == 409
    assert not Declaration.objects.exists()


def test_nothing_to_declare_says_so(client, round, member):
    assertContains(client.get(page("interests", round)), "rien à déclarer")


@pytest.fixture
def assignment(client):
    assignment = AssignmentFactory()
    client.force_login(assignment.seat.user)
    return assignment


def test_a_member_accepts_a_dossier_and_lands_on_its_sheet(client, assignment):
    response = client.post(page("assignment-acceptance", assignment.deliberation), follow=True)

    assertRedirects(response, page("review", assignment.deliberation))
    assertContains(response, "Votre fiche")


def test_a_second_click_on_acceptance_is_a_sentence(client, assignment):
    client.post(page("assignment-acceptance", assignment.deliberation))

    response = client.post(page("assignment-acceptance", assignment.deliberation))

    assertContains(response, "Vous avez déjà répondu", status_code=409)


def test_a_member_declines_with_a_reason(client, assignment):
    response = client.post(page("assignment-refusal", assignment.deliberation), {"reason": ""})
    assert response.status_code == 422

    client.post(page("assignment-refusal", assignment.deliberation), {"reason": "Absente."})

    assignment.refresh_from_db()
    assert assignment.status == Assignment.Status.DECLINED
