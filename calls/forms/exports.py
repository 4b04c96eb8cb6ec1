from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Export


class ExportForm(forms.Form):
    """In which format the desk's list is taken away."""

    format = forms.ChoiceField(label=_("Format"), choices=Export.Format.choices)
