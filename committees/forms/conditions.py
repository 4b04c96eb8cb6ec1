import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.models import Demand


ROWS = 5
DELAY = re.compile(
    r"(\d{1,3})\s*(j|jours?|days?|s|sem|semaines?|weeks?|mois|months?)\Z", re.IGNORECASE
)
LONGEST = 730  # days


class DelayField(forms.CharField):
    """« 6 semaines », « 45 jours » or « 31/01/2027 »: how many days, or which day."""

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return {}
        if found := DELAY.match(typed):
            per = {"s": 7, "w": 7}.get(found[2][0].lower(), 1)
            days = int(found[1]) * (30 if found[2][0].lower() == "m" else per)
            if 1 <= days <= LONGEST:
                return {"days": days}
            raise ValidationError(_("Un délai va d’un jour à deux ans."))
        try:
            return {"due_on": forms.DateField().to_python(typed)}
        except ValidationError:
            raise ValidationError(
                _("Écrivez un délai (« 6 semaines », « 45 jours ») ou une date (« 31/01/2027 »).")
            ) from None

    def has_changed(self, initial, data):
        return bool(data)


class ConditionsFields(forms.Form):
    """A few numbered rows: what is asked, and for when; blank rows ask nothing."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in range(1, ROWS + 1):
            named = {"number": number}
            self.fields[f"condition_{number}"] = forms.CharField(
                label=_("Condition nº %(number)s") % named,
                max_length=300,
                required=False,
                help_text=_("Elle devient un jalon de ce que la décision accorde."),
            )
            self.fields[f"due_{number}"] = DelayField(
                label=_("Échéance de la condition nº %(number)s") % named,
                max_length=30,
                required=False,
                help_text=_("Par exemple « 6 semaines », « 45 jours » ou « 31/01/2027 »."),
            )

    def take_conditions(self, cleaned):
        """Put the rows of `cleaned` together as its `conditions`, each with its delay."""
        demands = []
        for number in range(1, ROWS + 1):
            text = cleaned.pop(f"condition_{number}", "")
            due = cleaned.pop(f"due_{number}", None)
            if text and due == {}:
                self.add_error(
                    f"due_{number}", _("Dites pour quand cette condition est à remplir.")
                )
            elif due and not text:
                self.add_error(f"condition_{number}", _("Dites ce que la décision demande."))
            elif text and due:
                demands.append(Demand(text, **due))
        cleaned["conditions"] = demands
