"""How one gets in: allauth's rules with our addresses, our outbox and our menu."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import AllowedDomain, User
from base.calendar import today
from coaching.models import Coach
from committees.models import Seat
from notifications import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are for people of the administration, and their e-mails leave through the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("L’adresse électronique ou le mot de passe n’est pas bon."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce n’est pas votre mot de passe."),
        "incorrect_code": _("Ce code n’est pas bon, ou il n’est plus valable."),
        "invalid_password_reset": _("Ce lien n’est plus valable."),
        "duplicate_email": _("C’est déjà l’adresse de votre compte."),
        "same_as_current": _("C’est déjà l’adresse de votre compte."),
        "rate_limited": _("Trop d’essais : attendez quelques minutes, puis recommencez."),
        "too_many_login_attempts": _(
            "Trop d’essais : attendez cinq minutes, puis recommencez, ou demandez un code."
        ),
        "not_an_administration": _(
            "Cette adresse n’est pas celle d’une administration connue de La Fabrique. Utilisez "
            "votre adresse professionnelle ; si c’en est une, écrivez à %s pour la faire ajouter."
        ),
    }

    def clean_email(self, email):
        """Refuses, with one sentence, an address outside of the administrations we know."""
        if not AllowedDomain.objects.covering(email).exists():
            sentence = self.error_messages["not_an_administration"]
            raise ValidationError(sentence % settings.PUBLISHER["email"], code="domain")
        return email

    def send_mail(self, template_prefix, email, context):
        """A row of the outbox: a mail server that hangs holds no page (RELIABILITY A-23).

        To an address and not to its account: a code or a link is not kept among one's messages.
        Nothing leaves towards an address that no administration of ours holds.
        """
        person = context.get("user") or User.objects.filter(email=email).first()
        if person is None and not AllowedDomain.objects.covering(email).exists():
            return
        outbox.post(
            f"accounts/{template_prefix.rpartition('/')[2]}",
            to=outbox.Addressee(
                email=email,
                first_name=getattr(person, "first_name", ""),
                language=getattr(person, "language", get_language()),
            ),
            key=uuid4().hex,
            secret=True,
            mail=context,
        )


class Backend(AuthenticationBackend):
    """Signs people in as allauth does, and knows at once which rooms are theirs.

    The query that finds who asks also says whether they sit on a committee and whether they
    coach: the menu of every page then costs nothing more.
    """

    def get_user(self, user_id):
        seats = Seat.objects.active_on(today()).filter(user=OuterRef("pk"))
        coaches = Coach.objects.filter(user=OuterRef("pk"))
        people = User.objects.annotate(sits=Exists(seats), coaches=Exists(coaches))
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
