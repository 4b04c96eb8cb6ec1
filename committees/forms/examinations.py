from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Round


class ExaminationForm(forms.Form):
    """Where to send what is to be examined: a round that still takes dossiers."""

    round = forms.ModelChoiceField(label=_("Tour"), queryset=Round.objects.none())

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["round"].queryset = Round.objects.receptive_to(user).order_by("closes_at")
