from datetime import timedelta

import pytest
from django.db import IntegrityError

from base.calendar import today
from base.lifecycle import Refused
from journal.models import Event
from projects.models import OpenLab
from tests.factories import OpenLabFactory, ProjectFactory, UserFactory


def test_the_team_tells_a_session_with_users():
    leader = UserFactory()
    project = ProjectFactory(leader=leader)

    lab = OpenLab.log(
        project, by=leader, held_on=today(), participants=5, learnings="Le bouton ne se voit pas."
    )

    assert list(project.open_labs.all()) == [lab]
    assert Event.objects.about(project).get().detail["participants"] == "5"


def test_a_session_to_come_is_not_told():
    leader = UserFactory()

    with pytest.raises(Refused, match="pas encore eu lieu"):
        OpenLab.log(
            ProjectFactory(leader=leader),
            by=leader,
            held_on=today() + timedelta(days=1),
            participants=5,
            learnings="Rien.",
        )


def test_nobody_tells_a_session_in_the_teams_place():
    with pytest.raises(Refused, match="équipe du projet"):
        OpenLab.log(
            ProjectFactory(),
            by=UserFactory(staff=True),
            held_on=today(),
            participants=5,
            learnings="Rien.",
        )


def test_the_database_refuses_a_session_that_taught_nothing():
    with pytest.raises(IntegrityError, match="openlab_taught_something"):
        OpenLabFactory(learnings=" ")
