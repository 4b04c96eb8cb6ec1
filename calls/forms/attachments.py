from django import forms
from django.utils.translation import gettext_lazy as _

from base.uploads import MOST_BYTES
from calls.files import TOO_LARGE


class AttachmentForm(forms.Form):
    """A file to join; what it is is judged by its content."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG ou JPG, de 10 Mo au plus."),
        error_messages={"empty": _("Ce fichier est vide.")},
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return self.cleaned_data["file"]
