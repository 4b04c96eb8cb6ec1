from django import forms
from django.utils.translation import gettext_lazy as _

from base.widgets import DayInput
from calls.models import Approval


class PlanForm(forms.ModelForm):
    """The release plan that a manager is asked to sign."""

    class Meta:
        model = Approval
        fields = [
            "manager_name",
            "manager_email",
            "share_of_time",
            "starts_on",
            "months",
            "conditions",
        ]
        widgets = {"starts_on": DayInput}

    def clean_manager_email(self):
        return self.cleaned_data["manager_email"].lower()


class DelegationForm(forms.ModelForm):
    """Who signs instead."""

    class Meta:
        model = Approval
        fields = ["manager_name", "manager_email"]

    def clean_manager_email(self):
        return self.cleaned_data["manager_email"].lower()


class AnswerForm(forms.Form):
    """What a manager answers to a plan, and to which plan."""

    Status = Approval.Status

    status = forms.ChoiceField(
        label=_("Votre réponse"),
        widget=forms.RadioSelect,
        choices=[
            (Status.APPROVED, _("Je signe cette mise à disposition")),
            (Status.CONDITIONAL, _("Je signe sous conditions")),
            (Status.REFUSED, _("Je refuse")),
        ],
    )
    words = forms.CharField(
        label=_("Vos conditions, ou le motif de votre refus"),
        help_text=_("Nécessaire sauf si vous signez sans condition. La personne le lira."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    plan_digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self):
        cleaned = super().clean()
        worded = {self.Status.CONDITIONAL, self.Status.REFUSED}
        if cleaned.get("status") in worded and not cleaned.get("words"):
            self.add_error("words", _("Écrivez vos conditions, ou le motif de votre refus."))
        return cleaned
