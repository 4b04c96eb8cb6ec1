"""What the team asks for after the deposit: named questions, until a date, once at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.calendar import end_of_day, today
from base.lifecycle import Refused
from calls.models import Correction
from calls.models.answer import Entry
from calls.tasks import expire_corrections
from journal.models import Event
from notifications.models import Message
from tests.calls.deposits import FORMER, LATTER, close, fresh
from tests.factories import ApplicationFactory, CorrectionFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def late(deposited):
    """A deposit in a call that has closed since."""
    close(deposited)
    return fresh(deposited)


def asked(**fields):
    week = today() + timedelta(days=7)
    return {"keys": ["q1"], "words": "Précisez pour qui.", "ends_on": week} | fields


@pytest.fixture
def correction(late, staff):
    return Correction.request(late, by=staff, **asked())


def told():
    letters = Message.objects.exclude(notice="calls/application_received")
    return sorted((m.notice.partition("/")[2], m.address) for m in letters)


def answer(correction, key="q1", text=LATTER):
    application = fresh(correction.application)
    application.write(by=application.author, entries=[Entry(key, text, 1)])
    return application


def test_the_team_opens_some_questions_again_until_the_end_of_a_day(late, staff):
    correction = Correction.request(late, by=staff, **asked())

    assert (fresh(late).status, correction.ends_at) == (
        "in_correction",
        end_of_day(today() + timedelta(days=7)),
    )
    assert told() == [("correction_requested", late.author.email)]
    body = Message.objects.get(notice="calls/correction_requested").body
    assert "Précisez pour qui." in body
    assert "- Quel problème voulez-vous résoudre ?" in body
    assert Event.objects.about(late).last().verb == "correction.requested"


def test_only_the_named_questions_are_open(correction):
    answer(correction)

    for key in ["q2", "title", "entity"]:
        with pytest.raises(Refused, match="n’est pas ouverte"):
            answer(correction, key=key, text="Autre chose.")

    application = fresh(correction.application)
    assert application.value_of("q1") == FORMER
    assert application.as_written().value_of("q1") == LATTER


def test_depositing_again_resolves_it_and_tells_who_asked_what_changed(correction, staff):
    application = answer(correction)
    instant = application.deposited_at

    receipt = application.deposit(by=application.author)

    correction.refresh_from_db()
    assert (application.status, correction.status, receipt.version) == ("deposited", "resolved", 2)
    assert application.deposited_at == instant < receipt.deposited_at
    assert (correction.amendment.receipt, fresh(application).value_of("q1")) == (receipt, LATTER)
    letter = Message.objects.get(notice="calls/correction_resolved")
    assert (letter.recipient, letter.url) == (
        staff,
        f"/candidatures/{application.pk}/versions/2/comparaison/",
    )


def test_it_is_not_resolved_by_the_same_words(correction):
    application = fresh(correction.application)

    with pytest.raises(Refused, match="Rien n’a changé"):
        application.deposit(by=application.author)


def test_after_its_date_nothing_is_written_nor_deposited(correction):
    application = answer(correction)
    Correction.objects.update(
        requested_at=timezone.now() - timedelta(days=9),
        ends_at=timezone.now() - timedelta(seconds=5),
    )

    with pytest.raises(Refused):
        answer(correction, text="Trop tard.")
    with pytest.raises(Refused, match="La date est passée"):
        application.deposit(by=application.author)


def test_what_is_left_without_an_answer_expires_and_both_sides_know_once(correction, staff):
    application = answer(correction)
    Correction.objects.update(
        requested_at=timezone.now() - timedelta(days=9), ends_at=timezone.now()
    )
    Message.objects.all().delete()
    Correction.objects.update(ends_at=timezone.now() - timedelta(seconds=2))

    expire_corrections()
    expire_corrections()

    correction.refresh_from_db()
    assert (fresh(application).status, correction.status) == ("deposited", "expired")
    assert told() == [
        ("correction_expired", application.author.email),
        ("correction_unanswered", staff.email),
    ]
    assert application.amendments.aside().get().answers.get().text == LATTER
    assert fresh(application).value_of("q1") == FORMER


def test_what_is_not_over_does_not_expire(correction):
    expire_corrections()
    with pytest.raises(Refused):
        correction.expire()

    assert Correction.objects.get().status == "requested"


def test_the_team_takes_a_request_back(correction, staff):
    correction.cancel(by=staff)

    assert (fresh(correction.application).status, correction.status) == ("deposited", "cancelled")
    assert told() == [("correction_cancelled", correction.application.author.email)] + [
        ("correction_requested", correction.application.author.email)
    ]
    with pytest.raises(Refused):
        correction.cancel(by=staff)


def test_a_second_request_may_follow_the_first(correction, staff):
    application = answer(correction)
    application.deposit(by=application.author)

    again = Correction.request(fresh(application), by=staff, **asked(keys=["q2"]))

    assert again.amendment.title == "Alerte sécheresse"
    assert fresh(application).asked_keys == ["q2"]


def test_one_request_at_a_time(correction, staff):
    with pytest.raises(Refused, match="Aucun complément"):
        Correction.request(fresh(correction.application), by=staff, **asked())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": today()}, "Laissez au moins"),
        ({"keys": ["q9"]}, "Question inconnue"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused(late, staff, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        Correction.request(late, by=staff, **asked(**fields))


@pytest.mark.parametrize("traits", [{}, {"admissible": True}, {"examined": True}])
def test_a_correction_is_asked_of_a_deposit_that_is_not_checked(staff, traits):
    with pytest.raises(Refused):
        Correction.request(ApplicationFactory(**traits), by=staff, **asked())


def test_nobody_but_the_team_asks_and_never_for_its_own(late):
    own = ApplicationFactory(deposited=True, author=UserFactory(staff=True))

    for application, person in [(late, late.author), (own, own.author)]:
        with pytest.raises(Refused):
            Correction.request(application, by=person, **asked())


def test_nothing_is_decided_about_what_is_being_completed(correction, staff):
    application = fresh(correction.application)

    for verb, given in [("admit", {}), ("dismiss", {"reason": "Hors du champ."})]:
        with pytest.raises(Refused):
            getattr(application, verb)(by=staff, **given)


def test_what_was_written_and_not_deposited_is_set_aside_by_a_request(amended, staff):
    Correction.request(fresh(amended), by=staff, **asked())

    assert amended.amendments.aside().count() == 1
    assert fresh(amended).as_written().value_of("q1") == FORMER


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"keys": []}, "correction_names_a_question"),
        ({"words": " "}, "correction_says_what_is_asked"),
        ({"ends_at": timezone.now() - timedelta(days=99)}, "correction_ends_after_it_is_asked"),
        ({"status": "resolved"}, "correction_closed_at_unless_requested"),
        ({"closed_at": timezone.now()}, "correction_closed_at_unless_requested"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CorrectionFactory(**fields)


def test_the_database_refuses_two_requests_at_once():
    correction = CorrectionFactory()
    correction.amendment.close()

    with pytest.raises(IntegrityError, match="correction_requested_once_per_application"):
        CorrectionFactory(application=correction.application)
