from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Application, Erasure


class ErasureForm(forms.Form):
    """Why a dossier is erased before its time, and that nothing stands in the way."""

    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=[c for c in Erasure.Reason.choices if c[0] != Erasure.Reason.EXPIRED],
    )
    checked = forms.BooleanField(
        label=_("J’ai vérifié qui demande l’effacement, et qu’aucun recours n’est en cours.")
    )

    def clean(self):
        given = super().clean()
        return {"reason": given["reason"]} if "reason" in given else given


class KeepingForm(forms.Form):
    """Until which day a dossier is kept, and why."""

    until = forms.DateField(
        label=_("Conserver jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.ChoiceField(label=_("Motif"), choices=Application.KeepingReason)
