from django import forms
from django.utils.translation import gettext_lazy as _

from base.widgets import InstantInput
from committees.models import Attendance, Deliberation, Proxy, Sitting


# What one page offers at once for an agenda; the rest comes when these are on it.
OFFERED = 50


class SittingForm(forms.ModelForm):
    class Meta:
        model = Sitting
        fields = ["meets_at", "place"]
        field_classes = {"meets_at": forms.DateTimeField}
        widgets = {"meets_at": InstantInput}
        help_texts = {"meets_at": _("Heure de Paris.")}


class ConvocationForm(forms.ModelForm):
    class Meta:
        model = Sitting
        fields = ["urgency"]
        help_texts = {"urgency": _("Seulement si le délai de convocation ne peut pas être tenu.")}


class SecondConvocationForm(SittingForm):
    class Meta(SittingForm.Meta):
        fields = ["meets_at", "place", "urgency"]
        help_texts = SittingForm.Meta.help_texts | ConvocationForm.Meta.help_texts


class AgendaForm(forms.Form):
    """The dossiers that may join an agenda, the oldest first."""

    deliberations = forms.ModelMultipleChoiceField(
        label=_("Dossiers à inscrire"),
        queryset=Deliberation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un dossier.")},
    )

    def __init__(self, user, sitting, data=None):
        super().__init__(data)
        free = Deliberation.objects.schedulable_by(user).filter(round__committee=sitting.committee)
        offered = free.order_by("pk").values("pk")[:OFFERED]
        self.fields["deliberations"].queryset = (
            Deliberation.objects.filter(pk__in=offered).select_related("snapshot").order_by("pk")
        )


class ArrivalForm(forms.ModelForm):
    class Meta:
        model = Attendance
        fields = ["seat", "mode"]

    def __init__(self, sitting, data=None):
        super().__init__(data)
        self.fields["seat"].queryset = sitting.seats().select_related("user")


class ProxyForm(forms.ModelForm):
    """Who gives power to whom; a member speaks only for their own seat."""

    class Meta:
        model = Proxy
        fields = ["principal", "holder"]

    def __init__(self, user, sitting, data=None):
        super().__init__(data)
        seats = sitting.seats().voting().select_related("user").order_by("user__last_name", "pk")
        conducts = Sitting.objects.conductable_by(user).contains(sitting)
        self.fields["holder"].queryset = seats if conducts else seats.exclude(user=user)
        self.fields["principal"].queryset = seats if conducts else seats.filter(user=user)
        if not conducts:
            self.fields["principal"].initial = seats.filter(user=user).first()


class OrderForm(forms.Form):
    """The items of an agenda in a proposed order, as the page showed it."""

    order = forms.RegexField(r"\A\d+(,\d+)*\Z", widget=forms.HiddenInput, max_length=2000)

    def clean_order(self):
        return [int(key) for key in self.cleaned_data["order"].split(",")]
