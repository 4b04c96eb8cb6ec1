"""The order of a reserve list, before its people are told."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from base.widgets import DayInput
from calls.models import Reserve


class ArrangementForm(forms.ModelForm):
    """A rank for each application, each rank once, and the last day of the list."""

    class Meta:
        model = Reserve
        fields = ["ends_on"]
        widgets = {"ends_on": DayInput}
        help_texts = {
            "ends_on": _("Dernier jour où une place libérée est proposée. Vide : sans terme.")
        }

    def __init__(self, applications, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.applications = applications
        for rank, application in enumerate(applications, 1):
            self.fields[f"rank_{application.pk}"] = forms.IntegerField(
                label=str(application), min_value=1, max_value=len(applications), initial=rank
            )

    def clean(self):
        ranks = self.cleaned_data
        given = [ranks.get(f"rank_{one.pk}") for one in self.applications]
        if None not in given and len(set(given)) != len(given):
            raise ValidationError(_("Donnez à chaque candidature un rang différent."))
        return ranks

    def ordered(self):
        """The applications, the first one first."""
        rank = self.cleaned_data
        return sorted(self.applications, key=lambda one: rank[f"rank_{one.pk}"])
