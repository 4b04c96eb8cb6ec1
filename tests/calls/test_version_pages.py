import pytest
from pytest_django.asserts import assertContains, assertNotContains

from calls.models import Call, FormRevision
from tests.calls.addresses import page
from tests.factories import ApplicationFactory, CallFactory


@pytest.fixture
def call():
    return CallFactory()


def test_the_team_prepares_compares_and_publishes_a_version_in_pages(client, staff, call):
    ApplicationFactory(call=call)

    response = client.post(page("form-version-new", call.slug), follow=True)
    assertContains(response, "1 brouillon la suivra")
    fields = {"label": "Pour quels usagers ?", "kind": "short", "required": "on", "help": ""}
    client.post(page("question", call.slug, "q2"), fields)
    compared = client.get(page("form-versions", call.slug))
    assertContains(compared, "Pour quels usagers ?")
    assertContains(compared, "<del>")
    published = client.post(page("form-version-publication", call.slug), follow=True)

    assertContains(published, "Préparer une nouvelle version")
    assert Call.objects.get().form.number == 2


def test_a_version_is_given_up_in_pages(client, staff, call):
    FormRevision.prepare(call, by=staff)

    response = client.post(page("form-version-removal", call.slug), follow=True)

    assertContains(response, "La version en préparation est abandonnée.")


@pytest.mark.parametrize("query", ["?avant=2&apres=1", "?avant=x&apres=99", ""])
def test_any_two_versions_may_be_compared(client, staff, call, query):
    FormRevision.prepare(call, by=staff).add_question(by=staff, kind="short", label="Où ?")

    response = client.get(page("form-versions", call.slug) + query)

    assertContains(response, "Où ?")


def test_the_time_to_fill_is_said_before_one_starts_and_to_the_team(client, staff):
    call = CallFactory(questions=[{"kind": "long", "label": "Pourquoi ?", "max_words": 400}])

    start = client.get(page("application-start", call.slug))
    team = client.get(page("team-call-questions", call.slug))

    assert call.form.minutes() == 25
    assertContains(start, "Comptez environ 25 minutes")
    assertContains(team, "environ 25 minutes à remplir")
    assertNotContains(team, "Version en préparation")
