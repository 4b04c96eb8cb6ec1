from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Application, SavedView, Theme
from calls.selection import Action, Request
from committees.models import Round


class DismissalForm(forms.Form):
    """Why an application is not admissible, in words that its author will read."""

    reason = forms.CharField(
        label=_("Motif, tel que la personne le lira"),
        max_length=Application._meta.get_field("inadmissible_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RoundField(forms.ModelChoiceField):
    """A round by its name, and by what its members will not read."""

    def label_from_instance(self, round):
        return _("%(round)s, à l’aveugle") % {"round": round} if round.blind else str(round)


class ReferralForm(forms.Form):
    """Which admissible dossiers go to the committee, in which round."""

    LIMIT = 200

    round = RoundField(label=_("Tour d’examen"), queryset=Round.objects.none())
    applications = forms.ModelMultipleChoiceField(
        label=_("Dossiers recevables"),
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un dossier.")},
    )

    def __init__(self, call, data=None, *, user):
        super().__init__(data)
        rounds = Round.objects.receptive_to(user).filter(committee=call.committee_id)
        self.fields["round"].queryset = rounds.order_by("closes_at", "pk")
        ready = Application.objects.examinable_by(user).filter(call=call).order_by("pk")
        chosen = ready.values("pk")[: self.LIMIT]
        field = self.fields["applications"]
        field.queryset = Application.objects.filter(pk__in=chosen).order_by("pk")
        field.initial = [row["pk"] for row in chosen]


class SavedViewForm(forms.ModelForm):
    """The name of a view; what it shows is the address of the desk."""

    class Meta:
        model = SavedView
        fields = ["name"]


class SelectionForm(forms.Form):
    """What to do with the dossiers chosen on the desk, and what that needs."""

    action = forms.ChoiceField(
        label=_("Que faire de ces dossiers ?"), choices=Action.choices, widget=forms.RadioSelect
    )
    round = RoundField(
        label=_("Tour d’examen"),
        queryset=Round.objects.none(),
        required=False,
        help_text=_("Pour les envoyer au comité."),
    )
    theme = forms.ChoiceField(
        label=_("Thème"),
        choices=[("", _("Choisir")), *Theme.choices],
        required=False,
        help_text=_("Pour les classer."),
    )

    def __init__(self, data=None, *, user, applications):
        super().__init__(data)
        committees = {application.call.committee_id for application in applications}
        rounds = Round.objects.receptive_to(user).filter(committee__in=committees)
        self.fields["round"].queryset = rounds.order_by("closes_at", "pk")

    def clean(self):
        action = self.cleaned_data.get("action")
        if action == Action.SEND and not self.cleaned_data.get("round"):
            self.add_error("round", _("Choisissez le tour d’examen."))
        if action == Action.CLASSIFY and not self.cleaned_data.get("theme"):
            self.add_error("theme", _("Choisissez un thème."))
        return self.cleaned_data

    def request(self):
        return Request(**self.cleaned_data)
