from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from base.calendar import months_after, today
from projects.duties import awaiting, of_project
from tests.factories import (
    ApplicationFactory,
    MembershipFactory,
    MilestoneFactory,
    ProjectFactory,
    PromotionFactory,
    TermReviewFactory,
    UserFactory,
)


def titles(user):
    return sorted(duty.title for duty in awaiting(user))


@pytest.fixture
def ending():
    """A project whose first term ends in about six weeks."""
    anchor = months_after(today() + timedelta(days=45), -6)
    return ProjectFactory(leader=UserFactory(), anchor=anchor, running=True)


def test_a_member_is_awaited_for_milestones_and_for_the_review(ending):
    leader = ending.leader()
    ending.milestones().manual().update(due_on=today())

    assert titles(leader) == [
        "Remettre la revue du mandat nº 1",
        "Rendre le jalon « Date du comité réservée »",
        "Rendre le jalon « Lancement de l’équipe »",
        "Rendre le jalon « Retour des premiers utilisateurs »",
    ]
    assert all(duty.due_at for duty in awaiting(leader))


def test_what_is_far_off_awaits_nobody_yet():
    leader = UserFactory()
    term = ProjectFactory(leader=leader, anchor=today(), running=True).terms.get()
    term.milestones.update(due_on=today() + timedelta(days=31))

    assert titles(leader) == []
    assert len(of_project(term.project, leader)) == 4


@pytest.mark.parametrize("fields", [{"coach": True}, {"role": "sponsor"}, {"former": True}])
def test_those_who_do_not_make_the_project_are_not_awaited(ending, fields):
    assert titles(MembershipFactory(project=ending, **fields).user) == []


def test_the_team_is_awaited_for_what_was_handed_in_and_for_what_to_open():
    application = ApplicationFactory(selected=True, told=True)
    PromotionFactory(call=application.call)
    MilestoneFactory(reported=True, title="Dix entretiens")
    TermReviewFactory(submitted=True)

    assert titles(UserFactory(staff=True)) == [
        "Ouvrir 1 projet d’une candidature retenue",
        "Relire le jalon « Dix entretiens »",
        "Transmettre au comité la revue du mandat nº 1",
    ]


def test_a_stranger_is_awaited_for_nothing(ending):
    assert titles(UserFactory()) == titles(AnonymousUser()) == []
