import pytest
from django.db import connection

from tests.factories import CoachAssignmentFactory, MembershipFactory, ProjectFactory, UserFactory


@pytest.fixture
def team():
    """Someone of the incubator team."""
    return UserFactory(staff=True)


@pytest.fixture
def leader():
    return UserFactory(first_name="Inès", last_name="Laurent")


@pytest.fixture
def project(leader):
    return ProjectFactory(leader=leader, running=True)


@pytest.fixture
def assignment(project):
    """An accepted one, running today."""
    return CoachAssignmentFactory(project=project, accepted=True)


@pytest.fixture
def people(assignment):
    """Everyone who may meet a coached project, by what they are to it."""
    project = assignment.project
    former = CoachAssignmentFactory(project=project, ended=True, starts_on=project.anchor)
    return {
        "coach": assignment.coach.user,
        "former coach": former.coach.user,
        "other coach": CoachAssignmentFactory(accepted=True).coach.user,
        "intrapreneur": project.leader(),
        "former member": MembershipFactory(project=project, former=True).user,
        "staff": UserFactory(staff=True),
        "superuser": UserFactory(superuser=True),
        "stranger": UserFactory(),
    }


@pytest.fixture
def no_capacity_trigger():
    """Leaves the verb alone with its lock."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coaching_coachassignment DISABLE TRIGGER fits_its_coach")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE coaching_coachassignment ENABLE TRIGGER fits_its_coach")


@pytest.fixture
def signed_in(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in
