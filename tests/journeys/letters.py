"""What arrives in someone's mail box."""

import re

from django.conf import settings
from django.core import mail

from notifications.tasks import sweep_outbox


def letters_to(address):
    """The messages that left for an address, the oldest first, after the outbox was emptied."""
    sweep_outbox()
    return [letter for letter in mail.outbox if letter.to == [address]]


def letter_to(address, beginning):
    """The one message to an address whose subject begins so."""
    letters = [one for one in letters_to(address) if one.subject.startswith(beginning)]
    subjects = [one.subject for one in letters_to(address)]
    assert len(letters) == 1, f"{len(letters)} × “{beginning}” among {subjects}"
    return letters[0]


def link_in(letter):
    """The path of the portal's first address in a message."""
    return re.search(rf"{re.escape(settings.SITE_URL)}(\S+)", letter.body)[1]
