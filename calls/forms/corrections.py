from django import forms
from django.utils.translation import gettext_lazy as _

from base.widgets import DayInput
from calls.models import Correction


class CorrectionForm(forms.ModelForm):
    """Which questions are open again, what is asked and until when."""

    keys = forms.MultipleChoiceField(
        label=_("Questions à rouvrir"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Nommez au moins une question.")},
    )
    ends_on = forms.DateField(
        label=_("Attendu jusqu’au"),
        help_text=_("Ce jour compris, jusqu’à 23 h 59 (heure de Paris)."),
        widget=DayInput,
    )

    class Meta:
        model = Correction
        fields = ["words"]

    field_order = ["keys", "words", "ends_on"]

    def __init__(self, application, data=None):
        super().__init__(data)
        self.fields["keys"].choices = application.choices_of_keys()
