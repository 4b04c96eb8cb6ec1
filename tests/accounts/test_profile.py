import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from tests.factories import EntityFactory, UserFactory


ANSWERS = {
    "first_name": "Zoé",
    "last_name": "Petit",
    "job_title": "Cheffe de bureau",
    "entity": "",
    "language": "fr",
}


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def save(client, **answers):
    return client.post(reverse("accounts:profile"), ANSWERS | answers)


def test_one_changes_ones_profile(client, user):
    service = EntityFactory(name="Bureau des nappes")

    response = save(client, entity="bureau des nappes")

    assertRedirects(response, reverse("accounts:profile"))
    user.refresh_from_db()
    assert (str(user), user.job_title, user.entity) == ("Zoé Petit", "Cheffe de bureau", service)


def test_the_language_of_the_profile_becomes_that_of_the_pages(client, user):
    response = save(client, language="en")

    user.refresh_from_db()
    assert user.language == "en"
    assertContains(client.get(response["Location"]), '<html lang="en"')


def test_the_service_is_shown_as_it_will_be_read_back(client, user):
    user.entity = EntityFactory(name="Direction de l’eau", acronym="DE")
    user.save()

    response = client.get(reverse("accounts:profile"))

    assertContains(response, 'value="Direction de l’eau (DE)"')
    save(client, entity="Direction de l’eau (DE)")
    user.refresh_from_db()
    assert user.entity.acronym == "DE"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"first_name": ""}, "Ce champ est obligatoire."),
        ({"job_title": "x" * 121}, "120"),
        ({"entity": "Nulle part"}, "Aucun service ne porte ce nom."),
        ({"language": "tlh"}, "tlh"),
        ({"last_name": "deux\nlignes\x07"}, "caract"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, user, answers, sentence):
    response = save(client, **answers)

    assertContains(response, sentence, status_code=422)
    if "job_title" not in answers:
        assertContains(response, 'value="Cheffe de bureau"', status_code=422)
    assert User.objects.get().first_name == "Camille"


def test_nobody_changes_rights_or_address_through_the_profile(client, user):
    save(client, is_staff="on", is_superuser="on", email="autre@gouv.fr", is_active="")

    after = User.objects.get()
    assert (after.is_staff, after.is_superuser, after.is_active) == (False, False, True)
    assert after.email == user.email


def test_a_stranger_is_asked_who_he_is(client):
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_only_ones_own_profile_is_there(client, user):
    other = UserFactory(first_name="Autre")

    save(client, pk=other.pk, id=other.pk)

    other.refresh_from_db()
    assert other.first_name == "Autre"
