import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.models import FormRevision
from tests.factories import CallFactory, EntityFactory


ONE_PAGE = [{"kind": "long", "label": "Quel problème ?", "max_words": 400}]
LONGER = [*ONE_PAGE, {"kind": "long", "label": "Et ensuite ?", "max_words": 200}]
UNLIMITED = [{"kind": "long", "label": "Quel problème ?"}]


def page(name, call):
    return reverse(f"calls:{name}", args=[call.slug])


@pytest.mark.parametrize("sponsored", [True, False])
def test_a_challenge_has_a_service_that_proposes_it_and_only_a_challenge_has(sponsored):
    kind = "ideas" if sponsored else "challenges"
    sponsor = EntityFactory() if sponsored else None

    with (
        pytest.raises(IntegrityError, match="call_challenge_has_its_sponsor"),
        transaction.atomic(),
    ):
        CallFactory(kind=kind, sponsor=sponsor)


def test_a_challenge_says_who_proposes_it(client):
    call = CallFactory(kind="challenges", sponsor=EntityFactory(name="Préfecture du Gard"))

    response = client.get(page("call", call))

    assertContains(response, "Un défi proposé par Préfecture du Gard")


def test_a_challenge_without_its_service_is_said_on_the_form(client, staff):
    call = CallFactory(draft=True)
    form = client.get(page("team-call-edit", call)).context["form"]
    written = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in written.items() if value is not None}
    typed |= {name: f"{form[name].value():%Y-%m-%dT%H:%M}" for name in ["opens_at", "closes_at"]}

    refused = client.post(page("team-call-edit", call), typed | {"kind": "challenges"})
    EntityFactory(name="Préfecture du Gard")
    proposed = {"kind": "challenges", "sponsor": "Préfecture du Gard"}
    done = client.post(page("team-call-edit", call), typed | proposed)

    assertContains(refused, "Un défi est proposé par un service", status_code=422)
    assert done.status_code == 302
    call.refresh_from_db()
    assert (call.kind, str(call.sponsor)) == ("challenges", "Préfecture du Gard")


@pytest.mark.parametrize("questions", [LONGER, UNLIMITED])
def test_the_first_step_of_a_call_in_two_holds_in_a_page(questions, staff):
    call = CallFactory(draft=True, kind="two_step", questions=questions)

    with pytest.raises(Refused, match="tient en une page"):
        call.publish(by=staff)


def test_a_call_in_two_steps_says_what_follows_the_page(client, staff):
    call = CallFactory(draft=True, kind="two_step", questions=ONE_PAGE, months=3)
    call.publish(by=staff)

    response = client.get(page("call", call))

    assertContains(response, "Un appel en deux étapes")
    assertContains(response, "une investigation de 3 mois")
    assertNotContains(client.get(page("call", CallFactory())), "Un appel en deux étapes")


def test_a_new_version_of_its_form_holds_in_a_page_too(staff):
    call = CallFactory(kind="two_step", questions=ONE_PAGE)
    revision = FormRevision.prepare(call, by=staff)
    revision.add_question(by=staff, kind="long", label="Et ensuite ?", max_words=200)

    with pytest.raises(Refused, match="tient en une page"):
        revision.publish(by=staff)


def test_any_other_call_asks_as_much_as_it_likes(staff):
    call = CallFactory(draft=True, questions=LONGER)

    call.publish(by=staff)

    assert call.status == "published"
