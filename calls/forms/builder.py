"""The form of one question of a form."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Question
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
