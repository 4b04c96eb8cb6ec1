"""The forms of the form builder: one question, and when it is asked."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Question
from calls.models.condition import leaves, values_of
from calls.models.kinds import OFFERING


NUMBERS_ONLY = gettext_lazy("Seul un nombre a une limite.")
# What only one kind of question has: its field, the kind, what to say of another.
LIMITS = [
    (
        "max_words",
        Question.Kind.LONG,
        gettext_lazy("Seul un texte long a un nombre maximal de mots."),
    ),
    ("at_least", Question.Kind.NUMBER, NUMBERS_ONLY),
    ("at_most", Question.Kind.NUMBER, NUMBERS_ONLY),
]


class QuestionForm(forms.ModelForm):
    """One question of a call's form."""

    class Meta:
        model = Question
        fields = [
            "label",
            "help",
            "kind",
            "required",
            "options",
            "max_words",
            "at_least",
            "at_most",
            "names_people",
        ]
        widgets = {"kind": forms.RadioSelect, "help": forms.Textarea(attrs={"rows": 3})}

    def clean(self):
        cleaned = super().clean()
        if kind := cleaned.get("kind"):
            self._check_options(kind, cleaned.get("options", "").split("\n"))
            for name, owner, sentence in LIMITS:
                if kind != owner and cleaned.get(name) is not None:
                    self.add_error(name, sentence)
        if kind == Question.Kind.INFO:
            cleaned["required"] = cleaned["names_people"] = False
        return cleaned

    def _check_options(self, kind, lines):
        offered = {line.strip() for line in lines} - {""}
        if kind in OFFERING and len(offered) < 2:
            self.add_error("options", _("Proposez au moins deux choix, un par ligne."))
        elif kind not in OFFERING and offered:
            self.add_error("options", _("Ce type de question ne propose pas de choix."))


class ConditionForm(forms.Form):
    """The choices made above a question that call for it, ticked question by question."""

    operator = forms.ChoiceField(
        label=gettext_lazy("Quand des choix sont cochés sous plusieurs questions"),
        choices=[
            ("and", gettext_lazy("chacune de ces questions doit avoir une des réponses cochées")),
            ("or", gettext_lazy("une seule de ces questions suffit")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, question, data=None):
        ticked, operator = {}, "or" if "or" in question.condition else "and"
        for leaf in leaves(question.condition):
            ticked.setdefault(leaf["question"], []).extend(values_of(leaf))
        super().__init__(data, initial={"operator": operator, **ticked})
        self.closed = [each for each in question.above() if each.choices]
        for each in self.closed:
            self.fields[each.key] = forms.MultipleChoiceField(
                label=each.label,
                choices=each.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if len(self.closed) < 2:
            del self.fields["operator"]
        self.order_fields([*(each.key for each in self.closed), "operator"])

    def condition(self):
        """What was ticked, as `calls.models.condition` reads it; nothing is always."""
        ticked = [(each.key, self.cleaned_data[each.key]) for each in self.closed]
        comparisons = [comparison(key, values) for key, values in ticked if values]
        if len(comparisons) < 2:
            return comparisons[0] if comparisons else {}
        return {self.cleaned_data["operator"]: comparisons}


def comparison(key, values):
    if len(values) == 1:
        return {"question": key, "equals": values[0]}
    return {"question": key, "one_of": values}
