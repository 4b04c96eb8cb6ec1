from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Inquiry


class InquiryForm(forms.ModelForm):
    """What one asks about a call."""

    class Meta:
        model = Inquiry
        fields = ["text"]
        labels = {"text": _("Votre question")}
        help_texts = {
            "text": _("Elle sera publiée avec sa réponse, sans votre nom. Ne nommez personne.")
        }


class ReplyForm(forms.ModelForm):
    """The question as all will read it, and its answer."""

    class Meta:
        model = Inquiry
        fields = ["text", "answer"]
        help_texts = {"text": _("Reformulez-la si elle nomme quelqu’un ou dévoile une idée.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
