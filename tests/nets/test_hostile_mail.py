"""RELIABILITY A-24, A-26: whatever people write is words, in every mail and name of a file."""

from email import message_from_bytes
from http.cookies import SimpleCookie

import pytest

from notifications.models import Message
from tests.nets.hostile import HEADER, spoil_every_text
from tests.nets.rights import RIGHTS
from tests.nets.visits import Visits
from tests.nets.walk import undone


def rows(wanted=lambda row: True):
    return pytest.mark.parametrize("row", [r for r in RIGHTS if wanted(r)], ids=lambda r: r.id)


OURS = {"Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
OURS |= {"Content-Type", "Content-Transfer-Encoding"}


@pytest.fixture(scope="module")
def crooked(world, walkers, apart):
    """A world whose words try to write the headers of our mails and answers."""
    spoil_every_text(HEADER, but={"notifications"})  # whose texts only `outbox.post` writes
    return Visits(world, walkers, {})


# A revision looks for the grids of the same name; a `Line` never has the breaks spoilt into it.
UNMOVED = ("account_", "mfa_", "set_language", "committees:grid-revision")


@rows(lambda row: row.acts and not row.name.startswith(UNMOVED))
def test_no_mail_has_markup_or_a_header_of_theirs(row, crooked):
    path = crooked.world.path_of(row)
    found = crooked.form_of(row)
    sent = crooked.filled(row, found and found[1], min(row.acts))
    before = Message.objects.order_by("pk").last()
    for role in sorted(row.acts)[:2]:
        with undone():
            walker = crooked.walkers[role]
            walker.client.cookies = SimpleCookie(walker.cookies)
            walker.client.post(path, sent)
            check_mails(after=before.pk if before else 0)


def test_no_mail_that_waits_has_markup_or_a_header_of_theirs(crooked):
    check_mails(after=0)


def check_mails(*, after):
    for message in Message.objects.filter(pk__gt=after):
        mail = message_from_bytes(message._email().message().as_bytes())
        assert mail.get_content_type() == "text/plain"
        assert set(mail.keys()) == OURS
        assert "\n" not in message.subject


@rows(lambda row: row.kind == "file")
def test_no_file_has_a_header_of_theirs(row, crooked):
    for role in row.reads:
        response = crooked.get(row, role)[0]
        assert not [v for v in response.headers.values() if "Bcc" in v]
