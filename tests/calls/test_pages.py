import icalendar
import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AllowedDomain
from base.calendar import today
from calls.models import Approval
from notifications.models import Message
from tests.calls.addresses import page
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    UserFactory,
)


@pytest.fixture
def agent(client):
    agent = UserFactory()
    client.force_login(agent)
    return agent


# Calls


def test_a_stranger_reads_the_call_its_rule_and_its_clock(client):
    call = CallFactory()

    response = client.get(call.get_absolute_url())

    for words in ["Tous les agents publics.", "Quel problème voulez-vous résoudre", "67 %"]:
        assertContains(response, words)
    assertContains(response, "data-countdown")


def test_drafts_are_on_nobody_s_list(client):
    draft = CallFactory(draft=True, title="En préparation")

    assertNotContains(client.get(page("call-list")), "En préparation")
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_open_calls_come_first_and_the_archived_leave_the_list(client):
    CallFactory(archived=True, title="D archivé")
    CallFactory(closed=True, title="C clos")
    CallFactory(upcoming=True, title="B à venir")
    CallFactory(title="A ouvert")

    shown = client.get(page("call-list")).context["page"]

    assert [call.title for call in shown] == ["A ouvert", "B à venir", "C clos"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_calls_costs_the_same(client, count, django_assert_num_queries):
    CallFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get(page("call-list"))


def test_the_dates_go_into_any_calendar_under_names_that_stay(client):
    call = CallFactory()
    before = icalendar.Calendar.from_ical(client.get(page("call-calendar", call.slug)).content)

    call.extend(
        by=UserFactory(staff=True), closes_at=call.closes_at + (call.closes_at - call.opens_at)
    )
    after = icalendar.Calendar.from_ical(client.get(page("call-calendar", call.slug)).content)

    closings = [calendar.walk("VEVENT")[1] for calendar in (before, after)]
    assert closings[0]["UID"] == closings[1]["UID"]
    assert [int(event["SEQUENCE"]) for event in closings] == [0, 1]
    assert closings[1]["DTSTART"].dt == call.closes_at.replace(microsecond=0)


# The manager's approval


@pytest.fixture
def plan():
    AllowedDomain.objects.get_or_create(domain="gouv.fr")
    return {
        "manager_name": "Claude Martin",
        "manager_email": "Claude.Martin@example.gouv.fr",
        "share_of_time": 50,
        "starts_on": f"{today():%Y-%m-%d}",
        "months": 6,
        "conditions": "",
    }


def test_the_applicant_asks_and_the_manager_signs_without_an_account(client, agent, plan):
    application = ApplicationFactory(author=agent)

    client.post(page("approval-request", application.pk), plan)
    address = Message.objects.get().url
    client.logout()
    response = client.get(address)
    form = response.context["form"]
    assert application.approval().status == "requested"
    client.post(address, {"status": "approved", "plan_digest": form["plan_digest"].value()})

    assert application.approval().status == "approved"
    assertContains(client.get(address), "Votre réponse est enregistrée")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"share_of_time": "200"}, 422),
        ({"starts_on": "31/02/2027"}, 422),
        ({"manager_email": "claude@elsewhere.example"}, 409),
    ],
)
def test_a_bad_plan_is_kept_on_the_page(client, agent, plan, fields, status):
    application = ApplicationFactory(author=agent)

    response = client.post(page("approval-request", application.pk), plan | fields)

    assertContains(response, "Claude Martin", status_code=status)
    assert not Approval.objects.exists()


def test_the_applicant_cannot_use_the_link(client, agent):
    approval = ApprovalFactory(application__author=agent, token="secret")
    form = {"status": "approved", "plan_digest": approval.plan_digest}

    assertContains(client.get(page("approval", "secret")), "votre propre mise à disposition")
    assertContains(client.post(page("approval", "secret"), form), "votre propre", status_code=409)


def test_a_refusal_needs_its_reason_at_its_field(client):
    approval = ApprovalFactory(token="secret")
    form = {"status": "refused", "words": "", "plan_digest": approval.plan_digest}

    response = client.post(page("approval", "secret"), form)

    assertContains(response, "le motif de votre refus", status_code=422)


def test_a_link_that_no_longer_serves_says_why(client):
    ApprovalFactory(token="old", lapsed=True)
    ApprovalFactory(token="late", expired=True)

    assertContains(client.get(page("approval", "old")), "Ce plan a changé")
    assertContains(client.get(page("approval", "late")), "Ce lien ne sert plus")
    assert client.get(page("approval", "unknown")).status_code == 404


def test_a_manager_with_an_account_answers_without_the_link(client, agent):
    approval = ApprovalFactory(manager_email=agent.email)
    form = {"status": "approved", "plan_digest": approval.plan_digest}

    assert client.post(page("approval-direct", approval.pk), form).status_code == 302

    approval.refresh_from_db()
    assert (approval.status, approval.answered_by) == ("approved", agent)
