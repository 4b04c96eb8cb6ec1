"""What people are told of the answer to their application: one function for each notice."""

from calls.notices import post
from notifications import outbox


def application_answered(letter):
    """The letter: the same words as the page, once for a decision."""
    _notice, key = letter.application.letter_of(letter.decision)
    post("calls/application_answered", letter.application, key=key, letter=letter)


def letter_unread(letter):
    """Once for a letter that nobody has said to have read."""
    post("calls/letter_unread", letter.application, key=letter.pk, letter=letter)


def release_returned(release):
    outbox.post(
        "calls/release_returned",
        to=release.prepared_by,
        key=release.pk,
        url=release.get_absolute_url(),
        release=release,
        call=release.call,
    )


def appeal_received(appeal):
    """The acknowledgement owed to an appeal (CRPA L112-3): when it came, what silence means."""
    post("calls/appeal_received", appeal.application, key=appeal.pk, appeal=appeal)
