"""Where the team asks for more, and where an applicant answers."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from base.calendar import today
from calls.duties import awaiting
from calls.models import Correction
from tests.calls.addresses import page
from tests.calls.deposits import LATTER, fresh
from tests.factories import ApplicationFactory, CorrectionFactory


def asked(**fields):
    week = f"{today() + timedelta(days=7):%Y-%m-%d}"
    return {"keys": ["q1"], "words": "Précisez pour qui.", "ends_on": week} | fields


def test_the_team_asks_from_the_page_of_the_application(client, staff):
    application = ApplicationFactory(deposited=True)
    address = page("correction-new", application.pk)
    assertContains(client.get(page("team-application", application.pk)), address)

    response = client.post(address, asked(), follow=True)

    assertContains(response, "Le complément est demandé")
    assertContains(response, "Précisez pour qui.")
    assert fresh(application).status == "in_correction"


@pytest.mark.parametrize(
    ("fields", "sentence", "status"),
    [
        ({"keys": []}, "Nommez au moins une question.", 422),
        ({"words": " "}, "Ce champ est obligatoire.", 422),
        ({"ends_on": "hier"}, "date", 422),
        ({"ends_on": f"{today():%Y-%m-%d}"}, "Laissez au moins jusqu’à demain.", 409),
    ],
)
def test_a_bad_request_is_kept_on_the_page(client, staff, fields, sentence, status):
    application = ApplicationFactory(deposited=True)

    response = client.post(page("correction-new", application.pk), asked(**fields))

    assertContains(response, sentence, status_code=status)
    assert not Correction.objects.exists()


def test_the_applicant_finds_it_answers_and_the_team_reads_what_changed(client, staff):
    application = ApplicationFactory()
    application.deposit(by=application.author)
    Correction.request(
        application,
        by=staff,
        keys=["q1"],
        words="Précisez pour qui.",
        ends_on=today() + timedelta(days=7),
    )
    client.force_login(application.author)

    assertContains(client.get(application.get_absolute_url()), "Un complément vous est demandé")
    writing = client.get(page("writing", application.pk))
    assertContains(writing, "Précisez pour qui.")
    assertContains(writing, 'name="q1"')
    assertNotContains(writing, 'name="q2"')
    client.post(page("writing", application.pk), {"q1": LATTER, "version_q1": "1"})
    assertContains(
        client.get(application.get_absolute_url()), "avec des modifications non déposées"
    )
    response = client.post(page("deposit", application.pk))

    assertRedirects(response, page("version", application.pk, 2))
    client.force_login(staff)
    changes = page("comparison", application.pk, 2)
    assertContains(client.get(page("team-application", application.pk)), changes)
    assertContains(client.get(changes), "<ins>")


def test_the_team_takes_it_back_by_a_button(client, staff):
    correction = CorrectionFactory()
    address = page("correction-cancelling", correction.pk)
    assertContains(client.get(page("team-application", correction.application_id)), address)

    assertContains(client.post(address, follow=True), "est annulée")

    assert client.post(address).status_code == 409


def test_it_awaits_the_applicant_until_its_date():
    correction = CorrectionFactory()

    (duty,) = awaiting(correction.application.author)

    assert (duty.title, duty.due_at) == (
        "Répondre à la demande de complément sur « Alerte sécheresse »",
        correction.ends_at,
    )
    assert awaiting(CorrectionFactory(overdue=True).application.author) == []


def test_what_is_not_asked_again_is_read_and_not_written(client):
    correction = CorrectionFactory()
    application = correction.application
    others = [q for q in application.questions if q.key not in correction.keys]
    client.force_login(application.author)

    response = client.get(page("writing", application.pk))

    assert others
    assertContains(response, "Déposé, sans changement possible.", count=len(others))
    assertNotContains(response, "joindre ou retirer des fichiers")
    for question in others:
        assertContains(response, f'data-given="{application.value_of(question.key)}"')
        assertNotContains(response, f'name="{question.key}"')
