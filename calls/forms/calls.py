from django import forms
from django.utils.translation import gettext_lazy as _

from base.widgets import DayInput, InstantInput
from calls.models import Call
from committees.models import Committee, Grid


class CallForm(forms.ModelForm):
    """What the team says of a call while it prepares it."""

    class Meta:
        model = Call
        fields = [
            "title",
            "summary",
            "eligibility",
            "guidance",
            "contact",
            "opens_at",
            "closes_at",
            "grace_minutes",
            "approval_required",
            "committee",
            "grid",
            "promotion_starts_on",
            "months",
        ]
        widgets = {
            "opens_at": InstantInput,
            "closes_at": InstantInput,
            "promotion_starts_on": DayInput,
            "guidance": forms.Textarea(attrs={"rows": 10}),
        }
        help_texts = {
            "closes_at": _("L’heure compte : on dépose jusqu’à la fin de cette seconde."),
            "promotion_starts_on": _("Une indication pour les candidats ; peut rester vide."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = Committee.objects.visible_to(user).order_by("name")
        self.fields["grid"].queryset = Grid.objects.visible_to(user).order_by("name", "-version")


class ExtensionForm(forms.Form):
    """A later closing."""

    closes_at = forms.DateTimeField(
        label=_("Nouvelle clôture (heure de Paris)"), widget=InstantInput
    )
