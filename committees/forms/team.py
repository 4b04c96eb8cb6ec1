"""What the incubator's team, and those who conduct a committee, set up."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.widgets import DayInput, InstantInput
from committees.forms.readings import POLICY
from committees.models import Committee, Criterion, Grid, Level, Round, Seat
from committees.models.expertise import subjects
from committees.models.grid import FEWEST_LEVELS, MOST_LEVELS


class CommitteeForm(forms.ModelForm):
    class Meta:
        model = Committee
        fields = [
            "name",
            "purpose",
            "quorum_percent",
            "notice_days",
            "casting_vote",
            "majority_base",
            "secrecy_minimum",
            "interest_distance",
            "proxies_per_holder",
            "earlier_review_is_a_tie",
        ]


class SeatForm(forms.ModelForm):
    """A seat for somebody who has an account, found by the exact address."""

    email = forms.EmailField(label=gettext_lazy("Adresse électronique de la personne"))

    class Meta:
        model = Seat
        fields = ["capacity", "substitutes", "starts_on", "ends_on"]
        widgets = {"starts_on": DayInput, "ends_on": DayInput}
        help_texts = {"substitutes": gettext_lazy("Pour une suppléance seulement.")}

    field_order = ["email", "capacity", "substitutes", "starts_on", "ends_on"]

    def __init__(self, committee, data=None):
        super().__init__(data, instance=Seat(committee=committee))
        titulars = committee.seats.voting().select_related("user").order_by("pk")
        self.fields["substitutes"].queryset = titulars
        self.fields["substitutes"].empty_label = _("Personne en particulier")

    def clean_email(self):
        self.instance.user = person_of(self.cleaned_data["email"])
        return self.instance.user

    def seat(self):
        """What the verb takes."""
        cleaned = dict(self.cleaned_data)
        return {"user": cleaned.pop("email"), **cleaned}


class TrialForm(forms.Form):
    """Whose ties are looked for, without anything being kept."""

    email = forms.EmailField(label=gettext_lazy("Adresse électronique de la personne"))

    def clean_email(self):
        return person_of(self.cleaned_data["email"])


def person_of(email):
    """Who has an account under this exact address."""
    users = get_user_model().objects.filter(is_active=True).select_related("entity")
    user = users.filter(email=email.lower()).first()
    if user is None:
        raise forms.ValidationError(
            _("Aucun compte n’a cette adresse : demandez à la personne d’en ouvrir un.")
        )
    return user


class SeatTermsForm(forms.ModelForm):
    """What a member brings and bears."""

    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Un dossier va à une personne au moins qui connaît son thème, si le comité en compte."
        ),
    )

    class Meta:
        model = Seat
        fields = ["max_load", "letter"]

    def __init__(self, seat, data=None):
        known = list(seat.expertises.values_list("subject", flat=True))
        super().__init__(data, instance=seat, initial={"subjects": known})
        self.fields["subjects"].choices = list(subjects().items())


class SeatEndForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Dernier jour du mandat"), widget=DayInput)


class GridForm(forms.ModelForm):
    class Meta:
        model = Grid
        fields = ["name", "coverage_percent"]


class CriterionForm(forms.ModelForm):
    """A criterion and its four to six levels, worst first."""

    class Meta:
        model = Criterion
        fields = ["label", "help", "weight"]

    def __init__(self, data=None, *, instance=None):
        super().__init__(data, instance=instance)
        levels = instance.ordered_levels() if instance else []
        for number in range(1, MOST_LEVELS + 1):
            level = levels[number - 1] if number <= len(levels) else None
            self._add_level(number, level, required=number <= FEWEST_LEVELS)

    def _add_level(self, number, level, *, required):
        for name, label in [
            ("label", _("Niveau %(number)s")),
            ("anchor", _("Niveau %(number)s : ce qui le montre")),
        ]:
            self.fields[f"{name}_{number}"] = Level._meta.get_field(name).formfield(
                label=label % {"number": number},
                required=required,
                initial=getattr(level, name, ""),
                **({"widget": forms.Textarea(attrs={"rows": 2})} if name == "anchor" else {}),
            )

    def clean(self):
        cleaned = super().clean()
        ended = False
        for number in range(1, MOST_LEVELS + 1):
            label, anchor = cleaned.get(f"label_{number}"), cleaned.get(f"anchor_{number}")
            if number > FEWEST_LEVELS and bool(label) != bool(anchor):
                missing = "anchor" if label else "label"
                self.add_error(f"{missing}_{number}", _("Un niveau a un nom et ce qui le montre."))
            if label and ended:
                self.add_error(f"label_{number}", _("Remplissez les niveaux dans l’ordre."))
            ended = ended or not label
        return cleaned

    def criterion(self):
        """What the verbs take."""
        cleaned = self.cleaned_data
        levels = [
            (cleaned[f"label_{number}"], cleaned[f"anchor_{number}"])
            for number in range(1, MOST_LEVELS + 1)
            if cleaned[f"label_{number}"]
        ]
        return {name: cleaned[name] for name in ("label", "help", "weight")} | {"levels": levels}


BOUNDS = ["opens_at", "soft_closes_at", "closes_at"]


class RoundForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = ["grid", "name", *BOUNDS, "reviews_wanted", "max_load", "blind", *POLICY]
        widgets = dict.fromkeys(BOUNDS, InstantInput) | {"reading": forms.RadioSelect}

    def __init__(self, committee, data=None):
        super().__init__(data, instance=Round(committee=committee))
        self.fields["grid"].queryset = Grid.objects.published().order_by("name", "-version")
        self.fields["grid"].empty_label = _("Choisissez une grille publiée")


class RoundDatesForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = BOUNDS
        widgets = dict.fromkeys(BOUNDS, InstantInput)
