from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Answer, Review


NOT_APPLICABLE = ("na", gettext_lazy("sans objet pour ce dossier"))


class ReviewForm(forms.ModelForm):
    """The sheet of a review: for each criterion a level or « not applicable », and why.

    A draft takes anything; only handing it in asks for every answer, so that browsers are told
    of no required field.
    """

    class Meta:
        model = Review
        fields = ["comment", "feedback"]
        help_texts = {
            "comment": gettext_lazy("Lu par le comité seulement, jamais par l’équipe candidate."),
            "feedback": gettext_lazy(
                "Communiqué à l’équipe candidate avec la décision, sans votre nom."
            ),
        }

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, review, data=None):
        self.criteria = review.grid.criteria.in_order()
        self.handing_in = bool(data) and "hand_in" in data
        given = {answer.criterion_id: answer for answer in review.answers.all()}
        initial = {"version": review.version}
        for criterion in self.criteria:
            initial |= given[criterion.pk].as_typed() if criterion.pk in given else {}
        super().__init__(data, instance=review, initial=initial)
        for criterion in self.criteria:
            self.fields[f"level_{criterion.pk}"] = forms.ChoiceField(
                label=_("%(criterion)s (poids : %(weight)s)")
                % {"criterion": criterion.label, "weight": criterion.weight},
                help_text=criterion.help,
                required=self.handing_in or not self.is_bound,
                widget=forms.RadioSelect,
                choices=[
                    *(
                        (level.pk, f"{level.label} : {level.anchor}")
                        for level in criterion.ordered_levels()
                    ),
                    NOT_APPLICABLE,
                ],
                error_messages={"required": _("Choisissez un niveau, ou « sans objet ».")},
            )
            self.fields[f"justification_{criterion.pk}"] = Answer._meta.get_field(
                "justification"
            ).formfield(
                label=_("Justification"),
                help_text=_("Demandée pour le niveau le plus bas ou le plus haut."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self):
        cleaned = super().clean()
        for criterion in self.criteria if self.handing_in else []:
            level = self.level_of(criterion)
            if level and criterion.is_extreme(level) and not self.justification_of(criterion):
                self.add_error(
                    f"justification_{criterion.pk}",
                    _("Justifiez le niveau le plus bas ou le plus haut."),
                )
        for criterion in self.criteria:
            self.fields[f"level_{criterion.pk}"].required = True  # as the page shows it again
        return cleaned

    def rows(self):
        """The two fields of each criterion, for the page."""
        for criterion in self.criteria:
            yield self[f"level_{criterion.pk}"], self[f"justification_{criterion.pk}"]

    def sheet(self):
        """What the verbs of Review take."""
        return {
            "version": self.cleaned_data["version"],
            "comment": self.cleaned_data["comment"],
            "feedback": self.cleaned_data["feedback"],
            "answers": [
                (
                    criterion,
                    self.level_of(criterion),
                    self.cleaned_data.get(f"level_{criterion.pk}") == "na",
                    self.justification_of(criterion),
                )
                for criterion in self.criteria
            ],
        }

    def level_of(self, criterion):
        chosen = self.cleaned_data.get(f"level_{criterion.pk}")
        levels = {str(level.pk): level for level in criterion.levels.all()}
        return levels.get(chosen)

    def justification_of(self, criterion):
        return self.cleaned_data.get(f"justification_{criterion.pk}", "")
