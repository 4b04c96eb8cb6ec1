from django import forms

from committees.models import Feedback


class FeedbackForm(forms.ModelForm):
    """What the people of a dossier will read, over what each review says to them."""

    class Meta:
        model = Feedback
        fields = ["text"]
