"""Columns for what people type: a real limit, one Unicode form, nothing that cannot be seen."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _


@deconstructible
class NoControlCharacters:
    """Refuse what no keyboard writes: NUL, escapes, and line breaks where one line is asked."""

    message = _("Ce texte contient un caractère qui ne s’affiche pas ; retirez-le.")
    code = "control_characters"

    def __init__(self, *, lines):
        self.lines = lines

    def __call__(self, value):
        allowed = "\n\t" if self.lines else ""
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in str(value)):
            raise ValidationError(self.message, code=self.code)

    def __eq__(self, other):
        return isinstance(other, NoControlCharacters) and self.lines == other.lines


class TypedText(models.CharField):
    """A varchar for a person's words: NFC, `\\n` line ends, limited in the form and the column."""

    lines = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, NoControlCharacters(lines=self.lines)]

    def to_python(self, value):
        value = super().to_python(value)
        if value is None:
            return None
        return unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", value))

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TypedTextField, **kwargs})


class TypedTextField(forms.CharField):
    """Counts a line break as one character, as the column does and the reader sees it."""

    def to_python(self, value):
        value = super().to_python(value)
        return unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", value)) if value else value


class Line(TypedText):
    """One line: a name, a title."""


class Prose(TypedText):
    """Several lines: a problem, a reason, a report."""

    lines = True

    def formfield(self, **kwargs):
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 5}), **kwargs})
