from django import forms
from django.utils.translation import gettext_lazy as _


class ReleaseCancellingForm(forms.Form):
    """Why letters that were prepared do not leave."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        help_text=_("Ce qu’il faut corriger avant de préparer l’envoi de nouveau."),
    )
