from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base.widgets import InstantInput
from base.wording import clock
from committees.models import Hearing, HearingPlan


class ClockInput(forms.TimeInput):
    input_type = "time"


class SeriesForm(forms.ModelForm):
    """A series of slots, on the day of the sitting."""

    first = forms.TimeField(label=_("Première audition à"), widget=ClockInput(format="%H:%M"))
    count = forms.IntegerField(label=_("Nombre de créneaux"), min_value=1, max_value=40)
    minutes = forms.IntegerField(
        label=_("Durée de chacun, en minutes"), min_value=5, max_value=240, initial=20
    )
    pause = forms.IntegerField(
        label=_("Pause entre deux, en minutes"), min_value=0, max_value=120, initial=10
    )
    link = forms.URLField(
        label=_("Lien de la visioconférence"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Vide : les auditions se tiennent au lieu de la séance."),
    )
    field_order = ["first", "count", "minutes", "pause", "link", "choose_before", "change_hours"]

    class Meta:
        model = HearingPlan
        fields = ["choose_before", "change_hours"]
        field_classes = {"choose_before": forms.DateTimeField}
        widgets = {"choose_before": InstantInput}
        help_texts = {"choose_before": _("Heure de Paris.")}

    def __init__(self, sitting, data=None):
        plan = HearingPlan.objects.filter(sitting=sitting).first()
        super().__init__(data, instance=plan or HearingPlan(sitting=sitting))
        self.day = sitting.day

    def series(self):
        """What `HearingPlan.lay_out` asks: the first instant rather than its hour."""
        fields = dict(self.cleaned_data)
        first = datetime.combine(self.day, fields.pop("first") or time.min)
        return fields | {"first_at": timezone.make_aware(first)}


class CancellationForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Les personnes qui avaient choisi un créneau le liront."),
    )


class SlotField(forms.ModelChoiceField):
    def label_from_instance(self, slot):
        return _("%(start)s à %(end)s") % {
            "start": clock(slot.starts_at),
            "end": clock(slot.ends_at),
        }


class SlotForm(forms.ModelForm):
    """A free slot; with the reason when another one is given up for it."""

    slot = SlotField(
        label=_("Créneau"),
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "invalid_choice": _("Ce créneau vient d’être pris : choisissez-en un autre.")
        },
    )
    field_order = ["slot", "release_reason"]

    class Meta:
        model = Hearing
        fields = ["release_reason"]

    def __init__(self, slots, data=None, *, moving=False):
        super().__init__(data)
        self.fields["slot"].queryset = slots
        if moving:
            self.fields["release_reason"].required = True
        else:
            del self.fields["release_reason"]
