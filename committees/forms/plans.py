"""What those who conduct a round fill in to have its dossiers entrusted."""

from django import forms

from committees.models import Plan


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["seed"]
