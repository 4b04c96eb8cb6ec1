import pytest
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from calls.models import Release
from notifications.models import Message
from tests.calls.addresses import page
from tests.calls.test_results import decided
from tests.races import again


def test_reading_is_said_once_with_its_date(call, first, second, client):
    application = decided(call, "selected")
    Release.prepare(call, by=first).confirm(by=second)
    letter = application.letters.get()
    client.force_login(application.author)

    client.get(application.get_absolute_url())
    assert not letter.readings.exists()
    done = client.post(page("letter-reading", application.pk, letter.pk), follow=True)

    assertContains(done, "Vous en avez pris connaissance le")
    assertNotContains(done, "J’ai pris connaissance")
    assert application.decision().acknowledged_at == letter.readings.get().read_at
    with pytest.raises(Refused, match="déjà pris connaissance"):
        letter.acknowledge(by=application.author)
    with pytest.raises(Refused):
        letter.acknowledge(by=first)
    with pytest.raises(IntegrityError, match="reading_once_per_person"):
        letter.readings.create(person=application.author)


def test_the_unread_are_reminded_once(call, first, second, client):
    read, unread = decided(call, "selected"), decided(call, "selected")
    release = Release.prepare(call, by=first)
    release.confirm(by=second)
    read.letters.get().acknowledge(by=read.author)
    client.force_login(first)

    shown = client.get(release.get_absolute_url())
    done = client.post(page("release-reminder", release.pk), follow=True)

    assertContains(shown, "Rappeler les lettres non lues")
    assertContains(done, "1 rappel est parti.")
    assertNotContains(done, "Rappeler les lettres non lues")
    reminded = Message.objects.filter(notice="calls/letter_unread")
    assert [message.recipient for message in reminded] == [unread.author]
    with pytest.raises(Refused, match="déjà été rappelé"):
        again(release).remind(by=first)


def test_nothing_read_is_reminded(call, first, second):
    application = decided(call, "selected")
    release = Release.prepare(call, by=first)
    release.confirm(by=second)
    application.letters.get().acknowledge(by=application.author)

    with pytest.raises(Refused, match="tout le monde l’a lu"):
        release.remind(by=first)
