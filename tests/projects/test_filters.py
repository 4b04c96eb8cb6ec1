"""The public list of projects: what it finds, in which order, whatever is asked."""

import pytest
from django.urls import reverse

from tests.factories import EntityFactory, ProjectFactory, PromotionFactory


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Camino", "Écologie"}),
        ("q=ecologie", {"Écologie"}),
        ("q=ZZZ", set()),
        ("phase=construction", {"Camino"}),
        ("phase=nonsense", {"Camino", "Écologie"}),
        ("service=eau", {"Camino"}),
        ("service=direction", {"Camino"}),
        ("service=zzz", set()),
        ("tri=titre", {"Camino", "Écologie"}),
        ("page=99", {"Camino", "Écologie"}),
        ("page=-1", {"Camino", "Écologie"}),
        ("q=%00", {"Camino", "Écologie"}),
    ],
)
def test_the_list_filters_and_never_fails(client, query, found):
    above = EntityFactory(name="Direction générale")
    water = EntityFactory(name="Bureau de l’eau", parent=above)
    ProjectFactory(published=True, title="Camino", entity=water, phase="construction").index()
    ProjectFactory(published=True, title="Écologie").index()

    page = client.get(f"{reverse('projects:project-list')}?{query}").context["page"]

    assert {project.title for project in page} == found


def test_the_list_filters_by_promotion_that_one_may_see(client):
    shown = ProjectFactory(published=True, promotion=PromotionFactory(published=True))
    hidden = ProjectFactory(published=True)
    address = reverse("projects:project-list")

    by_shown = client.get(address, {"promotion": shown.promotion.slug}).context["page"]
    by_hidden = client.get(address, {"promotion": hidden.promotion.slug}).context["page"]
    by_nonsense = client.get(address, {"promotion": "zzz"}).context["page"]

    assert list(by_shown) == [shown]
    assert list(by_hidden) == list(by_nonsense)


def test_titles_sort_whatever_their_accents(client):
    for title in ["Zèbre", "Écologie", "Aides"]:
        ProjectFactory(published=True, title=title).index()

    page = client.get(reverse("projects:project-list"), {"tri": "titre"}).context["page"]

    assert [project.title for project in page] == ["Aides", "Écologie", "Zèbre"]
