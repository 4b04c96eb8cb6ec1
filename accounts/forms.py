from django import forms


class SignupForm(forms.Form):
    """What is asked of a new person."""

    def signup(self, request, user):
        """Nothing more than allauth does."""
