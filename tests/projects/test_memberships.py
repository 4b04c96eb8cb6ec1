from datetime import timedelta

import pytest
from django.db import IntegrityError

from base.calendar import today
from base.lifecycle import Refused
from journal.models import Event
from notifications.models import Message
from projects.models import Membership, Project, Role
from tests.factories import MembershipFactory, ProjectFactory, UserFactory


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def project(leader):
    return ProjectFactory(leader=leader)


def test_an_intrapreneur_welcomes_someone_who_is_told(project, leader):
    newcomer = UserFactory()

    project.welcome(by=leader, user=newcomer, role=Role.DEVELOPER, starts_on=today())

    assert Project.objects.followed_by(newcomer).contains(project)
    assert [(m.recipient, m.notice) for m in Message.objects.all()] == [
        (newcomer, "projects/membership_began")
    ]
    assert Event.objects.about(project).get().detail["role"] == "developer"


def test_who_comes_next_month_already_follows(project, leader):
    newcomer = UserFactory()

    project.welcome(
        by=leader, user=newcomer, role=Role.DESIGNER, starts_on=today() + timedelta(days=30)
    )

    assert Project.objects.followed_by(newcomer).contains(project)
    assert not project.memberships.active_on(today()).filter(user=newcomer).exists()


@pytest.mark.parametrize("role", [Role.DEVELOPER, Role.COACH, Role.SPONSOR])
def test_other_members_do_not_compose_the_team(project, role):
    member = MembershipFactory(project=project, role=role).user

    with pytest.raises(Refused, match="composez pas"):
        project.welcome(by=member, user=UserFactory(), role=Role.OTHER, starts_on=today())


def test_a_coach_joins_by_accepting(project):
    coach = UserFactory()

    project.welcome(by=coach, user=coach, role=Role.COACH, starts_on=today())

    with pytest.raises(Refused, match="composez pas"):
        project.welcome(by=coach, user=coach, role=Role.INTRAPRENEUR, starts_on=today())


def test_nobody_holds_a_role_twice_at_once(project, leader):
    with pytest.raises(Refused, match="déjà ce rôle"):
        project.welcome(by=leader, user=leader, role=Role.INTRAPRENEUR, starts_on=today())


def test_the_database_refuses_a_role_held_twice_at_once(project, leader):
    with pytest.raises(IntegrityError, match="membership_never_overlaps"):
        MembershipFactory(project=project, user=leader)


def test_someone_may_come_back(project, leader):
    former = MembershipFactory(project=project, role=Role.DEVELOPER, former=True)

    project.welcome(by=leader, user=former.user, role=Role.DEVELOPER, starts_on=today())

    assert project.memberships.filter(user=former.user).count() == 2


def test_rights_end_the_day_a_membership_ends(project, leader):
    membership = MembershipFactory(project=project, role=Role.DEVELOPER)

    membership.end(by=leader, on=today())

    assert not Project.objects.followed_by(membership.user).exists()
    assert Event.objects.about(project).get().verb == "membership.ended"


def test_the_last_intrapreneur_stays_until_someone_takes_over(project, leader):
    membership = project.memberships.get()
    with pytest.raises(Refused, match="au moins un intrapreneur"):
        membership.end(by=leader, on=today())

    MembershipFactory(project=project)
    membership.end(by=leader, on=today())

    assert membership.ends_on == today()


def test_a_membership_does_not_end_before_it_began(project, leader):
    membership = MembershipFactory(project=project, role=Role.OTHER)

    with pytest.raises(Refused, match="suivre le début"):
        membership.end(by=leader, on=membership.starts_on - timedelta(days=1))


def test_a_former_membership_is_not_ended_again(project, leader):
    membership = MembershipFactory(project=project, role=Role.OTHER, former=True)

    with pytest.raises(Refused, match="mettre fin"):
        membership.end(by=leader, on=today())


def test_the_database_refuses_an_end_before_the_beginning():
    membership = MembershipFactory()

    with pytest.raises(IntegrityError, match="membership_ends_after_it_begins"):
        Membership.objects.filter(pk=membership.pk).update(
            ends_on=membership.starts_on - timedelta(days=1)
        )
