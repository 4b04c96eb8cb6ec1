import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import Irritant
from tests.calls.addresses import page
from tests.factories import ApplicationFactory, IrritantFactory, SupportFactory, UserFactory


WORDS = {
    "title": "Deux saisies",
    "description": "Les congés.",
    "sufferers": "agents",
    "frequency": "weekly",
    "entity": "",
}


@pytest.fixture
def agent(client):
    agent = UserFactory()
    client.force_login(agent)
    return agent


def test_an_irritant_is_reported_in_one_page(client, agent):
    response = client.post(page("irritant-report"), WORDS)

    irritant = Irritant.objects.get()
    assertRedirects(response, irritant.get_absolute_url())
    assert (irritant.author, irritant.sufferers, irritant.frequency) == (agent, "agents", "weekly")


def test_who_suffers_and_how_often_are_asked(client, agent):
    response = client.post(page("irritant-report"), WORDS | {"sufferers": "", "frequency": ""})

    assertContains(response, "Deux saisies", status_code=422)
    assert set(response.context["form"].errors) == {"sufferers", "frequency"}


def test_a_user_of_the_service_needs_no_account(client):
    response = client.post(page("irritant-report"), WORDS | {"email": "usager@example.org"})

    assertRedirects(response, page("irritant-list"))
    irritant = Irritant.objects.get()
    assert (irritant.author, irritant.reporter_email) == (None, "usager@example.org")
    assertNotContains(client.get(page("irritant-list")), "<h2 class")
    assert client.get(irritant.get_absolute_url()).status_code == 404


def test_too_many_reports_of_one_network_are_put_off_and_their_text_is_kept(client, settings):
    """RELIABILITY A-47."""
    settings.ACCOUNT_RATE_LIMITS = {"report_irritant": "1/h/ip"}
    client.post(page("irritant-report"), WORDS)

    response = client.post(page("irritant-report"), WORDS | {"title": "Une autre attente"})

    assertContains(response, "Une autre attente", status_code=429)
    assert response["Retry-After"] == "3600"
    assert Irritant.objects.count() == 1


def test_an_agent_is_not_counted_with_her_network(client, settings, agent):
    settings.ACCOUNT_RATE_LIMITS = {"report_irritant": "1/h/ip"}

    for title in ["Deux saisies", "Un autre ennui"]:
        client.post(page("irritant-report"), WORDS | {"title": title, "anyway": "1"})

    assert Irritant.objects.count() == 2


def test_what_looks_alike_is_shown_before_it_is_reported_again(client, agent):
    IrritantFactory()
    data = WORDS | {"title": "La pénurie d’eau", "description": "La presse le dit d’abord."}

    assertContains(client.post(page("irritant-report"), data), "La pénurie d’eau s’apprend")
    assert Irritant.objects.count() == 1

    client.post(page("irritant-report"), data | {"anyway": "1"})
    assert Irritant.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [("penuries d'eau", True), ("SÉCHERESSES tardives", True), ("pénu", False), ("neige", False)],
)
def test_what_looks_alike_is_suggested_while_one_types(client, typed, found):
    IrritantFactory()

    response = client.get(page("irritant-suggestions"), {"title": typed})

    assert ("La pénurie d’eau s’apprend" in response.content.decode()) is found


def test_the_form_asks_for_suggestions_without_a_script_of_ours(client):
    response = client.get(page("irritant-report"))

    assertContains(response, f'hx-get="{page("irritant-suggestions")}"')


def test_me_too_by_a_button_and_back(client, agent):
    irritant = IrritantFactory()

    assertContains(client.post(page("support", irritant.pk), follow=True), "1 autre personne")
    response = client.post(page("support", irritant.pk), {"withdraw": "1"}, follow=True)
    assertContains(response, "0 autre personne dit")


def test_nobody_reads_who_reported_but_the_team(client):
    irritant = IrritantFactory(author__last_name="Deneuve")

    assertNotContains(client.get(irritant.get_absolute_url()), "Deneuve")
    client.force_login(UserFactory(staff=True))
    assertContains(client.get(irritant.get_absolute_url()), "Deneuve")


