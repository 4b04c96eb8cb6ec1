"""The field in which each kind of question is answered: it keeps what is typed, and judges little.

What is typed is stored as it is and judged at the deposit (`Question.fault_in`), so that a draft
never loses a word for being wrong.
"""

from django import forms
from django.utils.translation import gettext as _

from accounts.fields import EntityField
from base.fields import NoControlCharacters, TypedTextField
from base.widgets import DayInput
from calls.models.condition import in_words
from calls.models.kinds import QuestionKind


Kind = QuestionKind
TYPED = {
    Kind.SHORT: {},
    Kind.NUMBER: {"inputmode": "decimal"},
    Kind.SHARE: {"inputmode": "numeric"},
    Kind.EMAIL: {"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"},
    Kind.LINK: {"inputmode": "url", "autocapitalize": "none"},
}


class SeveralField(forms.MultipleChoiceField):
    """Several choices, stored one a line in the order offered."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return value.split("\n") if isinstance(value, str) else value

    def clean(self, value):
        return "\n".join(super().clean(value))


class EntityAnswerField(EntityField):
    """A service, stored by its number."""

    def prepare_value(self, value):
        text = str(value) if isinstance(value, str) else ""
        return super().prepare_value(int(text) if text.isdecimal() else value)

    def clean(self, value):
        entity = super().clean(value)
        return str(entity.pk) if entity else ""


class DayField(forms.DateField):
    """A day, stored as year-month-day."""

    widget = DayInput

    def clean(self, value):
        day = super().clean(value)
        return day.isoformat() if day else ""


class QuestionsForm(forms.Form):
    """The questions as an agent meets them, answered by nobody: for the team's preview."""

    def __init__(self, questions):
        super().__init__()
        self.questions = questions
        for question in questions:
            if question.is_typed:
                self.fields[question.key] = field_of(question, questions)

    def rows(self):
        """Each question with its field, or with none where nothing is typed."""
        return [(q, self[q.key] if q.is_typed else None) for q in self.questions]


def field_of(question, questions, text=""):
    """The form field of a question among others, that loses nothing of a stored answer."""
    said = {"label": label_of(question), "help_text": hint_of(question, questions)}
    said["required"] = False
    if question.kind == Kind.SEVERAL:
        return SeveralField(choices=choices_of(question, text.split("\n")), **said)
    if question.choices:
        choices = choices_of(question, [text])
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)
    if question.kind == Kind.ENTITY:
        return EntityAnswerField(**said)
    if question.kind == Kind.DATE:
        return DayField(**said)
    lines = question.kind == Kind.LONG
    widget = forms.Textarea(attrs={"rows": 8}) if lines else forms.TextInput(TYPED[question.kind])
    if question.max_words:
        widget.attrs["data-words"] = question.max_words
    return TypedTextField(
        max_length=question.max_length,
        widget=widget,
        validators=[NoControlCharacters(lines=lines)],
        **said,
    )


def label_of(question):
    """What the deposit does without says so; the page itself requires nothing."""
    if question.required or not question.awaits_an_answer:
        return question.label
    return _("%(label)s (facultatif)") % {"label": question.label}


def hint_of(question, questions):
    """What is expected, and when: without JavaScript every question is on the page."""
    expected = [question.help]
    if question.kind == Kind.SHARE:
        expected.append(_("En pourcentage, de 1 à 100."))
    elif question.kind == Kind.LINK:
        expected.append(_("L’adresse complète, qui commence par https://."))
    if question.condition and question in questions:
        words = in_words(question.condition, questions)
        expected.append(_("À remplir si %(condition)s.") % {"condition": words})
    return " ".join(sentence for sentence in expected if sentence)


def choices_of(question, given):
    """What is offered, and what was chosen before it stopped being offered: kept, and said."""
    offered = {value for value, _label in question.choices}
    gone = [value for value in given if value and value not in offered]
    return question.choices + [
        (value, _("%(choice)s (ce choix n’est plus proposé)") % {"choice": value}) for value in gone
    ]
