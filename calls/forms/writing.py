"""The page where an applicant writes: every field with the version that it was read in."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import EntityField
from base.fields import NoControlCharacters, TypedTextField
from calls.forms.questions import field_of
from calls.models import Irritant, Question
from calls.models.answer import Conflict, Entry
from calls.models.draft import HEADING
from calls.models.kinds import files_in


class Row(NamedTuple):
    """A field as the page shows it, or a question that is answered elsewhere or not at all.

    What a correction does not open has its answer as it is kept: `given`.
    """

    key: str
    field: Any
    version: int
    conflict: Conflict | None
    question: Question | None
    files: list
    given: str | None

    @property
    def shown(self):
        return self.question.shown(self.given)


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
        help_text=gettext_lazy("Son numéro, s’il a été signalé ; il figure en haut de sa page."),
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
        # A page opened before the form changed may still send what is no longer asked: it is kept.
        sent = {name.removeprefix("version_") for name in data or {}} - set(self.fields)
        for question in [*application.questions, *application.questions_gone(sent)]:
            if question.is_typed:
                text = application.value_of(question.key)
                self.fields[question.key] = field_of(question, application.questions, text)
        self.fields = {k: field for k, field in self.fields.items() if application.is_open(k)}
        if only is not None:
            self.fields = {key: field for key, field in self.fields.items() if key == only}
        for key, field in self.fields.items():
            if isinstance(field, TypedTextField):
                field.strip = False  # a space typed last may be followed by a word
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
                    " champ, l’autre est dessous : gardez le vôtre en enregistrant de nouveau."
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
        """The heading's fields, then what the form asks or says, in its order."""
        self._name_irritant()
        heading = [self._row(key) for key in HEADING if key in self.fields]
        return heading + [self._row(q.key, q) for q in self.application.questions]

    def _name_irritant(self):
        """A number alone says nothing: the irritant that is kept is named beside it."""
        irritant = self.application.value_of("irritant")
        if irritant and "irritant" in self.fields:
            known = _("Le nº %(number)s : « %(title)s ».")
            self.fields["irritant"].help_text = known % {"number": irritant.pk, "title": irritant}

    def _row(self, key, question=None):
        field = self[key] if key in self.fields else None
        text = self.application.value_of(key) if question else ""
        files = files_in(text) if question and question.kind == Question.Kind.FILES else []
        given = text if question and not self.application.is_open(key) else None
        conflict = self.conflicts.get(key)
        return Row(key, field, self.version_shown(key), conflict, question, files, given)

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
