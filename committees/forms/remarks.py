from django import forms

from committees.models import Remark


class RemarkForm(forms.ModelForm):
    class Meta:
        model = Remark
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
