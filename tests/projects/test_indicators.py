from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import translation

from base.calendar import today
from base.lifecycle import Refused
from journal.models import Event
from projects.charts import chart_of, in_figures
from projects.models import Indicator, Observation
from tests.factories import (
    IndicatorFactory,
    ObservationFactory,
    ProjectFactory,
    UserFactory,
)


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def indicator(leader):
    return IndicatorFactory(project=ProjectFactory(leader=leader), name="Alertes", unit="alertes")


def test_the_team_defines_amends_and_measures(leader):
    project = ProjectFactory(leader=leader)

    indicator = Indicator.define(project, by=leader, name="Alertes", unit="alertes")
    indicator.amend(by=leader, public=True)
    indicator.observe(by=leader, on=today(), value=Decimal("12.5"))

    assert (indicator.public, indicator.latest_in_words().split(" au ")[0]) == (
        True,
        "12,5 alertes",
    )
    assert [e.verb for e in Event.objects.about(project)] == [
        "indicator.defined",
        "indicator.amended",
        "observation.recorded",
    ]


def test_nobody_measures_in_the_teams_place(indicator):
    staff = UserFactory(staff=True)

    for verb in [
        lambda: Indicator.define(indicator.project, by=staff, name="Autre"),
        lambda: indicator.amend(by=staff, public=True),
        lambda: indicator.observe(by=staff, on=today(), value=1),
        lambda: ObservationFactory(indicator=indicator).correct(by=staff, value=1),
    ]:
        with pytest.raises(Refused, match="équipe du projet"):
            verb()


def test_nothing_is_measured_in_advance(indicator, leader):
    with pytest.raises(Refused, match="d’avance"):
        indicator.observe(by=leader, on=today() + timedelta(days=1), value=1)


def test_a_day_is_measured_once_then_corrected(indicator, leader):
    observation = indicator.observe(by=leader, on=today(), value=12)
    with pytest.raises(Refused, match="corrigez-le"):
        indicator.observe(by=leader, on=today(), value=13)

    observation.correct(by=leader, value=Decimal(13))

    event = Event.objects.about(indicator.project).get(verb="observation.corrected")
    assert (event.detail["value"], event.detail["formerly"]) == ("13 alertes", "12 alertes")


def test_the_database_refuses_two_measures_of_a_day(indicator):
    ObservationFactory(indicator=indicator)

    with pytest.raises(IntegrityError, match="observation_once_per_day"):
        ObservationFactory(indicator=indicator)


def test_the_database_refuses_a_missing_measure_without_a_word(indicator):
    with pytest.raises(IntegrityError, match="observation_missing_says_why"):
        ObservationFactory(indicator=indicator, value=None)


def test_the_database_refuses_two_indicators_of_one_name(indicator):
    with pytest.raises(IntegrityError, match="indicator_named_once_per_project"):
        IndicatorFactory(project=indicator.project, name=indicator.name)


def test_missing_is_not_zero(indicator):
    for day, value in [(1, 4), (2, None), (3, 8), (4, 12)]:
        ObservationFactory(
            indicator=indicator, on=date(2026, 3, day), value=value, comment="Panne."
        )

    chart = chart_of(indicator, indicator.recent())

    assert [o.in_words() for o in chart.rows] == [
        "12 alertes",
        "8 alertes",
        "mesure manquante",
        "4 alertes",
    ]
    assert (len(chart.points), len(chart.lines)) == (3, 1)
    assert chart.lines[0].count(",") == 2


def test_a_curve_starts_at_zero_and_reaches_its_target():
    indicator = IndicatorFactory(target=30)
    for day, value in [(1, 10), (2, 20)]:
        ObservationFactory(indicator=indicator, on=date(2026, 3, day), value=value)

    chart = chart_of(indicator, indicator.recent())

    assert [level["label"] for level in chart.levels] == ["0", "15", "30"]
    assert chart.target == {"y": "24.0", "label": "30"}
    assert [(p["x"], p["y"]) for p in chart.points] == [("64.0", "141.3"), ("464.0", "82.7")]


@pytest.mark.parametrize("values", [[], [5], [0, 0]])
def test_few_or_flat_measures_draw_without_a_fault(indicator, values):
    for day, value in enumerate(values, 1):
        ObservationFactory(indicator=indicator, on=date(2026, 3, day), value=value)

    chart = chart_of(indicator, indicator.recent())

    assert chart.is_drawable is (len(values) > 1)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (Decimal("12500.500"), "12\u00a0500,5", "12,500.5"),
        (Decimal("0"), "0", "0"),
        (Decimal("100"), "100", "100"),
        (Decimal("-0.5"), "-0,5", "-0.5"),
        (Decimal("1E+3"), "1\u00a0000", "1,000"),
    ],
)
def test_figures_are_said_in_the_readers_language(value, french, english):
    said = in_figures(value)
    with translation.override("en"):
        said_in_english = in_figures(value)

    assert (said, said_in_english) == (french, english)


def test_the_latest_measure_skips_what_is_missing(indicator):
    ObservationFactory(indicator=indicator, on=date(2026, 3, 1), value=4)
    ObservationFactory(indicator=indicator, on=date(2026, 3, 2), value=None, comment="Panne.")

    latest = Indicator.objects.with_latest().get()

    assert (latest.latest, latest.latest_on) == (4, date(2026, 3, 1))
    assert indicator.latest_in_words() == "4 alertes au 1er mars 2026"
    assert Observation.objects.measured().count() == 1
