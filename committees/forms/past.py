from django import forms
from django.utils.translation import gettext_lazy

from base.widgets import InstantInput


class StateForm(forms.Form):
    le = forms.DateTimeField(
        label=gettext_lazy("Jour et heure"),
        help_text=gettext_lazy("Heure de Paris."),
        widget=InstantInput,
    )
