from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import EntityField
from calls.models import Irritant


class IrritantForm(forms.ModelForm):
    """A pain, in a minute."""

    entity = EntityField(label=_("Service concerné"), required=False)

    class Meta:
        model = Irritant
        fields = ["title", "description", "entity"]

    def words(self):
        return f"{self.cleaned_data['title']} {self.cleaned_data['description']}"


class HidingForm(forms.Form):
    """Why an irritant is taken off the list."""

    reason = Irritant._meta.get_field("hidden_reason").formfield(required=True)
