from datetime import date, datetime

import pytest
from django import forms
from django.utils import timezone, translation

from base.widgets import DayInput, InstantInput


class Dates(forms.Form):
    day = forms.DateField(widget=DayInput)
    instant = forms.DateTimeField(widget=InstantInput)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_browser_reads_back_what_it_is_shown(language):
    paris = timezone.get_default_timezone()
    initial = {"day": date(2027, 2, 1), "instant": datetime(2026, 9, 12, 12, 5, tzinfo=paris)}

    with translation.override(language):
        page = str(Dates(initial=initial)["day"]) + str(Dates(initial=initial)["instant"])

    assert 'type="date"' in page and 'value="2027-02-01"' in page
    assert 'type="datetime-local"' in page and 'value="2026-09-12T12:05"' in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_browser_sends_is_read_in_paris_time(language):
    with translation.override(language):
        form = Dates({"day": "2027-02-01", "instant": "2026-09-12T12:05"})

        assert form.is_valid()
    assert form.cleaned_data["day"] == date(2027, 2, 1)
    assert form.cleaned_data["instant"].isoformat() == "2026-09-12T12:05:00+02:00"


@pytest.mark.parametrize(
    "typed", ["hier", "2027-02-30", "9999999-01-01", "", "2026-03-29T02:30", "\x00"]
)
def test_what_is_no_date_gets_a_sentence_and_stays_on_the_page(typed):
    form = Dates({"day": typed, "instant": typed})

    assert not form.is_valid()
    assert form["day"].value() == typed
