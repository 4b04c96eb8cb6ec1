import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Entity
from calls.funnel import funnel_of
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    EntityFactory,
    UserFactory,
)


def entity(name, parent=None, **fields):
    return Entity.found(name=name, parent=parent, **fields)


@pytest.fixture
def call():
    """A ready draft and a bare one in the Gard, a deposit at the ministry, none of the agency."""
    call = CallFactory()
    ministry, _agency = entity("Ministère"), entity("Agence")
    prefecture = entity("Préfecture du Gard", ministry, department="30")
    ApplicationFactory(call=call, entity=prefecture)
    ApplicationFactory(call=call, entity=prefecture, answers={"q1": "Un secret d’agent."})
    ApplicationFactory(call=call, entity=ministry, deposited=True)
    ApplicationFactory(call=call, blank=True)
    ApplicationFactory(call=call, entity=ministry, withdrawn=True)
    return call


def steps(lines):
    return {step.name: (step.begun, step.ready, step.deposited) for step in lines}


def test_each_application_counts_once_at_the_step_it_has_reached(call):
    funnel = funnel_of(call, UserFactory(staff=True))

    assert steps([funnel.whole]) == {"": (2, 1, 1)}
    assert steps(funnel.services) == {"": (1, 0, 0), "Ministère": (1, 1, 1)}
    assert steps(funnel.departments) == {"": (1, 0, 1), "30": (1, 1, 0)}
    assert "Agence" in funnel.silent and "Ministère" not in funnel.silent


def test_a_draft_without_the_signature_that_the_call_asks_is_not_ready():
    call = CallFactory(approval_required=True)
    ApplicationFactory(call=call)
    ApprovalFactory(application__call=call, approved=True)

    assert steps([funnel_of(call, UserFactory(staff=True)).whole]) == {"": (1, 1, 0)}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_funnel_costs_the_same_for_one_or_thirty(count, django_assert_num_queries):
    call = CallFactory()
    ApplicationFactory.create_batch(count, call=call)
    ApplicationFactory.create_batch(count, call=call, deposited=True)

    staff = UserFactory(staff=True)

    with django_assert_num_queries(5):
        funnel_of(call, staff)


def test_the_team_sees_numbers_and_not_a_word(client, call):
    client.force_login(UserFactory(staff=True))

    response = client.get(reverse("calls:team-call", args=[call.slug]))

    assertContains(response, "Rien encore de Agence")
    assertContains(response, "Complètes, pas encore déposées")
    assertNotContains(response, "Un secret d’agent.")
    assertNotContains(response, "Alerte sécheresse")


def test_a_call_that_nobody_answers_says_so(client):
    client.force_login(UserFactory(staff=True))
    EntityFactory()

    response = client.get(reverse("calls:team-call", args=[CallFactory().slug]))

    assertContains(response, "Personne n’a encore commencé.")
