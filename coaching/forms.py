from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from base.calendar import months_after, today
from base.widgets import DayInput
from coaching.matching import Request
from coaching.models import ActionItem, Audience, Coach, CoachAssignment, Expertise, Note, Session


ACTIONS = 3


class ExpertiseField(forms.MultipleChoiceField):
    """Areas of expertise, as boxes to tick."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=Expertise, widget=forms.CheckboxSelectMultiple, required=False, **kwargs
        )


class ProfileForm(forms.ModelForm):
    expertise = ExpertiseField(label=gettext_lazy("Domaines d’expertise"))

    class Meta:
        model = Coach
        fields = [
            "presentation",
            "expertise",
            "days_per_month",
            "project_limit",
            "available",
            "available_from",
            "available_until",
        ]
        widgets = {"available_from": DayInput, "available_until": DayInput}


class EnrolmentForm(forms.ModelForm):
    """Makes a coach of someone who has an account."""

    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        max_length=254,
        help_text=gettext_lazy("Celle de son compte sur le portail."),
    )
    expertise = ExpertiseField(label=gettext_lazy("Domaines d’expertise"))
    field_order = ["email"]

    class Meta:
        model = Coach
        fields = ["expertise", "days_per_month", "project_limit"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        self.user = User.objects.filter(email=email, is_active=True).first()
        if not self.user:
            raise forms.ValidationError(
                _("Aucun compte n’a cette adresse : la personne doit d’abord ouvrir le sien.")
            )
        return email

    def profile(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class RequestForm(forms.Form):
    """What is asked of a coach: read from the address, so that a ranking can be sent on."""

    starts_on = forms.DateField(label=gettext_lazy("Début"), widget=DayInput)
    last_day = forms.DateField(label=gettext_lazy("Dernier jour"), widget=DayInput)
    days_budget = forms.DecimalField(
        label=gettext_lazy("Jours par mois"),
        min_value=0.5,
        max_value=22,
        max_digits=4,
        decimal_places=1,
    )
    needs = ExpertiseField(label=gettext_lazy("Besoins du projet"))

    def __init__(self, project, data):
        self.project = project
        super().__init__(data if "starts_on" in data else self.usual())

    def usual(self):
        """From today to the end of the current term, two days a month."""
        term = self.project.current_term()
        last_day = term.last_day if term else months_after(today(), 6)
        return {"starts_on": today(), "last_day": last_day, "days_budget": 2}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned["last_day"] < cleaned["starts_on"]:
            self.add_error("last_day", _("Le dernier jour précède le début."))
        return cleaned

    def request(self):
        asked = self.cleaned_data
        return Request.until(
            asked["last_day"],
            project=self.project,
            starts_on=asked["starts_on"],
            days_budget=asked["days_budget"],
            needs=frozenset(asked["needs"]),
        )


class ProposalForm(forms.ModelForm):
    """Offers the coaches of a shortlist; refuses to choose from a list that has changed since."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    class Meta:
        model = CoachAssignment
        fields = ["coach", "reasons", "wished_by", "exception"]
        widgets = {"coach": forms.RadioSelect}

    def __init__(self, shortlist, data=None):
        super().__init__(data, initial={"shown": shortlist.digest})
        self.shortlist = shortlist
        totals = {candidate.coach.pk: candidate.total for candidate in shortlist.ranked}
        coach = self.fields["coach"]
        coach.empty_label = None
        coach.queryset = Coach.objects.filter(
            pk__in=[coach.pk for coach in shortlist.proposable()]
        ).select_related("user")
        coach.choices = [
            (coach.pk, self.label_of(coach, totals.get(coach.pk)))
            for coach in shortlist.proposable()
        ]
        if not any(rejection.excusable for rejection in shortlist.rejected):
            del self.fields["exception"]
        wished_by = self.fields["wished_by"]
        wished_by.empty_label = _("Personne en particulier")
        wished_by.queryset = User.objects.filter(
            pk__in=shortlist.request.project.memberships.not_ended().values("user")
        ).order_by("last_name", "first_name", "pk")
        wished_by.help_text = _("La personne de l’équipe avec qui ce coach est choisi.")

    @staticmethod
    def label_of(coach, total):
        if total is None:
            return _("%(coach)s (sur dérogation)") % {"coach": coach}
        return _("%(coach)s : %(total)s points") % {"coach": coach, "total": total}

    def clean_shown(self):
        if self.cleaned_data["shown"] != self.shortlist.digest:
            self.data = self.data.copy()
            self.data["shown"] = self.shortlist.digest
            raise forms.ValidationError(
                _("Le classement a changé depuis son affichage : relisez-le, puis confirmez.")
            )
        return self.cleaned_data["shown"]

    def proposal(self):
        return {name: self.cleaned_data[name] for name in self.fields if name != "shown"}


