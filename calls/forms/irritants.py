from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import EntityField
from calls.models import Irritant


class IrritantForm(forms.ModelForm):
    """A pain, in a minute."""

    entity = EntityField(label=_("Service concerné"), required=False)

    class Meta:
        model = Irritant
        fields = ["title", "description", "sufferers", "frequency", "entity"]

    def __init__(self, *args, suggestions="", **kwargs):
        super().__init__(*args, **kwargs)
        for name in ["sufferers", "frequency"]:
            self.fields[name].required = True
        self.fields["title"].widget.attrs |= {
            "hx-get": suggestions,
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#proches",
            "autocomplete": "off",
        }

    def words(self):
        return f"{self.cleaned_data['title']} {self.cleaned_data['description']}"


class PublicIrritantForm(IrritantForm):
    """The same for a user of the service, who has no account and may leave an address."""

    email = Irritant._meta.get_field("reporter_email").formfield()


class HidingForm(forms.Form):
    """Why an irritant is taken off the list."""

    reason = Irritant._meta.get_field("hidden_reason").formfield(required=True)


class ClosingForm(forms.Form):
    """What an irritant came to."""

    reason = Irritant._meta.get_field("closed_reason").formfield(required=True)


class ThemeForm(forms.ModelForm):
    class Meta:
        model = Irritant
        fields = ["theme"]


class MergeForm(forms.Form):
    """Which other irritant says the same: one of those that look alike, or any by its number."""

    into = forms.ModelChoiceField(
        label=_("Parmi ceux qui lui ressemblent"),
        queryset=Irritant.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        empty_label=None,
    )
    number = forms.IntegerField(
        label=_("Ou un autre, par son numéro"),
        required=False,
        min_value=1,
        max_value=2**31,
        help_text=_("Il est écrit sur sa page."),
    )

    def __init__(self, data=None, *, irritant):
        super().__init__(data)
        self.others = Irritant.objects.published().exclude(pk=irritant.pk)
        alike = [other.pk for other in self.others.similar_to(irritant.title)[:8]]
        self.fields["into"].queryset = self.others.filter(pk__in=alike).order_by("pk")
        if not alike:
            del self.fields["into"]
            self.fields["number"].label = _("Numéro de l’irritant qui dit la même chose")

    def clean(self):
        number = self.cleaned_data.pop("number", None)
        if number:
            self.cleaned_data["into"] = self.others.filter(pk=number).first()
        if not self.cleaned_data.get("into") and not self.errors:
            self.add_error(
                "number" if number else None,
                _("Aucun autre irritant publié ne porte ce numéro.")
                if number
                else _("Choisissez un irritant, ou donnez son numéro."),
            )
        return self.cleaned_data
