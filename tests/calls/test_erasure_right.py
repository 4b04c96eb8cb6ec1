"""The right to erasure: the team erases one dossier, by the path of the purge."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from base.lifecycle import Refused
from calls.models import Application, Erasure
from journal.models import Event
from notifications.models import Message
from tests.calls.keeping import fresh, healthy, old_deposit
from tests.factories import ApplicationFactory, CorrectionFactory, UserFactory


TYPED = {"reason": "requested", "checked": "on"}


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def address(application):
    return reverse("calls:erasure", args=[application.pk])


def withdrawn():
    """Deposited and withdrawn a moment ago: its letters have left."""
    application = ApplicationFactory()
    application.deposit(by=application.author)
    application.withdraw(by=application.author)
    return application


def test_the_team_erases_it_and_its_people_are_told(staff):
    application = withdrawn()
    author = application.author

    stone = Erasure.grant(application, by=staff, reason="requested")

    assert (fresh(application).status, stone.reason, stone.versions) == ("erased", "requested", 1)
    event = Event.objects.about(application).last()
    assert (event.verb, event.actor, event.detail["reason"]) == (
        "application.erased",
        staff,
        "requested",
    )
    letters = Message.objects.filter(address=author.email)
    assert [letter.notice for letter in letters] == ["calls/application_erased"]
    assert letters.get().url == ""
    assert healthy() == []


def test_what_had_not_left_about_it_is_called_off(staff):
    application = withdrawn()
    Message.objects.update(status="queued", sent_at=None)

    Erasure.grant(application, by=staff, reason="objected")

    silent = Message.objects.exclude(notice="calls/application_erased")
    assert {(m.status, m.body, m.address) for m in silent} == {("void", "", "")}


@pytest.mark.parametrize(
    "facts",
    [
        {"deposited": True},
        {"admissible": True},
        {"examined": True},
        {"declined": True},
        {"selected": True, "told": True},
    ],
)
def test_what_awaits_its_answer_or_is_selected_is_refused(staff, facts):
    application = ApplicationFactory(**facts)

    with pytest.raises(Refused, match="en cours d’examen"):
        Erasure.grant(application, by=staff, reason="requested")

    assert fresh(application).title


def test_an_awaited_correction_is_refused(staff):
    application = CorrectionFactory().application
    application.withdraw(by=application.author)

    with pytest.raises(Refused):
        Erasure.grant(application, by=staff, reason="requested")


def test_neither_its_people_nor_another_agent_erase_it_here(staff):
    application = withdrawn()
    carrier = UserFactory(staff=True)
    own = ApplicationFactory(withdrawn=True, author=carrier)

    for one, person in [(application, application.author), (own, carrier)]:
        with pytest.raises(Refused):
            Erasure.grant(one, by=person, reason="requested")


def test_twice_is_once(staff):
    application = withdrawn()
    Erasure.grant(application, by=staff, reason="requested")

    with pytest.raises(Refused):
        Erasure.grant(application, by=staff, reason="requested")

    assert Erasure.objects.count() == 1


def test_the_page_says_what_goes_and_erases(client, staff):
    application = old_deposit()
    client.force_login(staff)
    assertContains(client.get(address(application)), "Ce qui est effacé pour toujours")

    response = client.post(address(application), TYPED)

    assertRedirects(response, reverse("calls:desk"))
    assert fresh(application).status == "erased"
    assert client.get(address(application)).status_code == 404


def test_the_page_wants_the_check(client, staff):
    application = withdrawn()
    client.force_login(staff)

    response = client.post(address(application), {"reason": "requested"})

    assert response.status_code == 422
    assert fresh(application).title


def test_under_examination_the_page_says_why_not(client, staff):
    application = ApplicationFactory(examined=True)
    client.force_login(staff)
    page = client.get(address(application))
    assertContains(page, "ses données ne peuvent pas être effacées")
    assertNotContains(page, 'name="reason"')

    response = client.post(address(application), TYPED)

    assertContains(response, "ses données ne peuvent pas être effacées", status_code=409)
    assert Application.objects.get().title


def test_the_dossier_leads_to_it(client, staff):
    application = withdrawn()
    client.force_login(staff)

    response = client.get(reverse("calls:team-application", args=[application.pk]))

    assertContains(response, address(application))
