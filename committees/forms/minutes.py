from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem, Dissent, MinutesAmendment, Rectification


class AmendmentForm(forms.ModelForm):
    """The words of one section; `read` is the text from which they were written."""

    read = forms.CharField(widget=forms.HiddenInput, strip=False)

    class Meta:
        model = MinutesAmendment
        fields = ["after", "reason"]

    def __init__(self, section, data=None):
        super().__init__(data, initial={"read": section.text, "after": section.text})
        self.fields["after"].widget.attrs["rows"] = 14

    def clean_read(self):
        """A browser sends its own line ends."""
        return self.cleaned_data["read"].replace("\r\n", "\n")


class DissentForm(forms.ModelForm):
    class Meta:
        model = Dissent
        fields = ["text"]


class RectificationForm(forms.ModelForm):
    class Meta:
        model = Rectification
        fields = ["wrong", "right", "reason"]


class NewRectificationForm(RectificationForm):
    """The same, and what it is about: the meeting as a whole, or an item that its author sees."""

    item = forms.ModelChoiceField(
        label=_("Partie rectifiée"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Séance et présences"),
    )
    field_order = ["item", "wrong", "right", "reason"]

    def __init__(self, user, sitting, data=None):
        super().__init__(data)
        self.fields["item"].queryset = sitting.items.visible_to(user).in_order()
