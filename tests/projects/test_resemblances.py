"""The radar: what looks alike, and what the team makes of it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from base.lifecycle import Refused
from calls.tasks import sketch_deposits
from journal.models import Event
from notifications.models import Message
from projects.models import ProjectSketch, Resemblance
from projects.models.resemblance import near_projects
from projects.tasks import sketch_projects
from tests.factories import ApplicationFactory, ProjectFactory, ResemblanceFactory, UserFactory


PAIN = (
    "Les préfets apprennent trop tard la pénurie d’eau, et chaque direction départementale"
    " recopie les mesures des stations dans un tableur."
)


@pytest.fixture
def staff(client):
    staff = UserFactory(staff=True)
    client.force_login(staff)
    return staff


def deposited(**fields):
    return ApplicationFactory(deposited=True, answers={"q1": PAIN}, **fields)


def test_projects_alike_are_found_save_the_one_that_came_from_it(staff):
    application = ApplicationFactory(selected=True, told=True, answers={"q1": PAIN})
    ProjectFactory(application=application, problem=PAIN)
    other = ProjectFactory(problem=PAIN)
    ProjectFactory(title="Achats", pitch="Acheter.", problem="Un cahier des charges à réécrire.")
    sketch_projects()

    assert [project for _rate, project in near_projects(application, staff)] == [other]


def test_a_project_is_read_once_and_again_when_its_words_change():
    project = ProjectFactory(problem=PAIN)
    sketch_projects()
    first = ProjectSketch.objects.get()
    sketch_projects()
    assert ProjectSketch.objects.get().drawn_at == first.drawn_at

    type(project).objects.update(version=5, problem="Autre chose.")
    sketch_projects()

    assert ProjectSketch.objects.get().version == 5
    assert ProjectSketch.objects.get().words != first.words


def test_the_page_shows_both_and_what_was_concluded(client, staff):
    one, other = deposited(), deposited(title="Alerte eau")
    project = ProjectFactory(problem=PAIN, title="Étiage")
    sketch_deposits()
    sketch_projects()
    address = reverse("projects:resemblance-list", args=[one.pk])

    page = client.get(address)
    assertContains(page, "Conclure sur Alerte eau")
    assertContains(page, "Conclure sur le projet Étiage")
    assertContains(client.get(reverse("calls:team-application", args=[one.pk])), "Alerte eau")

    data = {"conclusion": "differentiate", "reason": "L’une mesure, l’autre alerte."}
    response = client.post(reverse("projects:resemblance", args=[one.pk, other.pk]), data)
    assertRedirects(response, address)
    data = {"conclusion": "join", "reason": "Le produit existe."}
    client.post(reverse("projects:project-resemblance", args=[one.pk, project.slug]), data)

    assertContains(client.get(address), "L’une mesure, l’autre alerte.")
    assertContains(client.get(address), "Le produit existe.")


def test_two_teams_are_asked_to_meet_in_the_words_of_who_asks(staff):
    one, other = deposited(), deposited()

    resemblance = Resemblance.conclude(
        other, by=staff, other=one, conclusion="merge", reason="Rencontrez-vous lundi."
    )

    assert (resemblance.application, resemblance.other) == (one, other)
    assert {m.recipient for m in Message.objects.all()} == {one.author, other.author}
    assert all("Rencontrez-vous lundi." in m.body for m in Message.objects.all())
    assert [e.verb for e in Event.objects.about(resemblance)] == ["resemblance.concluded"]


def test_a_team_is_asked_to_join_the_product(staff):
    application, leader = deposited(), UserFactory()
    project = ProjectFactory(leader=leader)

    Resemblance.conclude(
        application, by=staff, project=project, conclusion="join", reason="Rejoignez-les."
    )

    assert {m.recipient for m in Message.objects.all()} == {application.author, leader}


@pytest.mark.parametrize("conclusion", ["differentiate", "distinct"])
def test_nobody_is_written_to_where_nobody_has_to_meet(staff, conclusion):
    Resemblance.conclude(
        deposited(), by=staff, other=deposited(), conclusion=conclusion, reason="Deux métiers."
    )

    assert not Message.objects.exists()


def test_a_second_word_replaces_the_first_from_either_side(staff):
    one, other = deposited(), deposited()
    words = {"by": staff, "reason": "Deux métiers."}
    Resemblance.conclude(one, other=other, conclusion="distinct", **words)

    Resemblance.conclude(other, other=one, conclusion="differentiate", **words)

    assert Resemblance.objects.get().conclusion == "differentiate"
    assert Event.objects.filter(verb="resemblance.concluded").count() == 2


def test_one_joins_a_product_and_merges_two_teams(staff):
    application = deposited()
    project = ProjectFactory()

    with pytest.raises(Refused, match="rejoint un produit"):
        Resemblance.conclude(
            application, by=staff, project=project, conclusion="merge", reason="Non."
        )
    with pytest.raises(Refused, match="rejoint un produit"):
        Resemblance.conclude(
            application, by=staff, other=deposited(), conclusion="join", reason="Non."
        )


def test_only_the_team_that_reads_both_concludes():
    with pytest.raises(Refused, match="les deux dossiers"):
        Resemblance.conclude(
            deposited(), by=UserFactory(), other=deposited(), conclusion="distinct", reason="x"
        )


def test_a_conclusion_has_its_reason(client, staff):
    address = reverse("projects:resemblance", args=[deposited().pk, deposited().pk])

    response = client.post(address, {"conclusion": "distinct", "reason": " "})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"reason": " "}, "resemblance_has_its_reason"),
        ({"other": None}, "resemblance_is_with_an_application_or_a_project"),
        ({"conclusion": "join"}, "resemblance_joins_a_project_and_merges_teams"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ResemblanceFactory(**fields)


@pytest.mark.parametrize(
    ("traits", "constraint"),
    [
        ({}, "resemblance_once_for_two_applications"),
        ({"with_project": True}, "resemblance_once_with_a_project"),
    ],
)
def test_the_database_refuses_two_words_on_one_pair(traits, constraint):
    first = ResemblanceFactory(**traits)
    same = {"application": first.application, "other": first.other, "project": first.project}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ResemblanceFactory(**same)


@pytest.mark.parametrize(
    ("who", "sees"),
    [({"staff": True}, True), ({}, False)],
    ids=["staff", "agent"],
)
def test_rights_on_a_resemblance(who, sees):
    resemblance = ResemblanceFactory()

    assert Resemblance.objects.visible_to(UserFactory(**who)).contains(resemblance) is sees
    assert Resemblance.objects.of(resemblance.other).get() == resemblance
