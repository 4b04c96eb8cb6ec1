"""The team's desk: filters, columns, views, and what is done to many dossiers at once."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Entity
from base.lifecycle import Refused
from calls.filters import ApplicationFilter
from calls.models import Application, Classification, SavedView
from calls.stems import stems
from journal.models import Event
from tests.calls.addresses import page
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    ClassificationFactory,
    RoundFactory,
    SavedViewFactory,
    UserFactory,
)


def found(client, query):
    return {application.pk for application in client.get(f"{page('desk')}?{query}").context["page"]}


# What is found


def test_the_list_is_filtered_by_the_tree_of_services_and_the_department(client, staff):
    region = Entity.found(name="Préfecture de région")
    office = Entity.found(name="DDT du Nord", parent=region, department="59")
    inside = ApplicationFactory(deposited=True, entity=office)
    ApplicationFactory(deposited=True)

    assert found(client, "service=prefecture") == {inside.pk}
    assert found(client, "departement=59") == {inside.pk}
    assert found(client, "departement=62") == set()


def test_the_list_is_filtered_by_theme(client, staff):
    filed = ClassificationFactory().application
    other = ApplicationFactory(deposited=True)

    assert found(client, "theme=ecology") == {filed.pk}
    assert found(client, "theme=none") == {other.pk}


def test_how_a_dossier_is_filed_is_not_told_to_those_who_wrote_it(staff):
    application = ApplicationFactory(deposited=True)

    Classification.put(application, by=staff, theme="ecology")

    assert [e.verb for e in Event.objects.about(application)] == ["application.classified"]
    assert not application.told_events().exists()


def test_the_list_is_filtered_by_what_the_manager_answered(client, staff):
    traits = {
        "granted": {"approved": True},
        "requested": {},
        "refused": {"refused": True},
        "none": {"lapsed": True},
    }
    dossiers = {
        state: ApprovalFactory(application__deposited=True, **trait).application.pk
        for state, trait in traits.items()
    }

    assert {state: found(client, f"visa={state}") for state in dossiers} == {
        state: {pk} for state, pk in dossiers.items()
    }


@pytest.mark.parametrize(
    "words", ["secheresses", "SÉCHERESSE alerte", "l'alerte", "pénur", "penurie eau"]
)
def test_french_words_are_found_whatever_their_accents_and_endings(client, staff, words):
    wanted = ApplicationFactory(
        deposited=True, search_text=stems("Alerte sécheresse : les pénuries d’eau")
    )
    ApplicationFactory(deposited=True, search_text=stems("Deux bureaux"))

    assert found(client, f"q={words}") == {wanted.pk}


@pytest.mark.parametrize("words", ["eau", "bureau 'x' | y", "!!!", "a & !b", "\\", "l’", "½ _"])
def test_no_word_breaks_the_search(words):
    ApplicationFactory(deposited=True, search_text=stems("Deux bureaux"))

    list(Application.objects.search(words))


def test_a_word_inside_another_is_not_that_word():
    ApplicationFactory(deposited=True, search_text=stems("Deux bureaux"))

    assert not Application.objects.search("eau").exists()


def test_the_columns_are_chosen_in_the_address(client, staff):
    ClassificationFactory(theme="ecology")

    usual = client.get(page("desk")).context["columns"]
    response = client.get(f"{page('desk')}?col=visa&col=theme")

    assert [c.key for c in usual] == ["auteur", "service", "appel", "depose", "etat"]
    assert [c.key for c in response.context["columns"]] == ["theme", "visa"]
    assertContains(response, "<td>eau, climat et biodiversité</td>")


# Views


def test_a_view_is_kept_under_its_name_and_its_address_is_shared(client, staff):
    data = {"name": "À vérifier", "query": "etat=deposited&col=visa&page=3&x=1"}

    response = client.post(page("saved-view-new"), data)

    view = SavedView.objects.get()
    assert (view.person, view.query) == (staff, "etat=deposited&col=visa")
    assertRedirects(response, f"{page('desk')}?etat=deposited&col=visa")
    assertContains(client.get(page("desk")), "Retirer «\u00a0À vérifier\u00a0»")
    client.force_login(UserFactory(staff=True))
    assert client.get(view.get_absolute_url()).status_code == 200
    assertNotContains(client.get(page("desk")), "À vérifier")


def test_a_name_is_given_once(client, staff):
    SavedViewFactory(person=staff, name="À vérifier")

    response = client.post(page("saved-view-new"), {"name": "À vérifier", "query": ""})

    assertContains(response, "Vous avez déjà une vue de ce nom.", status_code=409)


def test_a_view_is_retired_by_who_kept_it(client, staff):
    view, other = SavedViewFactory(person=staff), SavedViewFactory()

    client.post(page("saved-view-removal", view.pk))

    assert list(SavedView.objects.all()) == [other]
    assert client.post(page("saved-view-removal", other.pk)).status_code == 404
    with pytest.raises(Refused):
        other.discard(by=staff)


def test_views_are_the_team_s_and_thirty_at_most(staff):
    with pytest.raises(Refused):
        SavedView.keep(by=UserFactory(), name="x", query="")
    SavedViewFactory.create_batch(30, person=staff)
    with pytest.raises(Refused, match="30"):
        SavedView.keep(by=staff, name="x", query="")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"name": " "}, "saved_view_has_a_name"), ({}, "saved_view_named_once_by_a_person")],
)
def test_the_database_refuses(fields, constraint):
    view = SavedViewFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SavedViewFactory(**{"person": view.person, "name": view.name} | fields)


def test_an_address_keeps_what_the_filter_knows():
    query = "etat=deposited&page=2&call__author=1&col=visa&col=etat&q=%C3%A9t%C3%A9"

    assert ApplicationFilter.address_of(query) == "etat=deposited&col=visa&col=etat&q=%C3%A9t%C3%A9"


# Many at once


def test_dossiers_are_chosen_previewed_and_admitted(client, staff):
    ready = [application.pk for application in ApplicationFactory.create_batch(2, deposited=True)]
    done = ApplicationFactory(examined=True)
    chosen = {"dossiers": [*ready, done.pk]}

    first = client.post(page("selection"), chosen)
    preview = client.post(page("selection"), chosen | {"action": "admit"})
    last = client.post(
        page("selection"), {"dossiers": ready, "action": "admit", "confirmed": "1"}, follow=True
    )

    assertContains(first, "3 dossiers choisis")
    assertContains(preview, "2 dossiers concernés")
    assertContains(preview, "1 dossier n’est pas concerné")
    assertContains(last, "Fait pour 2 dossiers.")
    assert Event.objects.filter(verb="application.admitted").count() == 2


def test_a_refused_dossier_is_named_with_its_sentence_and_stops_no_other(client, staff):
    own = ApplicationFactory(deposited=True, author=staff, title="La mienne")
    other = ApplicationFactory(deposited=True)
    chosen = {"dossiers": [own.pk, other.pk], "action": "admit", "confirmed": "1"}

    response = client.post(page("selection"), chosen)

    assertContains(response, "La mienne", status_code=409)
    assertContains(response, "n’est pas, ou n’est plus, à décider", status_code=409)
    other.refresh_from_db()
    assert other.status == "admissible"


def test_all_those_of_the_filters_in_force_are_chosen_at_once(client, staff):
    ApplicationFactory.create_batch(2, deposited=True)
    ApplicationFactory(admissible=True)

    response = client.post(page("selection"), {"everything": "1", "query": "etat=deposited"})

    assertContains(response, "2 dossiers choisis")


def test_dossiers_are_sent_to_the_committee_together(client, staff):
    call = CallFactory(closed=True)
    applications = ApplicationFactory.create_batch(2, admissible=True, call=call)
    round = RoundFactory(committee=call.committee, grid=call.grid)
    chosen = {"dossiers": [a.pk for a in applications], "action": "send"}

    missing = client.post(page("selection"), chosen)
    preview = client.post(page("selection"), chosen | {"round": round.pk})
    client.post(page("selection"), chosen | {"round": round.pk, "confirmed": "1"})

    assertContains(missing, "Choisissez le tour d’examen.", status_code=422)
    assertContains(preview, "2 dossiers concernés")
    assert set(Application.objects.values_list("status", flat=True)) == {"examined"}


def test_dossiers_are_filed_under_a_theme_and_under_another(client, staff):
    application = ApplicationFactory(deposited=True)
    chosen = {"dossiers": [application.pk], "action": "classify", "confirmed": "1"}

    missing = client.post(page("selection"), chosen)
    for theme in ["ecology", "health"]:
        client.post(page("selection"), chosen | {"theme": theme})

    assertContains(missing, "Choisissez un thème.", status_code=422)
    assert Classification.objects.get().theme == "health"


def test_only_the_team_files_what_was_deposited(staff):
    with pytest.raises(Refused):
        Classification.put(ApplicationFactory(deposited=True), by=UserFactory(), theme="ecology")
    with pytest.raises(Refused):
        Classification.put(ApplicationFactory(), by=staff, theme="ecology")
    with pytest.raises(Refused):
        Classification.put(ApplicationFactory(deposited=True), by=staff, theme="astrology")


@pytest.mark.parametrize("keys", [[], ["x"], ["-1"], ["9" * 30], ["²"]])
def test_nothing_chosen_says_what_to_do(client, staff, keys):
    response = client.post(page("selection"), {"dossiers": keys})

    assertContains(response, "Aucun dossier choisi")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_desk_costs_the_same(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        approval = ApprovalFactory(application__deposited=True, approved=True)
        ClassificationFactory(application=approval.application)
    client.get(page("desk"))

    with django_assert_num_queries(6):
        client.get(f"{page('desk')}?col=visa&col=theme&col=irritant&col=service&col=auteur")
