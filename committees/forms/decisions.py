from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from committees.forms.conditions import ConditionsFields
from committees.models import Decision


class DecisionForm(ConditionsFields, forms.ModelForm):
    """Offers the outcomes that the ballot allows; the model's constraints speak for themselves."""

    class Meta:
        model = Decision
        fields = ["outcome", "reason_code", "reason"]

    def __init__(self, deliberation, ballot, data=None, *, supersedes=None):
        super().__init__(data)
        self.deliberation, self.supersedes = deliberation, supersedes
        outcomes = ballot.allowed_outcomes() if ballot else deliberation.examined().Outcome
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Issue"),
            widget=forms.RadioSelect,
            choices=[(outcome.value, outcome.label) for outcome in outcomes],
        )
        self.fields["reason_code"].help_text = _("Demandé, sauf pour une décision favorable.")
        self.fields["reason"].help_text = _(
            "Demandé, sauf pour une décision favorable. Les personnes concernées le liront."
        )

    def clean(self):
        cleaned = super().clean()
        self.take_conditions(cleaned)
        if not self.errors:
            terms = {name: cleaned[name] for name in ["outcome", "reason_code", "reason"]}
            draft = self.deliberation.draft_decision(**terms, supersedes=self.supersedes)
            try:
                draft.validate_constraints(exclude=["deliberation"])
            except ValidationError as broken:
                for error in broken.error_dict[NON_FIELD_ERRORS]:
                    self.add_error(error.code if error.code in self.fields else None, error)
        return cleaned
