from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from base.lifecycle import Refused
from calls.models import Application, DepositOrder, Receipt
from calls.models.answer import Entry
from calls.tasks import carry_out_deposit_orders
from journal.models import Event
from notifications.models import Message
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    CoApplicantFactory,
    DepositOrderFactory,
    UserFactory,
)


@pytest.fixture
def closing():
    return CallFactory(closes_at=timezone.now() + timedelta(minutes=5))


def verbs(application):
    return [event.verb for event in Event.objects.about(application)]


def test_asking_twice_is_one_order_and_it_can_be_taken_back():
    application = ApplicationFactory()
    author = application.author

    orders = {DepositOrder.ask(application, by=author) for _time in range(2)}
    orders.pop().cancel(by=author)

    assert not DepositOrder.objects.exists()
    assert verbs(application) == ["depositorder.asked", "depositorder.cancelled"]


def test_only_who_deposits_asks_for_it_and_only_in_time():
    colleague = CoApplicantFactory(accepted=True)
    late = ApplicationFactory(call__closed=True)

    with pytest.raises(Refused, match="ne peut plus être déposée"):
        DepositOrder.ask(colleague.application, by=colleague.person)
    with pytest.raises(Refused, match="ne peut plus être déposée"):
        DepositOrder.ask(late, by=late.author)
    with pytest.raises(Refused):
        DepositOrderFactory().cancel(by=UserFactory())


def test_what_is_complete_is_deposited_once_minutes_before_the_closing(closing):
    application = DepositOrderFactory(application__call=closing).application
    DepositOrderFactory()
    ApplicationFactory(call=closing)

    carry_out_deposit_orders()
    carry_out_deposit_orders()

    receipt = Receipt.objects.get()
    assert (receipt.application, receipt.deposited_by) == (application, application.author)
    assert receipt.deposited_at < closing.closes_at
    assert [m.notice for m in Message.objects.all()] == ["calls/application_received"]
    assert verbs(application) == ["application.deposited"]


def test_changes_to_a_deposit_go_too_as_a_new_version(closing):
    application = DepositOrderFactory(application__call=closing).application
    application.deposit(by=application.author)
    application.amend(by=application.author)
    application.write(by=application.author, entries=[Entry("q1", "Encore mieux.", 1)])

    carry_out_deposit_orders()
    carry_out_deposit_orders()

    assert [receipt.version for receipt in Receipt.objects.order_by("pk")] == [1, 2]
    assert Application.objects.get().answers.get(key="q1").text == "Encore mieux."


def test_nothing_is_deposited_after_the_closing():
    order = DepositOrderFactory(application__call__closed=True)

    carry_out_deposit_orders()

    assert not Receipt.objects.exists()
    with pytest.raises(Refused, match="est clos"):
        order.carry_out()


def test_in_grace_what_was_written_before_the_closing_still_goes():
    DepositOrderFactory(application__call__in_grace=True)

    carry_out_deposit_orders()

    assert Receipt.objects.count() == 1


def test_what_is_missing_is_told_once_and_deposited_as_soon_as_it_is_there(closing):
    application = DepositOrderFactory(
        application__call=closing, application__answers={"q1": "Un problème."}
    ).application

    carry_out_deposit_orders()
    carry_out_deposit_orders()
    letter = Message.objects.get()
    application.answers.create(key="q2", text="Les préfets.", edited_by=application.author)
    carry_out_deposit_orders()

    assert letter.notice == "calls/deposit_order_blocked"
    assert "Pour qui ?" in letter.body
    assert Application.objects.get().status == "deposited"


def test_the_wish_is_told_and_taken_back_on_the_page(client):
    application = ApplicationFactory()
    client.force_login(application.author)
    address = reverse("calls:deposit-order", args=[application.pk])
    page = reverse("calls:deposit", args=[application.pk])

    assertRedirects(client.post(address), page)
    assertContains(client.get(page), "Annuler le dépôt automatique")
    assertRedirects(client.post(address, {"cancel": "1"}), page)
    assertContains(client.get(page), "Déposer automatiquement à la clôture si complet")
    assert client.post(address, {"cancel": "1"}).status_code == 302


@pytest.mark.parametrize("traits", [{}, {"call__closed": True}, {"withdrawn": True}])
def test_every_typed_character_can_be_taken_away(client, traits):
    texts = {"q1": "  Un  retour\n\n  <b>à la ligne</b>  ", "q2": "œuvre ", "q99": "retirée"}
    application = ApplicationFactory(answers=texts, title="Alerte ", **traits)
    client.force_login(application.author)

    response = client.get(reverse("calls:transcript", args=[application.pk]))

    content = response.content.decode()
    assert response["Content-Disposition"].startswith("attachment")
    assert [text in content for text in ["Alerte ", *texts.values()]] == [True] * 4


def test_a_space_typed_last_is_kept(client):
    application = ApplicationFactory(answers={"q1": "Un mot"})
    client.force_login(application.author)
    typed = {"key": "q1", "q1": " Un mot ", "version_q1": "1"}

    client.post(reverse("calls:autosave", args=[application.pk]), typed)

    assert application.answers.get().text == " Un mot "
