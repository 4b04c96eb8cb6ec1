from django import forms

from calls.models import CoApplicant


class InvitationForm(forms.ModelForm):
    """Whom to invite, to write or to read."""

    class Meta:
        model = CoApplicant
        fields = ["email", "role"]
        widgets = {"role": forms.RadioSelect}

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class RoleForm(forms.ModelForm):
    """What a co-applicant may do from now on."""

    class Meta:
        model = CoApplicant
        fields = ["role"]
