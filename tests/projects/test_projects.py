from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from journal.models import Event
from notifications.models import Message
from projects.models import Phase, Project, Role
from tests.factories import (
    ApplicationFactory,
    MembershipFactory,
    ProjectFactory,
    PromotionFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def opened(application, staff, **fields):
    fields = {"promotion": PromotionFactory(), "anchor": date(2026, 8, 31), **fields}
    return Project.open_from(application, by=staff, **fields)


def test_a_selected_application_becomes_a_project(staff):
    application = ApplicationFactory(selected=True, told=True)

    project = opened(application, staff)

    term = project.terms.get()
    assert (project.slug, project.title) == ("alerte-secheresse", application.title)
    assert [(m.user, m.role) for m in project.memberships.all()] == [
        (application.author, Role.INTRAPRENEUR)
    ]
    assert (term.number, term.starts_on, term.last_day) == (
        1,
        date(2026, 8, 31),
        date(2027, 2, 27),
    )
    assert term.milestones.count() == 5
    assert project.phase_at(date(2026, 8, 31)) == Phase.INVESTIGATION
    assert [e.verb for e in Event.objects.about(project)] == ["project.opened"]


def test_the_applicants_are_told_of_their_project(staff):
    application = ApplicationFactory(selected=True, told=True)

    opened(application, staff)

    assert [(m.recipient, m.notice) for m in Message.objects.all()] == [
        (application.author, "projects/project_opened")
    ]


@pytest.mark.parametrize("trait", ["deposited", "examined"])
def test_no_project_without_a_selection(staff, trait):
    with pytest.raises(Refused, match="retenue"):
        opened(ApplicationFactory(**{trait: True}), staff)


def test_no_project_before_its_people_are_told_of_the_selection(staff):
    with pytest.raises(Refused, match="notifiée"):
        opened(ApplicationFactory(selected=True), staff)


def test_an_application_opens_one_project(staff):
    application = ApplicationFactory(selected=True, told=True)
    opened(application, staff)

    with pytest.raises(Refused, match="une seule fois"):
        opened(application, staff)


def test_a_project_is_opened_by_the_team_only():
    application = ApplicationFactory(selected=True, told=True)

    with pytest.raises(Refused, match="équipe de l’incubateur"):
        opened(application, application.author)


def test_a_promotion_of_a_call_opens_only_the_applications_of_that_call(staff):
    application = ApplicationFactory(selected=True, told=True)
    elsewhere = PromotionFactory(call=ApplicationFactory(selected=True, told=True).call)

    with pytest.raises(Refused):
        opened(application, staff, promotion=elsewhere)


def test_a_promotion_opens_all_its_projects_or_none(staff):
    promotion = PromotionFactory()
    applications = [ApplicationFactory(selected=True, told=True), ApplicationFactory(examined=True)]

    with pytest.raises(Refused):
        promotion.open_projects(applications, by=staff, anchor=date(2026, 9, 1))

    assert not Project.objects.exists()


def test_slugs_are_readable_and_unique(staff):
    slugs = [
        opened(ApplicationFactory(selected=True, told=True, title="L’Œuvre d’été"), staff).slug
        for _ in range(2)
    ]

    assert slugs == ["l-oeuvre-d-ete", "l-oeuvre-d-ete-2"]


def test_a_title_without_a_letter_still_has_an_address(staff):
    assert opened(ApplicationFactory(selected=True, told=True, title="…"), staff).slug == "project"


def test_the_team_consents_then_the_incubator_publishes(staff):
    leader = UserFactory()
    project = ProjectFactory(leader=leader)
    with pytest.raises(Refused, match="accord de son équipe"):
        project.publish(by=staff)

    project.consent(by=leader)
    project.publish(by=staff)

    assert Project.objects.public().contains(project)
    assert [e.verb for e in Event.objects.about(project)] == [
        "project.consented",
        "project.published",
    ]


def test_consent_is_the_intrapreneurs_and_publication_the_teams(staff):
    project = ProjectFactory(consented=True)
    developer = MembershipFactory(project=project, role=Role.DEVELOPER).user

    with pytest.raises(Refused, match="intrapreneurs"):
        ProjectFactory().consent(by=staff)
    with pytest.raises(Refused, match="équipe de l’incubateur"):
        project.publish(by=developer)


def test_consent_and_publication_are_given_once(staff):
    leader = UserFactory()
    project = ProjectFactory(leader=leader, published=True)

    with pytest.raises(Refused, match="déjà donné"):
        project.consent(by=leader)
    with pytest.raises(Refused, match="déjà publié"):
        project.publish(by=staff)


def test_a_withdrawn_page_asks_for_consent_again(staff):
    leader = UserFactory()
    project = ProjectFactory(leader=leader, published=True)

    project.unpublish(by=leader)

    assert (project.published_at, project.consented_at) == (None, None)
    with pytest.raises(Refused, match="n’est pas publié"):
        project.unpublish(by=leader)
    with pytest.raises(Refused, match="retrait"):
        project.unpublish(by=UserFactory())


def test_the_presentation_is_never_saved_over_an_unread_version():
    leader = UserFactory()
    project = ProjectFactory(leader=leader)
    project.present(by=leader, version=1, pitch="Une alerte par jour.")

    with pytest.raises(Refused, match="Une autre personne"):
        project.present(by=leader, version=1, pitch="Une alerte par heure.")

    project.refresh_from_db()
    assert (project.version, project.pitch) == (2, "Une alerte par jour.")
    assert Project.objects.search("ALERTE par jour").contains(project)


def test_a_stranger_does_not_present_a_project():
    with pytest.raises(Refused, match="présentation"):
        ProjectFactory().present(by=UserFactory(), version=1, pitch="")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"consented_at": timezone.now()}, "project_consented_by_someone"),
        ({"published_at": timezone.now()}, "project_published_by_someone"),
    ],
)
def test_the_database_refuses_a_stamp_without_a_person(change, constraint):
    project = ProjectFactory(consented=True) if "published_at" in change else ProjectFactory()

    with pytest.raises(IntegrityError, match=constraint):
        Project.objects.filter(pk=project.pk).update(**change)


def test_the_database_refuses_a_publication_without_consent(staff):
    project = ProjectFactory()

    with pytest.raises(IntegrityError, match="project_published_with_consent"):
        Project.objects.filter(pk=project.pk).update(
            published_at=timezone.now(), published_by=staff
        )


def test_the_leader_is_the_intrapreneur_who_has_been_there_longest():
    project = ProjectFactory()
    first = MembershipFactory(project=project, starts_on=date(2020, 1, 1), former=True)
    second = MembershipFactory(project=project, starts_on=date(2021, 1, 1))
    MembershipFactory(project=project, starts_on=date(2022, 1, 1))
    MembershipFactory(project=project, starts_on=date(2019, 1, 1), role=Role.DEVELOPER)

    assert project.leader() == second.user != first.user
    assert ProjectFactory().leader() is None
