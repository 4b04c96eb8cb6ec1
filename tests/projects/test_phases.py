from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from base.calendar import today
from base.lifecycle import Refused
from journal.models import Event
from projects.models import Phase, PhaseChange, Project
from tests.factories import DecisionFactory, PhaseChangeFactory, ProjectFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def project():
    return ProjectFactory(anchor=date(2024, 1, 1))


def test_the_phase_of_a_day_is_the_last_one_entered(project, staff):
    project.change_phase(by=staff, phase=Phase.CONSTRUCTION, effective_on=date(2024, 6, 1))

    assert [
        project.phase_at(date(2023, 12, 31)),
        project.phase_at(date(2024, 1, 1)),
        project.phase_at(date(2024, 5, 31)),
        project.phase_at(date(2024, 6, 1)),
    ] == [None, Phase.INVESTIGATION, Phase.INVESTIGATION, Phase.CONSTRUCTION]


def test_a_future_phase_is_planned_and_not_current(project, staff):
    tomorrow = today() + timedelta(days=1)

    change = project.change_phase(by=staff, phase=Phase.CONSTRUCTION, effective_on=tomorrow)

    assert project.phase_at(today()) == Phase.INVESTIGATION
    assert list(project.phase_changes.planned_after(today())) == [change]
    assert Project.objects.with_phase().get().phase == "investigation"
    assert Project.objects.with_phase(tomorrow).get().phase == "construction"


def test_a_correction_supersedes_and_keeps_what_was_said(project, staff):
    wrong = project.change_phase(by=staff, phase=Phase.CONSTRUCTION, effective_on=date(2024, 6, 1))

    wrong.correct(by=staff, phase=Phase.CONSTRUCTION, effective_on=date(2024, 9, 1))

    assert project.phase_at(date(2024, 7, 1)) == Phase.INVESTIGATION
    assert project.phase_at(date(2024, 9, 1)) == Phase.CONSTRUCTION
    assert PhaseChange.objects.filter(effective_on=date(2024, 6, 1)).exists()
    assert [e.verb for e in Event.objects.about(project)] == [
        "phasechange.recorded",
        "phasechange.corrected",
    ]


def test_a_change_is_corrected_once(project, staff):
    wrong = project.phase_changes.get()
    wrong.correct(by=staff, phase=Phase.CONSTRUCTION, effective_on=wrong.effective_on)

    with pytest.raises(Refused, match="déjà été corrigé"):
        wrong.correct(by=staff, phase=Phase.ACCELERATION, effective_on=wrong.effective_on)


def test_a_correction_corrects_something(project, staff):
    change = project.phase_changes.get()

    with pytest.raises(Refused, match="ne change rien"):
        change.correct(by=staff, phase=change.phase, effective_on=change.effective_on)


def test_a_project_does_not_enter_the_phase_it_is_in(project, staff):
    with pytest.raises(Refused, match="déjà dans cette phase"):
        project.change_phase(by=staff, phase=Phase.INVESTIGATION, effective_on=today())


def test_phases_are_the_teams_or_a_committees(project):
    stranger = UserFactory()
    with pytest.raises(Refused, match="équipe de l’incubateur"):
        project.change_phase(by=stranger, phase=Phase.STOPPED, effective_on=today())
    with pytest.raises(Refused, match="ne vous revient pas"):
        project.phase_changes.get().correct(by=stranger, phase=Phase.STOPPED, effective_on=today())

    project.change_phase(
        by=stranger, phase=Phase.STOPPED, effective_on=today(), decision=DecisionFactory()
    )

    assert project.phase_at(today()) == Phase.STOPPED


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(note="Autre."), lambda rows: rows.delete()]
)
def test_the_database_never_changes_what_was_recorded(project, change):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(PhaseChange.objects.all())


def test_the_database_refuses_a_phase_without_a_name(project):
    with pytest.raises(IntegrityError, match="phasechange_names_a_phase"):
        PhaseChangeFactory(project=project, phase="alpha")


def test_the_database_refuses_a_correction_in_another_project(project):
    with pytest.raises(IntegrityError, match="phasechange_corrected_in_its_project"):
        PhaseChangeFactory(project=ProjectFactory(), supersedes=project.phase_changes.get())
