from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Application
from committees.models import Round


class DismissalForm(forms.Form):
    """Why an application is not admissible, in words that its author will read."""

    reason = forms.CharField(
        label=_("Motif, tel que la personne le lira"),
        max_length=Application._meta.get_field("inadmissible_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReferralForm(forms.Form):
    """Which admissible dossiers go to the committee, in which round."""

    LIMIT = 200

    round = forms.ModelChoiceField(label=_("Tour d’examen"), queryset=Round.objects.none())
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
