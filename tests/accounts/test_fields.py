import pytest
from django import forms
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.fields import MATCHES_SHOWN, EntityField
from tests.factories import EntityFactory


class ServiceForm(forms.Form):
    service = EntityField(label="Service")


class FreeForm(forms.Form):
    service = EntityField(label="Service", required=False)


@pytest.fixture
def tree():
    ministry = EntityFactory(name="Ministère de la Transition écologique", acronym="MTE")
    return {
        "ministry": ministry,
        "north": EntityFactory(name="Direction régionale", acronym="DREAL Nord", parent=ministry),
        "south": EntityFactory(name="Direction régionale du Sud", acronym="DREAL", parent=ministry),
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MTE", "ministry"),
        ("mte", "ministry"),
        ("  transition ecologique ", "ministry"),
        ("Ministère de la Transition écologique (MTE)", "ministry"),
        ("TRANSITION ÉCOLOGIQUE", "ministry"),
        ("dreal nord", "north"),
        ("DREAL", "south"),
        ("Direction régionale", "north"),
        ("regionale sud", "south"),
    ],
)
def test_a_service_is_found_by_name_or_acronym_whatever_the_accents(tree, typed, found):
    form = ServiceForm({"service": typed})

    assert form.is_valid()
    assert form.cleaned_data["service"] == tree[found]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Écrivez le nom ou le sigle du service."),
        ("   ", "Écrivez le nom ou le sigle du service."),
        ("zorglub", "Aucun service ne porte ce nom. Essayez son sigle, ou un seul mot de son nom."),
        ("\x00", "Écrivez le nom ou le sigle du service."),
        ("%", "Aucun service ne porte ce nom. Essayez son sigle, ou un seul mot de son nom."),
        ("regionale", "Plusieurs services portent ce nom\u00a0: choisissez le vôtre."),
    ],
)
def test_what_names_no_single_service_gets_a_sentence(tree, typed, sentence):
    form = ServiceForm({"service": typed})

    assert form.errors["service"] == [sentence]


def test_an_ambiguous_name_offers_its_services_with_what_is_above_them(tree):
    form = ServiceForm({"service": "regionale"})
    page = form.as_p()

    assert 'value="regionale"' in page
    for service in [tree["north"], tree["south"]]:
        assert f'name="service_choice" value="{service.pk}"' in page
    assert page.count("Ministère de la Transition écologique") == 2

    chosen = ServiceForm({"service": "regionale", "service_choice": str(tree["south"].pk)})

    assert chosen.is_valid()
    assert chosen.cleaned_data["service"] == tree["south"]


@pytest.mark.parametrize("choice", ["999999", "x", "", "-1", "9" * 50])
def test_a_choice_that_was_not_offered_is_no_choice(tree, choice):
    form = ServiceForm({"service": "regionale", "service_choice": choice})

    assert not form.is_valid()


def test_typing_something_else_forgets_the_choice(tree):
    form = ServiceForm({"service": "MTE", "service_choice": str(tree["south"].pk)})

    assert form.is_valid()
    assert form.cleaned_data["service"] == tree["ministry"]


def test_too_many_matches_ask_for_one_more_word():
    for n in range(MATCHES_SHOWN + 1):
        EntityFactory(name=f"Préfecture {n}")

    form = ServiceForm({"service": "préfecture"})

    assert form.errors["service"] == [
        "Trop de services portent ce nom\u00a0: ajoutez un mot, puis choisissez."
    ]
    assert form.as_p().count('type="radio"') == MATCHES_SHOWN


def test_a_service_may_be_left_out_where_it_is_not_required():
    form = FreeForm({"service": " "})

    assert form.is_valid()
    assert form.cleaned_data["service"] is None


@pytest.mark.parametrize("count", [2, 6])
def test_offering_more_services_costs_the_same(count, django_assert_num_queries):
    ministry = EntityFactory(name="Ministère")
    for n in range(count):
        EntityFactory(name=f"Bureau {n}", parent=ministry)

    with django_assert_num_queries(3):
        assert not ServiceForm({"service": "bureau"}).is_valid()


def test_a_hostile_name_is_text_in_the_picker():
    for n in range(2):
        EntityFactory(name=f'<img src=x onerror=alert({n})> "bureau"')

    page = ServiceForm({"service": '"bureau"'}).as_p()

    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_suggestions_are_ten_at_most_and_read_by_anyone(client):
    for n in range(12):
        EntityFactory(name=f"Préfecture {n:02} <b>")

    response = client.get(reverse("accounts:entity-list"), {"q": "prefect"})

    assert response.content.decode().count("<option") == 10
    assertContains(response, "&lt;b&gt;")


@pytest.mark.parametrize("q", ["", "p", " ", "\x00\x00", "x" * 5000, "%%%"])
def test_a_search_that_says_nothing_suggests_nothing(client, q):
    EntityFactory(name="Préfecture")

    response = client.get(reverse("accounts:entity-list"), {"q": q})

    assertNotContains(response, "<option")
