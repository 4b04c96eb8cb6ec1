"""The form of one question of a form."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Question
from calls.models.kinds import OFFERING


NUMBERS_ONLY = gettext_lazy("Seul un nombre a une limite.")
# What the page shows together: for which kinds of answers, which fields.
ANSWERED = [kind for kind in Question.Kind if kind != Question.Kind.INFO]
GROUPS = [
    (OFFERING, ["options"]),
    ([Question.Kind.LONG], ["max_words"]),
    ([Question.Kind.NUMBER], ["at_least", "at_most"]),
    (ANSWERED, ["required", "names_people"]),
]
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


class Group(NamedTuple):
    """Fields that make sense for some kinds of answers only."""

    legend: str
    kinds: str
    fields: list[Any]


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Question.Kind.choices  # no line of dashes among the buttons

    def groups(self):
        """Without a script all are on the page, each under the kinds that it is for."""
        for kinds, names in GROUPS:
            legend = _("Pour tout ce qui attend une réponse")
            if kinds is not ANSWERED:
                labels = ", ".join(_("« %(kind)s »") % {"kind": kind.label} for kind in kinds)
                legend = _("Seulement pour %(kinds)s") % {"kinds": labels}
            yield Group(legend, " ".join(kinds), [self[name] for name in names])

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
