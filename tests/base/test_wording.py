from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.template import engines
from django.utils import timezone, translation

from base import wording


N = "\u00a0"
NOON = datetime(2026, 9, 12, 10, 0, tzinfo=UTC)


def shown(template, **context):
    return engines["django"].from_string(template).render(context)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2027, 2, 1), "1er février 2027", "1 February 2027"),
        (date(2026, 9, 12), "12 septembre 2026", "12 September 2026"),
        (date(2026, 8, 21), "21 août 2026", "21 August 2026"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1er janvier 2027", "1 January 2027"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_a_day_is_written_as_one_says_it(value, french, english):
    assert shown("{{ value|day }}", value=value) == french
    with translation.override("en"):
        assert shown("{{ value|day }}", value=value) == english


@pytest.mark.parametrize(
    ("value", "french"),
    [
        (NOON, f"samedi 12 septembre 2026 à 12{N}h{N}00 (heure de Paris)"),
        (
            datetime(2026, 2, 1, 17, 5, tzinfo=UTC),
            f"dimanche 1er février 2026 à 18{N}h{N}05 (heure de Paris)",
        ),
        (
            datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
            f"dimanche 29 mars 2026 à 1{N}h{N}59 (heure de Paris)",
        ),
        (
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            f"dimanche 29 mars 2026 à 3{N}h{N}00 (heure de Paris)",
        ),
        (
            datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
            f"lundi 26 octobre 2026 à 0{N}h{N}00 (heure de Paris)",
        ),
        (None, ""),
    ],
)
def test_an_instant_is_written_in_paris_time(value, french):
    assert shown("{{ value|instant }}", value=value) == french


def test_the_hour_follows_the_language():
    assert wording.clock(NOON) == f"12{N}h{N}00"
    with translation.override("en"):
        assert wording.clock(NOON) == "12:00"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "moins d’une minute"),
        (0, "moins d’une minute"),
        (59, "moins d’une minute"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 heure"),
        (3660, "1 heure et 1 minute"),
        (86400, "1 jour"),
        (86400 + 7200 + 60, "1 jour et 2 heures"),
        (86400 * 400, "400 jours"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(seconds, words):
    assert wording.duration(seconds) == words


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(days=3, hours=5), "dans 3 jours"),
        (timedelta(hours=2, minutes=40), "dans 2 heures"),
        (timedelta(seconds=30), "dans moins d’une minute"),
        (timedelta(minutes=-1), "il y a 1 minute"),
        (timedelta(hours=-2), "il y a 2 heures"),
        (timedelta(days=-1), "il y a 1 jour"),
    ],
)
def test_an_instant_is_told_from_now(after, words):
    with time_machine.travel(NOON, tick=False):
        assert shown("{{ value|relative }}", value=timezone.now() + after) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (-1, "hier"),
        (12, "dans 12 jours"),
        (-2, "il y a 2 jours"),
    ],
)
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_a_day_is_told_from_today_at_any_hour(days, words, hour):
    paris = timezone.get_default_timezone()
    with time_machine.travel(datetime(2026, 9, 12, hour, 30, tzinfo=paris), tick=False):
        assert wording.relative(date(2026, 9, 12) + timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(0, "0", "0"), (999, "999", "999"), (12500, f"12{N}500", "12,500")],
)
def test_thousands_stand_apart(value, french, english):
    assert shown("{{ value|number }}", value=value) == french
    with translation.override("en"):
        assert shown("{{ value|number }}", value=value) == english


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Un\ndeux\n\ntrois", "<p>Un<br>deux</p>\n\n<p>trois</p>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
    ],
)
def test_the_words_of_a_person_keep_their_lines_and_no_markup(text, markup):
    assert shown("{{ text|prose }}", text=text) == markup


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Paul Roy", "de Paul Roy"),
        ("Anne Roy", "d’Anne Roy"),
        ("Élise Roy", "d’Élise Roy"),
        ("Yves Roy", "d’Yves Roy"),
        ("Yann Roy", "de Yann Roy"),
    ],
)
def test_a_name_follows_its_preposition(name, french):
    assert wording.of(name) == french
    with translation.override("en"):
        assert wording.of(name) == f"of {name}"
