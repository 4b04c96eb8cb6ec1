from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees import masks


class MaskingForm(forms.Form):
    """What to mask in a blind dossier: what was found in it, and what the reader found."""

    found = forms.MultipleChoiceField(
        label=gettext_lazy("Passages repérés : cochez ceux à masquer"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.CharField(
        label=gettext_lazy("Autres passages à masquer"),
        help_text=gettext_lazy(
            "Un par ligne, recopié tel quel du dossier ; trois lettres au moins."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, masking, data=None):
        traces = masking.traces()
        passages = [trace.passage for trace in traces]
        chosen = [passage for passage in masking.passages if passage in passages]
        others = [passage for passage in masking.passages if passage not in passages]
        super().__init__(data, initial={"found": chosen, "others": "\n".join(others)})
        self.masking = masking
        self.fields["found"].choices = [
            (trace.passage, f"« {trace.passage} » ({trace.why})") for trace in traces
        ]
        if not traces:
            del self.fields["found"]

    def clean_others(self):
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        lines = [line for line in lines if line]
        for line in lines:
            if len(line) < masks.SHORTEST or not masks.holds(self.masking.original, line):
                raise forms.ValidationError(
                    _("« %(passage)s » n’est pas dans le dossier : recopiez le passage exact.")
                    % {"passage": line}
                )
        return lines

    def passages(self):
        return [*self.cleaned_data.get("found", []), *self.cleaned_data["others"]]