def test_an_address_left_without_account_is_shown_to_nobody(client, staff):
    irritant = IrritantFactory(outside=True)

    for address in [irritant.get_absolute_url(), page("irritant-board")]:
        assertNotContains(client.get(address), "usager@example.org")


def test_the_applications_drawn_from_an_irritant_are_shown_to_whom_may_see_them(client):
    application = ApplicationFactory(irritant=IrritantFactory(), title="Idée secrète")
    address = application.irritant.get_absolute_url()

    assertNotContains(client.get(address), "Idée secrète")
    client.force_login(application.author)
    assertContains(client.get(address), "Idée secrète")


def test_the_list_is_searched_sorted_and_filtered(client):
    IrritantFactory(theme="ecology")
    IrritantFactory(title="Deux saisies", description="Les congés.", closed=True)
    IrritantFactory(reported=True, title="À relire")

    def titles(query):
        return [i.title for i in client.get(f"{page('irritant-list')}?{query}").context["page"]]

    assert titles("q=saisie") == ["Deux saisies"]
    assert titles("tri=anciens")[-1] == "Deux saisies"
    assert titles("etat=closed") == ["Deux saisies"]
    assert titles("theme=ecology") == ["La pénurie d’eau s’apprend par la presse"]
    assert len(titles("etat=reported")) == 2
    client.force_login(UserFactory(staff=True))
    assert titles("etat=reported") == ["À relire"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_irritants_costs_the_same(client, count, django_assert_num_queries):
    IrritantFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get(page("irritant-list"))


def test_the_board_shows_first_what_awaits_the_team_and_counts(client, staff):
    SupportFactory(irritant__title="Partagé", irritant__theme="ecology")
    IrritantFactory(title="Peu partagé", theme="ecology")
    IrritantFactory(title="À relire", reported=True)

    response = client.get(page("irritant-board"))

    assert [i.title for i in response.context["page"]] == ["À relire", "Partagé", "Peu partagé"]
    counts = {value: count for value, _label, count in response.context["states"]}
    assert (counts["reported"], counts["published"]) == (1, 2)
    assert {v: n for v, _label, n in response.context["themes"] if n} == {"ecology": 2}


def test_the_team_takes_up_classifies_and_closes(client, staff):
    irritant = IrritantFactory()

    client.post(page("irritant-taking-up", irritant.pk))
    client.post(page("irritant-theme", irritant.pk), {"theme": "ecology"})
    empty = client.post(page("irritant-closing", irritant.pk), {"reason": " "})
    client.post(page("irritant-closing", irritant.pk), {"reason": "Une carte existe."})

    assert empty.status_code == 422
    assertContains(client.get(irritant.get_absolute_url()), "Une carte existe.")
    irritant.refresh_from_db()
    assert (irritant.status, irritant.theme) == ("closed", "ecology")


def test_two_irritants_are_merged_after_a_look_at_both(client, staff):
    survivor = IrritantFactory(title="La sécheresse s’apprend trop tard")
    merged = SupportFactory().irritant
    address = page("irritant-merge", merged.pk)

    asked = client.get(address)
    preview = client.post(address, {"into": survivor.pk})
    done = client.post(address, {"number": survivor.pk, "confirmed": "1"})

    assertContains(asked, "La sécheresse s’apprend trop tard")
    assertContains(preview, "Réunir ces deux irritants")
    assertRedirects(done, survivor.get_absolute_url())
    assertRedirects(client.get(merged.get_absolute_url()), survivor.get_absolute_url())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"number": ""}, "Choisissez un irritant, ou donnez son numéro."),
        ({"number": "999999"}, "Aucun autre irritant publié ne porte ce numéro."),
    ],
)
def test_a_merge_into_nothing_is_said_at_the_field(client, staff, data, sentence):
    response = client.post(page("irritant-merge", IrritantFactory().pk), data)

    assertContains(response, sentence, status_code=422)


def test_where_nothing_looks_alike_the_merge_asks_for_a_number_alone(client, staff):
    alone = IrritantFactory(title="Parapluies oubliés")

    response = client.get(page("irritant-merge", alone.pk))

    assert list(response.context["form"].fields) == ["number"]
    assertContains(response, "Numéro de l’irritant qui dit la même chose")
