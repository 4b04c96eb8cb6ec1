"""What members and those who conduct an examination fill in, reviews apart."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Assignment, Interest, Round


NONE = ("none", gettext_lazy("aucun lien"))


class ExaminationForm(forms.Form):
    """Where to send what is to be examined: a round that still takes dossiers."""

    round = forms.ModelChoiceField(label=gettext_lazy("Tour"), queryset=Round.objects.none())

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["round"].queryset = Round.objects.receptive_to(user).order_by("closes_at")


class InterestForm(forms.ModelForm):
    class Meta:
        model = Interest
        fields = ["effect", "reason"]
        widgets = {"effect": forms.RadioSelect}


class DeclarationForm(forms.Form):
    """One answer for each dossier listed: no tie, or a tie and what it is.

    Posted without any answer, by the one button that says so, it means no tie at all.
    """

    def __init__(self, deliberations, data=None):
        super().__init__(data)
        in_one_click = data is not None and not any(key.startswith("effect_") for key in data)
        self.deliberations = list(deliberations)
        reason = Interest._meta.get_field("reason")
        for deliberation in self.deliberations:
            self.fields[f"effect_{deliberation.pk}"] = forms.ChoiceField(
                label=gettext_lazy("Votre lien"),
                choices=[NONE, *Interest.Effect.choices],
                widget=forms.RadioSelect,
                required=not in_one_click,
                initial="none",
            )
            self.fields[f"reason_{deliberation.pk}"] = reason.formfield(
                label=gettext_lazy("En quoi consiste ce lien"),
                help_text=gettext_lazy("À remplir si vous déclarez un lien."),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self):
        cleaned = super().clean()
        for deliberation in self.deliberations:
            if self.effect_on(deliberation) != "none" and not self.reason_for(deliberation):
                self.add_error(f"reason_{deliberation.pk}", _("Dites en quoi consiste le lien."))
        return cleaned

    def rows(self):
        """The dossiers with their two fields, for the page."""
        for deliberation in self.deliberations:
            yield deliberation, self[f"effect_{deliberation.pk}"], self[f"reason_{deliberation.pk}"]

    def shown_keys(self):
        return ",".join(str(deliberation.pk) for deliberation in self.deliberations)

    def ties(self):
        return [
            (deliberation, self.effect_on(deliberation), self.reason_for(deliberation))
            for deliberation in self.deliberations
            if self.effect_on(deliberation) != "none"
        ]

    def effect_on(self, deliberation):
        return self.cleaned_data.get(f"effect_{deliberation.pk}") or "none"

    def reason_for(self, deliberation):
        return self.cleaned_data.get(f"reason_{deliberation.pk}", "")


class SettlementForm(forms.Form):
    """What to make of a suspicion."""

    DISMISSED = ("dismissed", gettext_lazy("lien écarté : cette personne prend part à l’examen"))

    verdict = forms.ChoiceField(
        label=gettext_lazy("Votre appréciation"),
        choices=[*Interest.Effect.choices, DISMISSED],
        widget=forms.RadioSelect,
    )
    reason = Interest._meta.get_field("settled_reason").formfield(
        help_text=gettext_lazy("Obligatoire pour écarter un lien ; le procès-verbal la cite.")
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "dismissed" and not cleaned.get("reason"):
            self.add_error("reason", _("Dites pourquoi ce lien est écarté."))
        return cleaned

    def settle(self, interest, *, by):
        verdict, reason = self.cleaned_data["verdict"], self.cleaned_data["reason"]
        if verdict == "dismissed":
            return interest.dismiss(by=by, reason=reason)
        return interest.confirm(by=by, effect=verdict, reason=reason)


class AssignmentForm(forms.ModelForm):
    """To whom a dossier is entrusted: only members who may review it are offered."""

    class Meta:
        model = Assignment
        fields = ["seat", "why"]

    def __init__(self, deliberation, data=None):
        super().__init__(data)
        self.fields["seat"].queryset = deliberation.assignable_seats().order_by("pk")
        self.fields["seat"].empty_label = _("Choisissez un membre")


class DeclineForm(forms.Form):
    reason = Assignment._meta.get_field("decline_reason").formfield(
        required=True, help_text=gettext_lazy("Lu par celles et ceux qui conduisent l’examen.")
    )
