"""The forms of the account, in the house's words: allauth's rules, our labels."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.fields import EntityField
from accounts.models import User


WORDS = {
    "login": _("Adresse électronique professionnelle"),
    "email": _("Adresse électronique professionnelle"),
    "password": _("Mot de passe"),
    "oldpassword": _("Mot de passe actuel"),
    "password1": _("Mot de passe"),
    "password2": _("Mot de passe, une seconde fois"),
    "code": _("Code"),
    "name": _("Nom de la clé"),
    "passwordless": _("Se connecter avec cette clé sans mot de passe"),
}
ADDRESS_HINT = _("Format attendu : prenom.nom@ministere.gouv.fr")
PASSWORD_HINT = _("12 caractères au moins ; ni courant, ni proche de votre nom.")


class Worded:
    """Gives a form of allauth our labels, our hints and no text that vanishes when one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = WORDS.get(name, field.label)
            if name in {"login", "email"}:
                field.help_text = ADDRESS_HINT
            elif name == "password1":
                field.help_text = PASSWORD_HINT
            elif name in WORDS:
                field.help_text = ""


def worded(form):
    return type(form.__name__, (Worded, form), {"__module__": __name__})


LoginForm = worded(account.LoginForm)
RequestLoginCodeForm = worded(account.RequestLoginCodeForm)
ConfirmLoginCodeForm = worded(account.ConfirmLoginCodeForm)
AddEmailForm = worded(account.AddEmailForm)
ChangePasswordForm = worded(account.ChangePasswordForm)
SetPasswordForm = worded(account.SetPasswordForm)
ResetPasswordForm = worded(account.ResetPasswordForm)
ResetPasswordKeyForm = worded(account.ResetPasswordKeyForm)
ReauthenticateForm = worded(account.ReauthenticateForm)
AuthenticateForm = worded(mfa.AuthenticateForm)
MFAReauthenticateForm = worded(mfa.ReauthenticateForm)
ActivateTOTPForm = worded(totp.ActivateTOTPForm)
AddWebAuthnForm = worded(webauthn.AddWebAuthnForm)
EditWebAuthnForm = worded(webauthn.EditWebAuthnForm)


class SignupForm(Worded, account.SignupForm):
    """Opens an account: who one is, where one works, an address of the administration."""

    first_name = User._meta.get_field("first_name").formfield(required=True)
    last_name = User._meta.get_field("last_name").formfield(required=True)
    entity = EntityField(label=_("Service"), required=False)
    field_order = ["first_name", "last_name", "entity", "email", "password1", "password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"

    def signup(self, request, user):
        """What allauth does not know: the service, and the language of the page."""
        user.entity = self.cleaned_data["entity"]
        user.language = get_language()
        user.save(update_fields=["entity", "language"])


class ProfileForm(forms.ModelForm):
    """Who one is, for one's colleagues, and the language of one's messages."""

    entity = EntityField(label=_("Service"), required=False)

    class Meta:
        model = User
        fields = ["first_name", "last_name", "job_title", "entity", "language"]
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "job_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }
        help_texts = {"language": _("Celle des pages et des messages que vous recevez.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ["first_name", "last_name"]:
            self.fields[name].required = True
