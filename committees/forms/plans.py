"""What those who conduct a round fill in to have its dossiers entrusted."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.fields import TypedTextField
from committees.models import Plan, Wish


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["seed"]


class PlanFileForm(forms.Form):
    """Pairs, from a file or as they are pasted."""

    MOST_BYTES = 1_000_000

    file = forms.FileField(
        label=gettext_lazy("Fichier CSV"),
        required=False,
        help_text=gettext_lazy("Enregistré depuis un tableur, 1 Mo au plus."),
    )
    lines = TypedTextField(
        label=gettext_lazy("Ou les lignes elles-mêmes"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Par exemple : 42; camille.dupont@exemple.gouv.fr"),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > self.MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 1 Mo."))
        return text_of(file.read()) if file else ""

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["file"] or cleaned["lines"]).strip():
            self.add_error("file", _("Choisissez un fichier ou collez ses lignes."))
        return cleaned

    def text(self):
        return self.cleaned_data["file"] or self.cleaned_data["lines"]


def text_of(content):
    """What a spreadsheet wrote, in the code of today's or of yesterday's."""
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\0", "")


class WishForm(forms.Form):
    """One wish, or none, for each dossier of a page."""

    NONE = ("none", gettext_lazy("indifférent"))

    def __init__(self, deliberations, data=None):
        super().__init__(data)
        self.deliberations = list(deliberations)
        for deliberation in self.deliberations:
            own = deliberation.own_wishes[0].leaning if deliberation.own_wishes else "none"
            self.fields[f"wish_{deliberation.pk}"] = forms.ChoiceField(
                label=str(deliberation),
                choices=[self.NONE, *Wish.Leaning.choices],
                widget=forms.RadioSelect,
                required=False,
                initial=own,
            )

    def leanings(self):
        """What each dossier is answered; `none`, or no answer at all, takes a wish back."""
        answers = {one: self.cleaned_data[f"wish_{one.pk}"] for one in self.deliberations}
        return {one: "" if answer == "none" else answer for one, answer in answers.items()}
