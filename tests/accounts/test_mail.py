"""What allauth writes leaves through the outbox: in French or in English, and holding no page."""

from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from notifications.models import Message
from tests.accounts.conftest import someone


pytestmark = pytest.mark.usefixtures("domain")
FOLDER = Path(settings.BASE_DIR) / "templates" / "emails" / "accounts"
LETTERS = sorted(path.stem for path in FOLDER.glob("*.txt"))
CONTEXT = {
    "code": "ABC-DEF",
    "activate_url": "https://testserver/a",
    "password_reset_url": "https://testserver/b",
    "signup_url": "https://testserver/c",
    "from_email": "avant@gouv.fr",
    "to_email": "apres@gouv.fr",
    "deleted_email": "avant@gouv.fr",
    "key": "celle-de-allauth",
    "url": "et-une-adresse",
}


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_has_a_subject_a_greeting_and_says_why(letter, person):
    get_adapter().send_mail(f"account/email/{letter}", person.email, CONTEXT)

    message = Message.objects.get()
    assert message.subject
    assert "\n" not in message.subject
    assert message.body.startswith("Bonjour Camille,")
    assert message.body.strip().split("\n\n")[-1].startswith("Pourquoi ce message")


def test_every_letter_of_allauth_that_we_may_send_is_written():
    """Those of codes by telephone and of confirmations by code are not in our settings."""
    package = Path(__import__("allauth").__file__).parent / "templates"
    theirs = {
        path.stem.removesuffix("_message")
        for app in ["account", "mfa"]
        for path in (package / app / "email").glob("*_message.txt")
    }

    assert theirs - set(LETTERS) == {"password_reset_code", "base"}


def test_a_name_in_a_letter_is_words_and_never_markup():
    user = someone("piege@gouv.fr", first_name="<b>&amp;\u2028Bcc: x@y.fr</b>")

    get_adapter().send_mail("account/email/login_code", user.email, CONTEXT)

    assert "<b>&amp;" in Message.objects.get().body


def test_a_code_is_not_kept_among_the_messages_of_the_portal(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email})

    assert not Message.objects.visible_to(person).exists()