class RefusalForm(forms.ModelForm):
    class Meta:
        model = CoachAssignment
        fields = ["decline_reason"]

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["decline_reason"].required = True
        self.fields["decline_reason"].help_text = _("Lu par l’équipe de l’incubateur.")


class ClosingForm(forms.ModelForm):
    """Why an assignment ends, or a proposal is taken back."""

    class Meta:
        model = CoachAssignment
        fields = ["close_reason"]
        labels = {"close_reason": gettext_lazy("Motif")}

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["close_reason"].required = True


class SessionForm(forms.ModelForm):
    """A session in one page: what is shared, what is not, and up to three promises."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    private_note = Note._meta.get_field("text").formfield(
        required=False,
        label=gettext_lazy("Note privée"),
        help_text=gettext_lazy(
            "Jamais montrée à l’équipe du projet, à l’équipe de l’incubateur ni aux"
            " administrateurs."
        ),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Qui peut lire la note privée"),
        choices=[(a.value, a.label) for a in (Audience.AUTHOR, Audience.COACHES)],
        initial=Audience.AUTHOR,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Vous pourrez la restreindre, jamais l’élargir."),
    )

    class Meta:
        model = Session
        fields = ["held_on", "minutes", "shared_summary"]
        widgets = {"held_on": DayInput, "shared_summary": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, assignment, data=None):
        super().__init__(data, initial={"held_on": min(today(), assignment.last_day)})
        team = User.objects.filter(
            pk__in=assignment.project.memberships.not_ended().values("user")
        ).order_by("last_name", "first_name", "pk")
        for number in range(1, ACTIONS + 1):
            self.fields |= self.new_action(number, team)

    @staticmethod
    def new_action(number, team):
        title = ActionItem._meta.get_field("title").formfield(
            required=False, label=_("Action %(number)s : quoi") % {"number": number}
        )
        owner = forms.ModelChoiceField(
            team,
            required=False,
            label=_("Action %(number)s : qui") % {"number": number},
            empty_label=_("Choisir"),
        )
        due_on = forms.DateField(
            required=False,
            label=_("Action %(number)s : pour quand") % {"number": number},
            widget=DayInput,
        )
        return {f"title_{number}": title, f"owner_{number}": owner, f"due_on_{number}": due_on}

    def clean(self):
        cleaned = super().clean()
        for number in range(1, ACTIONS + 1):
            names = [f"title_{number}", f"owner_{number}", f"due_on_{number}"]
            filled = [name for name in names if cleaned.get(name) or name in self.errors]
            for name in set(names) - set(filled) if filled else ():
                self.add_error(name, _("Complétez l’action : quoi, qui et pour quand."))
            due_on, held_on = cleaned.get(names[2]), cleaned.get("held_on")
            if due_on and held_on and due_on < held_on:
                self.add_error(names[2], _("Une action est due après la séance qui la décide."))
        return cleaned

    def action_fields(self):
        """The fields of the actions, for the page to place."""
        return [self[name] for name in self.fields if name.rpartition("_")[2].isdigit()]

    @property
    def key(self):
        return self.cleaned_data["submission"]

    def log(self):
        """What the verb takes."""
        cleaned = self.cleaned_data
        names = ["submission", "held_on", "minutes", "shared_summary", "private_note"]
        actions = [
            {part: cleaned[f"{part}_{n}"] for part in ("title", "owner", "due_on")}
            for n in range(1, ACTIONS + 1)
            if cleaned[f"title_{n}"]
        ]
        return {name: cleaned[name] for name in names} | {
            "audience": cleaned["audience"] or Audience.AUTHOR,
            "actions": actions,
        }
