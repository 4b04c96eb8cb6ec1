from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import EntityField
from accounts.models import User
from base.fields import NoControlCharacters, TypedTextField
from base.widgets import DayInput, InstantInput
from calls.models import Call, Extension
from committees.models import Committee, Grid


class CallForm(forms.ModelForm):
    """What the team says of a call while it prepares it."""

    sponsor = EntityField(
        label=_("Service qui propose le défi"),
        required=False,
        help_text=_("Pour un défi seulement : son nom ou son sigle."),
    )

    class Meta:
        model = Call
        fields = [
            "title",
            "kind",
            "sponsor",
            "summary",
            "eligibility",
            "guidance",
            "contact",
            "opens_at",
            "closes_at",
            "grace_minutes",
            "approval_required",
            "committee",
            "grid",
            "promotion_starts_on",
            "months",
            "receipt_service",
            "receipt_contact",
            "silence",
            "silence_months",
            "legal_notice",
        ]
        widgets = {
            "opens_at": InstantInput,
            "closes_at": InstantInput,
            "promotion_starts_on": DayInput,
            "guidance": forms.Textarea(attrs={"rows": 10}),
        }
        help_texts = {
            "closes_at": _("L’heure compte : on dépose jusqu’à la fin de cette seconde."),
            "promotion_starts_on": _("Une indication pour les candidats ; peut rester vide."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = Committee.objects.visible_to(user).order_by("name")
        self.fields["grid"].queryset = Grid.objects.visible_to(user).order_by("name", "-version")


class ExtensionForm(forms.Form):
    """A later closing."""

    closes_at = forms.DateTimeField(
        label=_("Nouvelle clôture (heure de Paris)"), widget=InstantInput
    )


class PersonalExtensionForm(forms.Form):
    """More time for one person, who has an account."""

    email = forms.EmailField(
        label=_("Adresse électronique de la personne"),
        max_length=254,
        help_text=_("Celle de son compte ; elle sera prévenue par un message."),
    )
    until = forms.DateTimeField(label=_("Jusqu’à (heure de Paris)"), widget=InstantInput)
    reason = TypedTextField(
        label=_("Motif"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[NoControlCharacters(lines=True)],
        help_text=_("La personne le lira, et personne d’autre que l’équipe."),
    )

    def clean_email(self):
        account = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True)
        if not account:
            raise forms.ValidationError(_("Aucun compte n’a cette adresse."))
        self.person = account[0]
        return self.cleaned_data["email"]

    def grant(self, *, by, call):
        until, reason = self.cleaned_data["until"], self.cleaned_data["reason"]
        return Extension.grant(by=by, call=call, person=self.person, until=until, reason=reason)


class CopyForm(forms.ModelForm):
    """What changes from a call to the next one made of it."""

    class Meta:
        model = Call
        fields = ["title", "opens_at", "closes_at"]
        widgets = {"opens_at": InstantInput, "closes_at": InstantInput}
