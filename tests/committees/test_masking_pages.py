import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from committees.models import Masking
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    EntityFactory,
    RoundFactory,
    UserFactory,
)


@pytest.fixture
def masking():
    application = ApplicationFactory(
        call=CallFactory(questions=[{"kind": "long", "label": "Quel problème ?"}]),
        author=UserFactory(first_name="Lou", last_name="Canari"),
        entity=EntityFactory(acronym="CANARIS"),
        admissible=True,
        answers={"q1": "Avec Lou Canari des CANARIS (06 12 34 56 78)."},
    )
    team = UserFactory(staff=True)
    return application.examine(by=team, round=RoundFactory(blind=True)).masking


@pytest.fixture
def address(client, masking):
    team = UserFactory(staff=True)
    client.force_login(team)
    return reverse("committees:masking", args=[masking.deliberation_id])


def test_what_may_tell_is_marked_with_its_reason(client, address):
    page = client.get(address)

    assertContains(page, "CANARIS<span")
    assertContains(page, "« Lou Canari » (personne liée au dossier)")


def test_what_is_ticked_or_typed_is_masked(client, address):
    response = client.post(address, {"found": ["CANARIS", "Lou Canari"], "others": "Avec\n"})

    assert (response.status_code, Masking.objects.get().passages) == (
        302,
        ["CANARIS", "Lou Canari", "Avec"],
    )
    assertContains(client.get(address), "[masqué] [masqué] des [masqué] (<mark")


def test_a_passage_that_is_not_there_is_told_at_its_field(client, address):
    response = client.post(address, {"others": "Personne d’autre"})

    assertContains(response, "« Personne d’autre » n’est pas dans le dossier", status_code=422)


def test_once_approved_the_page_offers_nothing_more(client, address, masking):
    client.post(reverse("committees:masking-approval", args=[masking.deliberation_id]))

    page = client.get(address)
    assertContains(page, "Version vérifiée")
    assertNotContains(page, "Refaire la version masquée")


def test_the_page_of_the_round_says_what_is_to_check(client, address, masking):
    page = client.get(masking.deliberation.round.get_absolute_url())

    assertContains(page, "Vérifiez les versions masquées")
