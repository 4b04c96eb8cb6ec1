"""What is deposited may be written anew until the closing; the last deposit is what counts."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from calls.models import AmendedAnswer
from calls.models.answer import Entry
from journal.models import Event, Snapshot
from notifications.models import Message
from tests.calls.deposits import FORMER, LATTER, close, fresh
from tests.factories import AmendmentFactory, ApplicationFactory, RoundFactory, UserFactory


def test_what_counts_stays_what_was_deposited_until_the_next_deposit(amended):
    counting = fresh(amended)

    assert (counting.title, counting.value_of("q1")) == ("Alerte sécheresse", FORMER)
    assert (counting.status, counting.standing) == (
        "deposited",
        "déposée, avec des modifications non déposées",
    )
    written = counting.as_written()
    assert (written.title, written.value_of("q1")) == ("Alerte partagée", LATTER)


def test_the_next_deposit_is_a_new_version_with_its_receipt(amended):
    first = amended.receipts.get()

    second = amended.deposit(by=amended.author)

    counting = fresh(amended)
    assert [first.version, second.version] == [1, 2]
    assert (counting.title, counting.value_of("q1")) == ("Alerte partagée", LATTER)
    assert counting.deposited_at == second.deposited_at > first.deposited_at
    assert (counting.standing, counting.amendments.get().receipt) == ("déposée", second)
    assert second.snapshot != first.snapshot
    assert first.snapshot.is_genuine
    assert Message.objects.filter(notice="calls/application_received").count() == 2
    assert [event.verb for event in Event.objects.about(amended)] == [
        "application.deposited",
        "application.reopened",
        "application.deposited",
    ]


def test_depositing_the_new_version_again_is_the_same_receipt(amended):
    receipts = [amended.deposit(by=amended.author) for _time in range(2)]

    assert receipts[0] == receipts[1]
    assert amended.receipts.count() == 2


def test_going_back_to_the_first_words_is_a_third_version_of_the_same_content(amended):
    amended.deposit(by=amended.author)
    amended.amend(by=amended.author)
    entries = [Entry("title", "Alerte sécheresse", 1), Entry("q1", FORMER, 2)]
    amended.write(by=amended.author, entries=entries)

    third = amended.deposit(by=amended.author)

    assert third.version == 3
    assert third.snapshot == amended.receipts.get(version=1).snapshot
    assert Snapshot.objects.about(amended).count() == 2


def test_nothing_is_deposited_anew_when_nothing_has_changed(deposited):
    deposited.amend(by=deposited.author)

    with pytest.raises(Refused, match="Rien n’a changé"):
        deposited.deposit(by=deposited.author)


def test_a_new_version_with_a_gap_is_refused_and_the_former_counts(amended):
    amended.write(by=amended.author, entries=[Entry("q1", "", 2)])

    with pytest.raises(Refused, match="Quel problème"):
        amended.deposit(by=amended.author)

    assert fresh(amended).value_of("q1") == FORMER


def test_after_the_closing_the_former_counts_and_every_word_is_kept(amended):
    close(amended)

    with pytest.raises(Refused, match="vos modifications sont conservées"):
        amended.deposit(by=amended.author)
    with pytest.raises(Refused):
        amended.write(by=amended.author, entries=[Entry("q1", "Trop tard.", 2)])

    counting = fresh(amended)
    assert counting.value_of("q1") == FORMER
    assert counting.as_written().value_of("q1") == LATTER


def test_of_two_pages_that_change_it_the_second_gets_both_texts(amended):
    (conflict,) = amended.write(by=amended.author, entries=[Entry("q1", "Autre onglet.", 1)])

    assert (conflict.mine, conflict.theirs, conflict.version) == ("Autre onglet.", LATTER, 2)


def test_changes_are_dropped_and_stay_readable(amended):
    amended.drop_changes(by=amended.author)

    aside = amended.amendments.aside().get()
    assert (fresh(amended).standing, aside.title) == ("déposée", "Alerte partagée")
    assert aside.answers.get().text == LATTER
    amended.amend(by=amended.author)
    assert fresh(amended).as_written().value_of("q1") == FORMER


@pytest.mark.parametrize("verb", ["admit", "dismiss"])
def test_what_the_team_takes_in_hand_is_the_deposited_version(amended, verb):
    staff = UserFactory(staff=True)
    given = {"reason": "Hors du champ."} if verb == "dismiss" else {}

    getattr(fresh(amended), verb)(by=staff, **given)

    assert not amended.amendments.open().exists()
    assert amended.amendments.aside().count() == 1
    with pytest.raises(Refused):
        amended.write(by=amended.author, entries=[Entry("q1", "Encore.", 2)])


def test_the_committee_reads_the_last_deposit_and_nothing_written_since(amended):
    staff = UserFactory(staff=True)
    close(amended)
    application = fresh(amended)
    application.admit(by=staff)

    deliberation = application.examine(by=staff, round=RoundFactory())

    assert deliberation.snapshot == amended.receipts.get().snapshot


@pytest.mark.parametrize(
    "traits",
    [{}, {"deposited": True, "call__closed": True}, {"admissible": True}, {"withdrawn": True}],
)
def test_only_a_deposit_of_an_open_call_is_opened_again(traits):
    application = ApplicationFactory(**traits)

    with pytest.raises(Refused):
        application.amend(by=application.author)


def test_nobody_opens_or_drops_the_changes_of_another(amended):
    for verb in [amended.amend, amended.drop_changes]:
        with pytest.raises(Refused):
            verb(by=UserFactory(staff=True))


def test_changes_are_opened_once(amended):
    with pytest.raises(Refused):
        amended.amend(by=amended.author)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({}, "amendment_open_once_per_application"),
        ({"closed_at": None, "deposited": True}, "amendment_closed_once_deposited"),
    ],
)
def test_the_database_refuses(amended, fields, constraint):
    if fields.pop("deposited", False):
        amended.amendments.open().update(closed_at=timezone.now())
        fields["receipt"] = amended.receipts.get()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AmendmentFactory(application=amended, **fields)


def test_the_database_refuses_two_texts_for_one_question(amended):
    answer = AmendedAnswer.objects.get()

    with pytest.raises(IntegrityError, match="amended_answer_once_per_question"):
        amended.amendment.answers.create(key="q1", version=9, edited_by=answer.edited_by)


def test_the_database_refuses_two_receipts_of_one_version(deposited):
    receipt = deposited.receipts.get()
    receipt.pk = None

    with pytest.raises(IntegrityError, match="receipt_once_per_version"):
        receipt.save(force_insert=True)
