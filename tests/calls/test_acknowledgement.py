"""Code des relations entre le public et l’administration, art. R112-5: what a receipt says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.models import Call, Receipt
from notifications.models import Message
from tests.calls.addresses import page
from tests.factories import ApplicationFactory, CallFactory, UserFactory


REMEDY = "Recours : dans les deux mois, devant le tribunal administratif."
WORDS = {
    "receipt_service": "Mission innovation",
    "receipt_contact": "1 place de la République\n30000 Nîmes\n04 66 00 00 00",
    "silence": "rejection",
    "silence_months": 2,
    "legal_notice": REMEDY,
}


def deposited(**words):
    application = ApplicationFactory(call=CallFactory(**words))
    return application.deposit(by=application.author)


def test_a_receipt_takes_over_the_words_of_its_call_for_good():
    receipt = deposited(**WORDS)
    others = {"receipt_service": "Autre", "receipt_contact": "", "legal_notice": ""}
    Call.objects.update(silence="neither", silence_months=None, **others)

    kept = Receipt.objects.get()

    assert (kept.service, kept.contact) == (WORDS["receipt_service"], WORDS["receipt_contact"])
    assert (kept.silence, kept.legal_notice) == ("rejection", REMEDY)
    assert kept.silence_on == receipt.silence_on > timezone.localdate() + timedelta(days=50)


def test_without_a_block_the_house_and_the_contact_of_the_call_are_said(client):
    with translation.override("en"):
        receipt = deposited()
    client.force_login(receipt.application.author)

    response = client.get(receipt.get_absolute_url())

    assert (receipt.service, receipt.contact) == ("La Fabrique", "fabrique@example.gouv.fr")
    assert (receipt.silence_text, receipt.silence_on, receipt.legal_notice) == ("", None, "")
    assertContains(response, "<strong>La Fabrique</strong>")
    assertContains(response, "fabrique@example.gouv.fr")
    assert "fabrique@example.gouv.fr" in Message.objects.get().body


def test_silence_is_counted_in_months_from_the_day_of_the_deposit_in_paris():
    call = Call(**WORDS)

    said = call.acknowledgement(datetime(2026, 12, 30, 23, 30, tzinfo=UTC))

    assert said["silence_on"] == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("silence", "months", "sentence"),
    [
        ("rejection", 2, "le 28 février 2027, la demande est réputée rejetée"),
        ("acceptance", 2, "réputée acceptée\u00a0; une attestation en est délivrée"),
        ("neither", None, "ne vaut ni acceptation ni rejet"),
        ("", None, ""),
    ],
)
def test_a_receipt_says_what_silence_means(silence, months, sentence):
    receipt = Receipt(silence=silence, silence_on=months and date(2027, 2, 28))

    assert sentence in receipt.silence_text
    assert bool(receipt.silence_text) == bool(silence)


def test_the_page_and_the_letter_say_the_block(client):
    receipt = deposited(**WORDS)
    client.force_login(receipt.application.author)

    response = client.get(receipt.get_absolute_url())

    letter = Message.objects.get().body
    for words in ["Mission innovation", "30000 Nîmes", receipt.silence_text, REMEDY]:
        assertContains(response, words)
        assert words in letter


@pytest.mark.parametrize(
    "fields",
    [
        {"silence": "rejection", "silence_months": None, "legal_notice": REMEDY},
        {"silence": "acceptance", "silence_months": 25},
        {"silence": "neither", "silence_months": 2},
        {"silence": "", "silence_months": 2},
    ],
)
def test_the_database_wants_months_where_silence_decides_and_only_there(fields):
    with pytest.raises(IntegrityError, match="call_silence_has_its_months"), transaction.atomic():
        CallFactory(**fields)


def test_the_database_wants_the_remedies_of_an_implicit_rejection():
    constraint = "call_implicit_rejection_says_how_to_appeal"

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CallFactory(silence="rejection", silence_months=2, legal_notice=" ")


def test_the_database_wants_the_day_of_an_implicit_decision():
    receipt = deposited()
    receipt.pk, receipt.version, receipt.silence = None, 2, "acceptance"

    with pytest.raises(IntegrityError, match="receipt_silence_has_its_day"), transaction.atomic():
        receipt.save()


def test_the_team_writes_the_block_previews_it_and_copies_it(client):
    staff = UserFactory(staff=True)
    client.force_login(staff)
    call = CallFactory(draft=True)
    form = client.get(page("team-call-edit", call.slug)).context["form"]
    written = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in written.items() if value is not None}
    typed |= {name: f"{form[name].value():%Y-%m-%dT%H:%M}" for name in ["opens_at", "closes_at"]}
    address = page("team-call-edit", call.slug)

    bare = client.get(page("team-call", call.slug))
    refused = client.post(address, typed | WORDS | {"legal_notice": ""})
    done = client.post(address, typed | WORDS)

    assertContains(bare, "art. R112-5")
    assertContains(refused, "les mentions légales disent les voies", status_code=422)
    assertContains(refused, "30000 Nîmes", status_code=422)
    assert done.status_code == 302
    for name in ["team-call", "team-call-preview"]:
        response = client.get(page(name, call.slug))
        assertContains(response, "Mission innovation")
        assertContains(response, "2 mois après le dépôt, la demande est réputée rejetée")
        assertNotContains(response, "art. R112-5")
    call.refresh_from_db()
    copy = call.copy(by=staff, title="La suite", opens_at=call.opens_at, closes_at=call.closes_at)
    assert {name: getattr(copy, name) for name in WORDS} == WORDS


def test_the_words_change_once_published_and_no_receipt_that_was_given_does(client):
    former, staff = deposited(**WORDS), UserFactory(staff=True)
    call = former.application.call
    client.force_login(staff)
    address, moved = page("team-call-receipt", call.slug), "3 quai de la Fontaine\n30000 Nîmes"

    refused = client.post(address, WORDS | {"receipt_contact": moved, "silence_months": 25})
    done = client.post(address, WORDS | {"receipt_contact": moved}, follow=True)

    assertContains(refused, "3 quai de la Fontaine", status_code=422)
    assertContains(done, "3 quai de la Fontaine")
    assertContains(done, "a changé ce que disent les récépissés à venir")
    next_one = ApplicationFactory(call=Call.objects.get())
    later = next_one.deposit(by=next_one.author)
    assert later.contact == moved
    assert Receipt.objects.get(pk=former.pk).contact == WORDS["receipt_contact"]


@pytest.mark.parametrize(("archived", "staff"), [(True, True), (False, False)])
def test_only_the_team_words_receipts_and_not_those_of_an_archived_call(archived, staff):
    call = CallFactory(archived=archived)

    with pytest.raises(Refused, match="archivé"):
        call.word_receipts(by=UserFactory(staff=staff), receipt_service="Autre")

    assert Call.objects.get().receipt_service == ""
