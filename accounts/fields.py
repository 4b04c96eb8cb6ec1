"""The picker of a service: one types a name or an acronym, with or without JavaScript."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity
from base.search import plain


MATCHES_SHOWN = 12


class EntityInput(forms.TextInput):
    """A text box with suggestions; after an ambiguous answer, the services that it may mean."""

    template_name = "accounts/entity_input.html"
    matches = ()

    def value_from_datadict(self, data, files, name):
        """What was typed, and the service chosen among the matches of what was typed before."""
        return data.get(name, ""), data.get(f"{name}_choice", "")

    def format_value(self, value):
        return value[0] if isinstance(value, tuple) else value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = value[1] if isinstance(value, tuple) else ""
        return context | {"matches": self.matches, "chosen": chosen}


class EntityField(forms.Field):
    """A service found by its name or its acronym, whatever the accents and the case."""

    widget = EntityInput
    default_error_messages = {
        "required": _("Écrivez le nom ou le sigle du service."),
        "unknown": _(
            "Aucun service ne porte ce nom. Essayez son sigle, ou un seul mot de son nom."
        ),
        "ambiguous": _("Plusieurs services portent ce nom : choisissez le vôtre."),
        "many": _("Trop de services portent ce nom : ajoutez un mot, puis choisissez."),
    }

    def __init__(self, *, help_text=None, **kwargs):
        if help_text is None:
            help_text = _("Écrivez son nom ou son sigle, par exemple « DREAL ».")
        super().__init__(help_text=help_text, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Entity.objects.filter(pk=value).first()
        return str(value) if isinstance(value, Entity) else value

    def clean(self, value):
        text, choice = value if isinstance(value, tuple) else (value or "", "")
        text = text.replace("\0", "").strip()[:250]
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        matches = self._matches(text)
        for match in matches:
            if str(match.pk) == choice or len(matches) == 1:
                return match
        self.widget.matches = self._with_ancestors(matches[:MATCHES_SHOWN])
        code = "unknown" if not matches else "ambiguous"
        code = "many" if len(matches) > MATCHES_SHOWN else code
        raise ValidationError(self.error_messages[code], code=code)

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data[0] if isinstance(data, tuple) else data)

    def _matches(self, text):
        """Those of exactly this name or acronym; if none, those that hold every word of it."""
        words = text.replace("(", " ").replace(")", " ")
        exact = Q(search_text=plain(words)) | Q(name__iexact=text) | Q(acronym__iexact=text)
        found = Entity.objects.filter(exact).order_by("name", "pk")[: MATCHES_SHOWN + 1]
        return list(found) or list(Entity.objects.search(words)[: MATCHES_SHOWN + 1])

    def _with_ancestors(self, matches):
        """Each match with the services above it, from the root down: they may share a name."""
        keys = {match.pk: [int(key) for key in match.path.split("/") if key] for match in matches}
        above = Entity.objects.in_bulk({key for path in keys.values() for key in path})
        return [(match, [above[key] for key in keys[match.pk][:-1]]) for match in matches]
