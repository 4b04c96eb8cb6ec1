import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import Application, Call
from tests.calls.addresses import page, paris
from tests.calls.releasing import release
from tests.calls.test_results import decided
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    CommitteeFactory,
    GridFactory,
    RoundFactory,
    UserFactory,
)


@pytest.fixture
def written():
    return {
        "title": "Œuvrer ensemble",
        "summary": "Des idées.",
        "kind": "ideas",
        "eligibility": "Tous les agents.",
        "guidance": "",
        "contact": "fabrique@example.gouv.fr",
        "opens_at": paris(days=-1),
        "closes_at": paris(days=30),
        "grace_minutes": "30",
        "committee": CommitteeFactory().pk,
        "grid": GridFactory().pk,
        "promotion_starts_on": "",
        "months": "6",
    }


def test_a_call_is_prepared_asked_previewed_and_published(client, staff, written):
    response = client.post(page("team-call-new"), written)
    assertRedirects(response, page("team-call-questions", "oeuvrer-ensemble"))
    question = {"label": "Quel problème ?", "kind": "long", "required": "on", "max_words": "200"}
    client.post(page("question-new", "oeuvrer-ensemble"), question | {"help": "", "options": ""})
    assertContains(client.get(page("team-call-preview", "oeuvrer-ensemble")), "Quel problème")

    response = client.post(page("team-call-publication", "oeuvrer-ensemble"), follow=True)

    assertContains(response, "L’appel est publié.")
    call = Call.objects.get()
    assert (call.phase, call.grace_minutes, call.form.questions.count()) == ("open", 30, 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"closes_at": paris(days=-2)}, "La clôture doit suivre l’ouverture."),
        ({"title": ""}, "Ce champ est obligatoire."),
        ({"grace_minutes": "9999"}, "1440"),
        ({"contact": "nobody"}, "adresse"),
    ],
)
def test_a_bad_call_is_kept_on_the_page_with_its_sentence(client, staff, written, fields, sentence):
    response = client.post(page("team-call-new"), written | fields)

    assertContains(response, sentence, status_code=422)
    assertContains(response, "Tous les agents.", status_code=422)
    assert not Call.objects.exists()


def test_an_incomplete_call_is_not_published(client, staff):
    call = CallFactory(draft=True, grid=None)

    response = client.post(page("team-call-publication", call.slug))

    assertContains(response, "Choisissez la grille", status_code=409)


def test_questions_move_by_buttons(client, staff):
    call = CallFactory(draft=True)

    client.post(page("question-rank", call.slug, "q2"), {"up": "1"})
    client.post(page("question-rank", call.slug, "q2"), {"down": "1"})
    client.post(page("question-rank", call.slug, "q3"), {"up": "1"})

    assert [q.key for q in call.form.questions.in_order()] == ["q1", "q3", "q2"]


def test_a_choice_without_choices_is_said_at_its_field(client, staff):
    call = CallFactory(draft=True)
    data = {"label": "Lequel ?", "kind": "choice", "options": "Un seul", "help": ""}

    response = client.post(page("question-new", call.slug), data)

    assertContains(response, "Proposez au moins deux choix, un par ligne.", status_code=422)


def test_an_open_call_is_extended_and_never_shortened(client, staff):
    call = CallFactory()

    refused = client.post(page("team-call-extension", call.slug), {"closes_at": paris(days=2)})
    client.post(page("team-call-extension", call.slug), {"closes_at": paris(days=60)})

    assertContains(refused, "ne se raccourcit pas", status_code=409)
    closes_at = Call.objects.get().closes_at
    assert closes_at > call.closes_at


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_for_one_or_three(client, staff, count, django_assert_num_queries):
    ApplicationFactory.create_batch(count, deposited=True)
    client.get(page("desk"))

    with django_assert_num_queries(6):
        response = client.get(page("desk"))

    assert len(response.context["page"]) == count


def test_the_desk_is_filtered_and_never_shows_a_draft(client, staff):
    ApplicationFactory(title="Un brouillon")
    water = ApplicationFactory(deposited=True, title="Alerte sécheresse")
    ApplicationFactory(admissible=True, title="Guichet unique", call=CallFactory(title="Autre"))

    def titles(query=""):
        shown = client.get(f"{page('desk')}?{query}").context["page"]
        return sorted(application.title for application in shown)

    assert titles() == ["Alerte sécheresse", "Guichet unique"]
    assert titles("q=secheresses") == ["Alerte sécheresse"]
    assert titles("etat=admissible") == ["Guichet unique"]
    assert titles(f"appel={water.call.slug}") == ["Alerte sécheresse"]
    assert titles("appel=nowhere") == titles()
    assert titles("service=introuvable") == []


def test_an_application_is_admitted_or_dismissed_with_a_reason(client, staff):
    good, bad = ApplicationFactory.create_batch(2, deposited=True)

    client.post(page("admission", good.pk))
    empty = client.post(page("dismissal", bad.pk), {"reason": " "})
    client.post(page("dismissal", bad.pk), {"reason": "Hors du champ."})

    good.refresh_from_db(), bad.refresh_from_db()
    assert empty.status_code == 422
    assert (good.status, bad.status, bad.inadmissible_reason) == (
        "admissible",
        "inadmissible",
        "Hors du champ.",
    )


def test_dossiers_are_sent_to_the_committee_after_a_preview_with_their_count(client, staff):
    call = CallFactory()
    chosen = ApplicationFactory.create_batch(2, call=call, admissible=True)
    left = ApplicationFactory(call=call, admissible=True)
    round = RoundFactory(committee=call.committee)
    data = {"round": round.pk, "applications": [a.pk for a in chosen]}

    preview = client.post(page("referral", call.slug), data)
    assertContains(preview, "Envoyer 2 dossiers au comité")
    assert not Application.objects.filter(status="examined").exists()

    response = client.post(page("referral", call.slug), data | {"confirmed": "1"}, follow=True)

    assertContains(response, "2 dossiers transmis.")
    left.refresh_from_db()
    assert left.status == "admissible"
    assert Application.objects.filter(status="examined").count() == 2


def test_the_page_says_what_keeps_the_results_from_leaving(client, staff):
    application = decided(CallFactory(closed=True), "selected")
    ApplicationFactory(call=application.call, examined=True)

    response = client.get(page("results", application.call.slug))

    assertContains(response, "1 dossier attend encore une décision")
    assertNotContains(response, "Préparer l’envoi")


def test_the_team_sees_what_the_person_knows(client, staff):
    application = ApplicationFactory(declined=True)

    response = client.get(page("team-application", application.pk))

    assertContains(response, "Ce que la personne sait")


def test_an_applicant_understands_the_decision_once_it_is_told(client):
    application = decided(CallFactory(closed=True), "selected")
    client.force_login(application.author)
    address = page("explanation", application.pk)

    assert client.get(address).status_code == 404
    release(application.call)
    response = client.get(address)

    assertContains(response, "Impact")
    assertContains(response, "Candidature retenue")


@pytest.mark.parametrize("name", ["team-call-list", "team-call-new", "desk"])
def test_the_team_s_pages_are_not_there_for_others(client, name):
    client.force_login(UserFactory())

    assert client.get(page(name)).status_code == 404
