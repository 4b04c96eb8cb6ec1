from django import forms
from django.utils.translation import gettext_lazy as _

from calls.forms.desk import RoundField
from calls.models import Appeal
from committees.models import Round


class AppealForm(forms.ModelForm):
    """What is contested, and why."""

    class Meta:
        model = Appeal
        fields = ["text"]


class AppealRoundForm(forms.Form):
    """Before whom an appeal goes."""

    round = RoundField(
        label=_("Tour d’examen"),
        queryset=Round.objects.none(),
        help_text=_("Un autre tour que celui de la décision contestée, de n’importe quel comité."),
    )

    def __init__(self, appeal, data=None, *, user):
        super().__init__(data)
        self.fields["round"].queryset = appeal.rounds_receptive_to(user)
