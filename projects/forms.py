from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from base.calendar import today
from base.fields import NoControlCharacters
from base.widgets import DayInput
from projects.models import (
    Indicator,
    Membership,
    Milestone,
    Observation,
    OpenLab,
    PhaseChange,
    Project,
    Promotion,
    Resemblance,
    Role,
    Term,
    TermReview,
)


class PromotionForm(forms.ModelForm):
    class Meta:
        model = Promotion
        fields = ["name", "summary", "starts_on", "committee", "call"]
        widgets = {"starts_on": DayInput}


class OpeningForm(forms.Form):
    """Which selected applications become projects, and from which day."""

    applications = forms.ModelMultipleChoiceField(
        label=_("Candidatures à ouvrir"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une candidature.")},
    )
    anchor = forms.DateField(
        label=_("Entrée en incubation"),
        widget=DayInput,
        help_text=_("Premier jour du mandat : les six mois se comptent de ce jour."),
    )

    def __init__(self, *args, ready, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = ready


class VersionedForm(forms.ModelForm):
    """Texts that several people may write: whoever is late sees both and chooses."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def texts_of_another(self):
        """After a refusal over a newer version: what it says, as (label, text) pairs.

        The form then carries that version: saving once more replaces it, knowingly.
        """
        if not getattr(self, "refused", False):
            return []
        stored = type(self.instance)._base_manager.get(pk=self.instance.pk)
        if stored.version == self.cleaned_data["version"]:
            return []
        self.data = self.data.copy()
        self.data["version"] = stored.version
        return [
            (self.fields[name].label, getattr(stored, name))
            for name in self.Meta.fields
            if getattr(stored, name) != self.cleaned_data.get(name)
        ]


class PresentationForm(VersionedForm):
    class Meta:
        model = Project
        fields = ["title", "pitch", "problem", "approach", "learnings"]


class PhaseForm(forms.ModelForm):
    class Meta:
        model = PhaseChange
        fields = ["phase", "effective_on", "note"]
        widgets = {"effective_on": DayInput}

    @staticmethod
    def telling(change):
        """What the form shows of a change to correct."""
        return {name: getattr(change, name) for name in PhaseForm.Meta.fields}


class MembershipForm(forms.ModelForm):
    """Someone who joins the team; a coach joins by accepting an accompaniment."""

    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("L’adresse professionnelle de son compte."),
    )

    class Meta:
        model = Membership
        fields = ["role", "starts_on"]
        widgets = {"starts_on": DayInput}

    field_order = ["email", "role", "starts_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"starts_on": today()}, **kwargs)
        self.fields["role"].choices = [c for c in Role.choices if c[0] != Role.COACH]

    def clean_email(self):
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True)
        self.person = person.first()
        if self.person is None:
            raise forms.ValidationError(
                _("Personne n’a de compte à cette adresse : invitez la personne à en créer un.")
            )
        return self.person.email

    def joining(self):
        """What the verb needs."""
        data = self.cleaned_data
        return {"user": self.person, "role": data["role"], "starts_on": data["starts_on"]}


class MembershipEndForm(forms.Form):
    on = forms.DateField(
        label=_("Ne fait plus partie de l’équipe à compter du"),
        widget=DayInput,
        initial=today,
        help_text=_("Ses droits sur le projet s’arrêtent ce jour-là."),
    )


class MilestoneForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["title", "due_on"]
        widgets = {"due_on": DayInput}


class MilestoneDayForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["due_on"]
        widgets = {"due_on": DayInput}


class MilestoneReportForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["report"]
        help_texts = {
            "report": _("Ce qui a été fait, ce qui ne l’a pas été, ce que vous en retenez.")
        }
        widgets = {"report": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["report"].required = True


class MilestoneReviewForm(forms.ModelForm):
    again_on = forms.DateField(
        label=_("À rendre de nouveau pour le"),
        widget=DayInput,
        required=False,
        help_text=_("Seulement si le jalon est à reprendre."),
    )

    class Meta:
        model = Milestone
        fields = ["verdict", "comment"]
        widgets = {"verdict": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].required = True
        self.fields["verdict"].choices = Milestone.Verdict.choices


class PlanForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["committee_on"]
        widgets = {"committee_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee_on"].required = True


class TermReviewForm(VersionedForm):
    class Meta:
        model = TermReview
        fields = ["achievements", "impact", "learnings", "request"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 8})
            for name in ["achievements", "impact", "learnings", "request"]
        }


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Ce qu’il faut compléter"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[NoControlCharacters(lines=True)],
        help_text=_("Envoyé tel quel aux intrapreneurs."),
    )


class ExaminationForm(forms.Form):
    round = forms.ModelChoiceField(
        label=_("Tour du comité"),
        queryset=None,
        empty_label=None,
        help_text=_("La revue y est figée telle qu’elle est aujourd’hui."),
    )

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = ["name", "unit", "kind", "target", "public"]


class ObservationForm(forms.ModelForm):
    class Meta:
        model = Observation
        fields = ["on", "value", "comment"]
        widgets = {"on": DayInput}


class ObservationCorrectionForm(forms.ModelForm):
    class Meta:
        model = Observation
        fields = ["value", "comment"]


class OpenLabForm(forms.ModelForm):
    class Meta:
        model = OpenLab
        fields = ["held_on", "place", "participants", "learnings"]
        widgets = {"held_on": DayInput}


class ResemblanceForm(forms.ModelForm):
    """What to do of two that look alike, and why."""

    class Meta:
        model = Resemblance
        fields = ["conclusion", "reason"]
        widgets = {"conclusion": forms.RadioSelect}

    def __init__(self, data=None, *, with_project):
        super().__init__(data)
        unfit = Resemblance.Conclusion.MERGE if with_project else Resemblance.Conclusion.JOIN
        fitting = [c for c in Resemblance.Conclusion.choices if c[0] != unfit]
        self.fields["conclusion"].choices = fitting
