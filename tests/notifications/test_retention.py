"""Messages are kept for a year after they left; what stays tells nobody anything."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from incubator.tasks import purge
from notifications import outbox
from notifications.models import Message
from tests.factories import UserFactory


def posted(**facts):
    person = UserFactory()
    message = outbox.post("incubator/house_broken", to=person, key="1", command="c", fault="f")
    Message.objects.filter(pk=message.pk).update(**facts)
    message.refresh_from_db()
    return message


def left(days):
    at = timezone.now() - timedelta(days=days)
    return {"status": "sent", "sent_at": at, "posted_at": at}


def test_a_message_goes_a_year_after_it_left():
    old, young = posted(**left(366)), posted(**left(364))

    purge()
    purge()

    old.refresh_from_db()
    assert (old.recipient, old.address, old.subject, old.body, old.url) == (None, "", "", "", "")
    assert (old.status, old.sent_at is None, old.erased_at is None) == ("sent", False, False)
    young.refresh_from_db()
    assert young.body and young.erased_at is None


@pytest.mark.parametrize(("status", "goes"), [("failed", True), ("void", True), ("queued", False)])
def test_one_that_never_left_counts_from_its_day_and_one_that_waits_stays(status, goes):
    message = posted(status=status, posted_at=timezone.now() - timedelta(days=366))

    purge()

    message.refresh_from_db()
    assert (message.erased_at is not None) == goes


def test_a_fact_that_was_told_is_not_told_again():
    message = posted(**left(366))
    person = message.recipient
    purge()

    again = outbox.post("incubator/house_broken", to=person, key="1", command="c", fault="f")

    message.refresh_from_db()
    assert (again, Message.objects.count()) == (message, 1)
    assert person.email not in message.key


def test_nobody_finds_it_again():
    message = posted(**left(366))
    person = message.recipient

    purge()

    assert not Message.objects.visible_to(person).exists()


def test_the_database_refuses_words_to_what_is_erased():
    message = posted(**left(366))
    purge()

    with pytest.raises(IntegrityError, match="message_erased_says_nothing"):
        Message.objects.filter(pk=message.pk).update(body="Bonjour")
