from django import forms

from committees.models import Round


POLICY = ["reading", "authors_named"]


class ReadingForm(forms.ModelForm):
    """Who reads whose review, until the round opens; from which gap reviews diverge."""

    class Meta:
        model = Round
        fields = [*POLICY, "divergence_points"]
        widgets = {"reading": forms.RadioSelect}

    def __init__(self, round, data=None):
        super().__init__(data, instance=round)
        self.frozen = not Round.objects.planned().contains(round)
        for name in POLICY:
            self.fields[name].disabled = self.frozen
