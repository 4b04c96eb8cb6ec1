"""The page where an applicant writes: every field with the version that it was read in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import EntityField
from base.fields import NoControlCharacters, TypedTextField
from calls.models import Irritant, Question
from calls.models.answer import Entry


class WritingForm(forms.Form):
    """Nothing is required here: a draft is judged at its deposit only."""

    title = TypedTextField(
        label=gettext_lazy("Nom de l’idée"),
        max_length=150,
        required=False,
        validators=[NoControlCharacters(lines=False)],
    )
    entity = EntityField(label=gettext_lazy("Service porteur"), required=False)
    irritant = forms.ModelChoiceField(
        label=gettext_lazy("Irritant à l’origine (facultatif)"),
        help_text=gettext_lazy("Son numéro, s’il a été signalé ; il figure en haut de sa page."),
        queryset=Irritant.objects.none(),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1}),
        error_messages={
            "invalid_choice": gettext_lazy("Aucun irritant publié ne porte ce numéro.")
        },
    )

    def __init__(self, application, data=None, *, user, only=None):
        super().__init__(data)
        self.application, self.conflicts = application, {}
        self.fields["irritant"].queryset = Irritant.objects.visible_to(user)
        for question in application.questions:
            self.fields[question.key] = field_of(question)
        if only is not None:
            self.fields = {key: field for key, field in self.fields.items() if key == only}
        for key in self.fields:
            value = application.value_of(key)
            self.initial[key] = value.pk if key == "irritant" and value else value

    def save(self, *, by):
        """Keep what is valid; a field that lost to a newer text gets both on the page."""
        self.full_clean()
        for conflict in self.application.write(by=by, entries=self.entries()):
            self.conflicts[conflict.key] = conflict
            self.refused = True
            self.add_error(
                conflict.key,
                _(
                    "Ce texte a changé ailleurs depuis que vous l’avez ouvert. Le vôtre est dans le"
                    " champ, l’autre est dessous : gardez le vôtre en enregistrant de nouveau."
                ),
            )

    def entries(self):
        """The valid fields that were sent, unless the other text was preferred."""
        return [
            Entry(key, self.cleaned_data[key], self.version_sent(key))
            for key in self.fields
            if key in self.cleaned_data and self.was_sent(key)
        ]

    def rows(self):
        """Each field as the page shows it: (bound field, its version, its conflict or None)."""
        return [
            (self[key], self.version_shown(key), self.conflicts.get(key)) for key in self.fields
        ]

    def was_sent(self, key):
        return f"version_{key}" in self.data and f"take_{key}" not in self.data

    def version_sent(self, key):
        sent = self.data.get(f"version_{key}", "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else -1

    def version_shown(self, key):
        """After a conflict the newer one: saving again is then a choice made knowingly."""
        if self.is_bound and key in self.errors and key not in self.conflicts:
            return self.version_sent(key)
        return self.application.version_of(key)


def optional(label):
    """What the deposit does without says so; the page itself requires nothing."""
    return _("%(label)s (facultatif)") % {"label": label}


def field_of(question):
    """The form field that a question is answered in."""
    label = question.label if question.required else optional(question.label)
    said = {"label": label, "help_text": question.help, "required": False}
    if question.choices:
        return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect, **said)
    lines = question.kind == Question.Kind.LONG
    widget = forms.Textarea(attrs={"rows": 8}) if lines else forms.TextInput()
    if question.max_words:
        widget.attrs["data-words"] = question.max_words
    return TypedTextField(
        max_length=question.max_length,
        widget=widget,
        validators=[NoControlCharacters(lines=lines)],
        **said,
    )
