"""Inputs of a day and of an instant, in the formats that browsers read back."""

from django import forms


class DayInput(forms.DateInput):
    """`type=date` reads nothing but year-month-day: any other format shows an empty field."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class InstantInput(forms.DateTimeInput):
    """`type=datetime-local`, in Paris time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")
