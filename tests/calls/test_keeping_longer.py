"""The team keeps a deposit for longer, while an appeal is under way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from base.calendar import today
from base.lifecycle import Refused
from calls.models import Application
from incubator.tasks import purge
from journal.models import Event
from tests.calls.keeping import announced, fresh, old_deposit
from tests.factories import ApplicationFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def later(days=200):
    return today() + timedelta(days=days)


def test_what_is_kept_longer_is_not_erased_though_it_was_announced(staff):
    application = announced(old_deposit())

    application.keep_longer(by=staff, until=later(), reason="appeal")
    purge()

    assert fresh(application).title
    assert not Application.objects.ending().exists()
    event = Event.objects.about(application).last()
    assert (event.verb, event.detail["reason"]) == ("application.kept_longer", "appeal")


def test_near_the_new_day_it_is_announced_again(staff):
    application = announced(old_deposit())

    application.keep_longer(by=staff, until=later(20), reason="appeal")

    assert Application.objects.ending().contains(application)
    assert not Application.objects.purgeable().exists()


def test_a_day_that_puts_nothing_off_is_refused(staff):
    application = ApplicationFactory(withdrawn=True)

    with pytest.raises(Refused, match="déjà conservé"):
        application.keep_longer(by=staff, until=later(), reason="appeal")


def test_neither_what_is_examined_nor_by_its_people(staff):
    examined, own = ApplicationFactory(examined=True), old_deposit()

    for application, person in [(examined, staff), (own, own.author)]:
        with pytest.raises(Refused, match="rien à repousser"):
            application.keep_longer(by=person, until=later(), reason="appeal")


def test_the_page_keeps_it_and_says_what_it_refuses(client, staff):
    application = old_deposit()
    client.force_login(staff)
    address = reverse("calls:keeping", args=[application.pk])

    early = client.post(address, {"until": "2020-01-01", "reason": "appeal"})
    done = client.post(address, {"until": later().isoformat(), "reason": "appeal"})

    assert early.status_code == 409
    assertRedirects(done, reverse("calls:erasure", args=[application.pk]))
    assert fresh(application).kept_longer_until
