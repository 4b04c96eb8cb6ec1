from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.models import Call
from tests.calls.addresses import page, paris
from tests.factories import ApplicationFactory, CallFactory, CommitteeFactory
from tests.factories.sittings import SittingFactory


def typed(**fields):
    return {
        "title": "Toute l’année",
        "summary": "Des idées.",
        "kind": "rolling",
        "eligibility": "Tous les agents.",
        "contact": "fabrique@example.gouv.fr",
        "opens_at": paris(days=-1),
        "closes_at": "",
        "grace_minutes": "0",
        "months": "6",
    } | fields


def test_a_rolling_call_is_prepared_without_a_closing(client, staff):
    response = client.post(page("team-call-new"), typed())

    call = Call.objects.get()
    assertRedirects(response, page("team-call-questions", call.slug))
    assert (call.kind, call.closes_at) == ("rolling", None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"closes_at": paris(days=60)}, "Un appel permanent n’a pas de date de clôture"),
        ({"kind": "ideas"}, "Donnez la date de clôture"),
    ],
)
def test_a_closing_missing_or_given_in_vain_is_said_at_its_field(client, staff, fields, sentence):
    response = client.post(page("team-call-new"), typed(**fields))

    assert response.status_code == 422
    (said,) = response.context["form"].errors["closes_at"]
    assert said.startswith(sentence)
    assertContains(response, "Tous les agents.", status_code=422)
    assert not Call.objects.exists()


def test_a_draft_changes_from_one_kind_to_the_other(client, staff):
    call = CallFactory(draft=True)
    kept = {"committee": call.committee_id, "grid": call.grid_id}

    rolling = client.post(page("team-call-edit", call.slug), typed(**kept))
    call.refresh_from_db()
    between = (call.kind, call.closes_at)
    dated = typed(kind="ideas", closes_at=paris(days=60), **kept)
    back = client.post(page("team-call-edit", call.slug), dated)
    call.refresh_from_db()

    assert (rolling.status_code, back.status_code) == (302, 302)
    assert between == ("rolling", None)
    assert (call.kind, call.closes_at is None) == ("ideas", False)


def test_the_copy_of_a_rolling_call_asks_for_no_closing(client, staff):
    call = CallFactory(rolling=True)
    address = page("team-call-copy", call.slug)

    fields = client.get(address).context["form"].fields
    client.post(address, {"title": "Toute l’année", "opens_at": paris(days=1)})

    assert list(fields) == ["title", "opens_at"]
    assert Call.objects.get(title="Toute l’année").closes_at is None


def test_the_copy_of_any_other_call_asks_for_one(client, staff):
    address = page("team-call-copy", CallFactory().slug)

    response = client.post(address, {"title": "Promotion 7", "opens_at": paris(days=1)})

    assertContains(response, "Donnez la date de clôture", status_code=422)


def test_the_team_announces_the_closing_in_pages(client, staff):
    call = CallFactory(rolling=True)
    address = page("team-call-closing", call.slug)
    before = client.get(page("team-call", call.slug))

    refused = client.post(address, {"closes_at": paris(days=3)})
    done = client.post(address, {"closes_at": paris(days=45)}, follow=True)

    assertContains(before, address)
    assertContains(refused, "au moins 30 jours à l’avance", status_code=409)
    assertContains(refused, paris(days=3), status_code=409)
    assertContains(done, "La clôture est annoncée")
    assertContains(done, page("team-call-extension", call.slug))
    assertNotContains(done, address)
    assert client.get(address).status_code == 404


def test_personal_extensions_say_that_nobody_needs_one(client, staff):
    response = client.get(page("personal-extensions", CallFactory(rolling=True).slug))

    assertContains(response, "personne n’a besoin de plus de temps")


def test_the_public_page_says_when_the_committee_meets_next(client):
    committee = CommitteeFactory()
    call = CallFactory(rolling=True, committee=committee)
    before = client.get(page("call", call.slug))
    SittingFactory(committee=committee, meets_at=timezone.now() + timedelta(days=9))
    SittingFactory(meets_at=timezone.now() + timedelta(days=2))

    after = client.get(page("call", call.slug))

    assertContains(before, "Vous pouvez déposer à tout moment.")
    assertContains(before, "au moins 30 jours à l’avance")
    assertNotContains(before, "Prochaine séance")
    assertContains(after, "Prochaine séance prévue du comité")


def test_once_announced_the_closing_is_counted_down(client):
    call = CallFactory(ending=True)

    response = client.get(page("call", call.slug))

    assertContains(response, "data-countdown")
    assertNotContains(response, "à tout moment")


def test_what_is_deposited_says_until_when_it_may_change(client):
    draft = ApplicationFactory(call__rolling=True)
    client.force_login(draft.author)

    before = client.get(page("deposit", draft.pk))
    draft.deposit(by=draft.author)
    after = client.get(page("amendment", draft.pk))

    assertContains(before, "jusqu’à ce que l’équipe en vérifie la recevabilité")
    assertNotContains(before, "Dépôt automatique")
    assertContains(after, "Jusqu’à ce que l’équipe vérifie sa recevabilité")


def test_once_ended_its_page_says_that_answers_come_round_by_round(client, staff):
    call = CallFactory(ended=True)

    public, team = client.get(page("call", call.slug)), client.get(page("team-call", call.slug))

    assertContains(public, "Clos depuis le")
    assertContains(public, "examinés au fil des tours")
    assertNotContains(public, "À tout moment")
    for name in ["results", "team-call-extension", "team-call-archiving"]:
        assertContains(team, page(name, call.slug))


def test_the_list_says_when_one_may_deposit(client):
    CallFactory(rolling=True)

    response = client.get(page("call-list"))

    assertContains(response, "On y dépose à tout moment")
    assertNotContains(response, "Clôture")
