"""Every page of the floor answers whoever may read it, and hides from everyone else."""

import pytest
from django.urls import reverse

from base.calendar import today
from projects.models import Milestone
from tests.factories import (
    ApplicationFactory,
    IndicatorFactory,
    MembershipFactory,
    ObservationFactory,
    OpenLabFactory,
    ProjectFactory,
    PromotionFactory,
    RoundFactory,
    UserFactory,
)


INSIDE = [
    "follow-up",
    "terms",
    "phases",
    "publication",
    "milestones",
    "term-review",
    "indicators",
    "team",
    "open-labs",
]


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def project(leader):
    project = ProjectFactory(leader=leader, running=True)
    indicator = IndicatorFactory(project=project, public=True, target=30)
    for days, value in enumerate([4, None, 9, 12]):
        ObservationFactory(
            indicator=indicator,
            on=today().replace(day=1 + days),
            value=value,
            comment="" if value else "Panne",
        )
    OpenLabFactory(project=project)
    return project


def address(name, project, **kwargs):
    return reverse(f"projects:{name}", kwargs={"slug": project.slug, **kwargs})


def below(project):
    """The pages of one thing inside a project, as (name, arguments)."""
    milestone = project.milestones().get(kind=Milestone.Kind.KICK_OFF)
    indicator = project.indicators.get()
    return [
        ("term", {"number": 1}),
        ("milestone", {"pk": milestone.pk}),
        ("milestone-day", {"pk": milestone.pk}),
        ("indicator", {"pk": indicator.pk}),
        ("membership-new", {}),
        ("milestone-new", {}),
        ("presentation", {}),
        ("membership-end", {"pk": project.memberships.get().pk}),
        ("indicator-new", {}),
        ("indicator-amendment", {"pk": indicator.pk}),
        (
            "observation",
            {"pk": indicator.pk, "observation": indicator.observations.first().pk},
        ),
    ]


@pytest.mark.parametrize("name", INSIDE)
def test_an_inside_page_is_for_those_who_follow(client, project, leader, name):
    for user, status in [
        (leader, 200),
        (MembershipFactory(project=project, coach=True).user, 200),
        (UserFactory(staff=True), 200),
        (UserFactory(), 404),
        (MembershipFactory(project=project, former=True).user, 404),
    ]:
        client.force_login(user)
        assert client.get(address(name, project)).status_code == status, user


def test_the_pages_of_one_thing_answer_the_leader_and_hide_from_a_stranger(client, project, leader):
    for name, kwargs in below(project):
        client.force_login(leader)
        assert client.get(address(name, project, **kwargs)).status_code == 200, name
        client.force_login(UserFactory())
        assert client.get(address(name, project, **kwargs)).status_code == 404, name


def test_anonymous_readers_are_sent_to_the_login(client, project):
    response = client.get(address("follow-up", project))

    assert response.status_code == 302
    assert response["Location"].startswith("/comptes/")


def test_a_draft_project_is_invisible_to_the_public_everywhere(client, project):
    project.promotion.publish(by=UserFactory(staff=True))

    assert client.get(project.get_absolute_url()).status_code == 404
    assert project.title not in client.get(reverse("projects:project-list")).content.decode()
    assert project.title not in client.get(project.promotion.get_absolute_url()).content.decode()


def test_a_published_project_is_everyones_to_read(client, leader):
    project = ProjectFactory(published=True, promotion=PromotionFactory(published=True))

    assert client.get(project.get_absolute_url()).status_code == 200
    assert project.title in client.get(reverse("projects:project-list")).content.decode()
    assert project.title in client.get(project.promotion.get_absolute_url()).content.decode()


def test_the_teams_pages_are_for_the_team(client):
    promotion = PromotionFactory()
    ApplicationFactory(selected=True, told=True)
    names = [("team-promotion-list", []), ("team-promotion-new", [])] + [
        (name, [promotion.slug])
        for name in ["team-promotion", "team-promotion-amendment", "team-promotion-opening"]
    ]

    for name, args in names:
        for user, status in [(UserFactory(staff=True), 200), (UserFactory(), 404)]:
            client.force_login(user)
            assert client.get(reverse(f"projects:{name}", args=args)).status_code == status, name


def test_the_staff_pages_of_a_project_answer(client, project, leader):
    client.force_login(UserFactory(staff=True))
    review = project.terms.get().review
    review.save_draft(
        by=leader, version=1, achievements="a", impact="b", learnings="c", request="d"
    )
    review.submit(by=leader)
    RoundFactory(committee=project.promotion.committee)

    for name, kwargs in [
        ("plan", {}),
        ("phase-correction", {"pk": project.phase_changes.get().pk}),
        ("term-review-return", {"pk": review.pk}),
        ("term-review-examination", {"pk": review.pk}),
        ("milestone-review", {"pk": project.milestones().get(kind="kick_off").pk}),
    ]:
        assert client.get(address(name, project, **kwargs)).status_code == 200, name
