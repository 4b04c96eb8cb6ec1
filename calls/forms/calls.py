from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import EntityField
from accounts.models import User
from base.fields import NoControlCharacters, TypedTextField
from base.widgets import DayInput, InstantInput
from calls.models import Call, Extension
from committees.models import Committee, Grid


RECEIPT_WORDS = [
    "receipt_service",
    "receipt_contact",
    "silence",
    "silence_months",
    "legal_notice",
]


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
            *RECEIPT_WORDS,
        ]
        widgets = {
            "opens_at": InstantInput,
            "closes_at": InstantInput,
            "promotion_starts_on": DayInput,
            "guidance": forms.Textarea(attrs={"rows": 10}),
        }
        help_texts = {
            "closes_at": _(
                "L’heure compte : on dépose jusqu’à la fin de cette seconde. Laissez vide pour un"
                " appel permanent : sa clôture s’annonce plus tard, une fois qu’il est publié."
            ),
            "promotion_starts_on": _("Une indication pour les candidats ; peut rester vide."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = Committee.objects.visible_to(user).order_by("name")
        self.fields["grid"].queryset = Grid.objects.visible_to(user).order_by("name", "-version")

    def clean(self):
        check_closing(self, rolling=self.cleaned_data.get("kind") == Call.Kind.ROLLING)
        return super().clean()


def check_closing(form, *, rolling):
    """Say at its field that the closing is missing, or given to a call that has none."""
    if "closes_at" in form.errors:
        return
    closes_at = form.cleaned_data.get("closes_at")
    if rolling and closes_at:
        sentence = _(
            "Un appel permanent n’a pas de date de clôture : laissez ce champ vide, vous"
            " l’annoncerez une fois l’appel publié."
        )
        form.add_error("closes_at", sentence)
    if not rolling and closes_at is None:
        sentence = _("Donnez la date de clôture : seul un appel permanent n’en a pas.")
        form.add_error("closes_at", sentence)


class ReceiptWordsForm(forms.ModelForm):
    """What the receipts of a call say beside what was deposited."""

    class Meta:
        model = Call
        fields = RECEIPT_WORDS


class ExtensionForm(forms.Form):
    """A later closing."""

    closes_at = forms.DateTimeField(
        label=_("Nouvelle clôture (heure de Paris)"), widget=InstantInput
    )


class EndingForm(forms.Form):
    """The end of a rolling call."""

    closes_at = forms.DateTimeField(
        label=_("Clôture (heure de Paris)"),
        widget=InstantInput,
        help_text=_("L’heure compte : on dépose jusqu’à la fin de cette seconde."),
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

    def __init__(self, data=None, *, call, **kwargs):
        super().__init__(data, instance=Call(kind=call.kind, sponsor=call.sponsor), **kwargs)
        self.rolling = call.is_rolling
        if self.rolling:
            del self.fields["closes_at"]

    def clean(self):
        check_closing(self, rolling=self.rolling)
        return super().clean()
