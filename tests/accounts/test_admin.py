import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AllowedDomain, Entity, User
from tests.factories import EntityFactory, UserFactory


@pytest.fixture
def administrator(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", ["user", "entity", "alloweddomain"])
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_each_list_and_form_opens(client, administrator, model, page):
    EntityFactory(parent=EntityFactory())
    AllowedDomain.objects.create(domain="gouv.fr")

    response = client.get(reverse(f"admin:accounts_{model}_{page}"), {"q": ""})

    assert response.status_code == 200


@pytest.mark.parametrize("model", ["user", "entity", "alloweddomain"])
def test_each_list_is_searched(client, administrator, model):
    response = client.get(reverse(f"admin:accounts_{model}_changelist"), {"q": "rien <b>"})

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_of_services_costs_the_same(
    client, administrator, count, django_assert_num_queries
):
    ministry = EntityFactory()
    for _ in range(count):
        EntityFactory(parent=ministry)
    client.get(reverse("admin:accounts_entity_changelist"))

    with django_assert_num_queries(5):
        client.get(reverse("admin:accounts_entity_changelist"))


def test_no_hash_of_a_password_is_shown(client, administrator):
    user = UserFactory()
    user.set_password("un-mot-de-passe-solide")
    user.save()

    response = client.get(reverse("admin:accounts_user_change", args=[user.pk]))

    assertContains(response, user.email)
    assertNotContains(response, user.password.split("$")[-1])
    assertNotContains(response, "algorithm")


def test_a_service_added_there_has_its_place_in_the_tree(client, administrator):
    ministry = EntityFactory(name="Ministère")

    client.post(
        reverse("admin:accounts_entity_add"),
        {
            "name": "Préfecture",
            "acronym": "",
            "kind": "other",
            "department": "",
            "parent": ministry.pk,
        },
    )

    assert Entity.objects.search("prefecture").get().ancestors() == [ministry]


def test_a_service_moved_below_itself_is_refused_and_nothing_moves(client, administrator):
    ministry = EntityFactory(name="Ministère")
    office = EntityFactory(name="Bureau", parent=ministry)

    response = client.post(
        reverse("admin:accounts_entity_change", args=[ministry.pk]),
        {
            "name": "Ministère",
            "acronym": "",
            "kind": "other",
            "department": "",
            "parent": office.pk,
        },
    )

    assert response.status_code == 409
    ministry.refresh_from_db()
    assert ministry.parent is None


def test_an_account_is_never_deleted_there(client, administrator):
    user = UserFactory()

    response = client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_the_team_has_no_right_there_by_itself(client):
    client.force_login(UserFactory(staff=True))

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403


def test_an_address_is_kept_in_lower_case_or_refused_with_a_sentence(client, administrator):
    response = client.post(
        reverse("admin:accounts_user_add"),
        {
            "email": "Majuscule@GOUV.fr",
            "first_name": "A",
            "last_name": "B",
            "usable_password": "true",
            "password1": "un-mot-de-passe-solide",
            "password2": "un-mot-de-passe-solide",
        },
    )

    assertContains(response, "Écrivez l’adresse en minuscules.")


def test_no_secret_of_a_second_factor_is_shown(client, administrator):
    markup = client.get(reverse("admin:index")).content.decode()

    assert "/admin/mfa/" not in markup
    assert client.get("/admin/mfa/authenticator/").status_code == 404
