from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from committees.models import Grid
from tests.committees.addresses import page
from tests.factories import GridFactory, UserFactory


def two_versions():
    """A published grid, and its next version where a weight and a level changed."""
    staff, first = UserFactory(staff=True), GridFactory(name="Grille des promotions")
    second = first.revise(by=staff)
    criterion = second.criteria.in_order()[0]
    levels = [(level.label, level.anchor) for level in criterion.ordered_levels()]
    criterion.change(
        by=staff, label="Impact", weight=3, levels=[*levels[:3], ("Excellent", "Dix usagers.")]
    )
    second.publish(by=staff)
    return first, second


def test_everyone_reads_the_method_and_the_published_versions(client):
    first, second = two_versions()
    draft = GridFactory(published=False)

    response = client.get(reverse("committees:method"))

    assertContains(response, "L311-3-1")
    for grid in [first, second]:
        assertContains(response, page("method-version", grid))
    assertNotContains(response, draft.name)
    assert client.get(page("method-version", draft)).status_code == 404


def test_a_version_says_its_criteria_and_what_changed_since_the_one_before(client):
    first, second = two_versions()

    response = client.get(page("method-version", second))

    assertContains(response, "Poids\u00a0: 3 sur 4")
    assertContains(response, "Dix usagers")
    assert [part.text for part in response.context["changes"] if part.kind == "gone"] == [
        "2",
        "Des preuves mesurées",
    ]
    assertContains(client.get(page("method-version", first)), "Une version plus récente")
    assertNotContains(client.get(page("method-version", first)), "Ce qui change depuis")


def test_two_versions_that_say_the_same_say_so(client):
    staff, first = UserFactory(staff=True), GridFactory()
    second = first.revise(by=staff)
    second.publish(by=staff)

    assertContains(client.get(page("method-version", second)), "les deux versions disent la même")
    assert Grid.objects.published().count() == 2
