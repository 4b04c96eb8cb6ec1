import pytest
from django.db import IntegrityError, connection, transaction

from base.lifecycle import Refused
from committees.models import Criterion, Grid, Level
from journal.models import Event
from tests.factories import GridFactory, UserFactory
from tests.factories.committees import LEVELS


@pytest.fixture
def team():
    return UserFactory(staff=True)


@pytest.fixture
def draft():
    return GridFactory(published=False)


def test_a_grid_is_drafted_filled_and_published(team):
    grid = Grid.draft(by=team, name="Sélection")
    grid.add_criterion(by=team, label="Impact", weight=3, levels=LEVELS)

    grid.publish(by=team)

    assert list(Grid.objects.published()) == [grid]
    assert grid.published_by == team
    assert [c.label for c in grid.criteria.in_order()] == ["Impact"]
    assert [e.verb for e in Event.objects.about(grid)] == [
        "grid.drafted",
        "criterion.added",
        "grid.published",
    ]


def test_only_the_team_writes_grids(draft):
    member = UserFactory()

    with pytest.raises(Refused):
        Grid.draft(by=member, name="Sélection")
    with pytest.raises(Refused):
        draft.add_criterion(by=member, label="Impact", weight=3, levels=LEVELS)
    with pytest.raises(Refused):
        draft.criteria.first().change(by=member, label="Impact", weight=3, levels=LEVELS)
    with pytest.raises(Refused):
        draft.criteria.first().remove(by=member)
    with pytest.raises(Refused):
        draft.publish(by=member)


def test_a_criterion_changes_in_a_draft_and_its_levels_with_it(draft, team):
    criterion = draft.criteria.first()

    criterion.change(by=team, label="Portée", weight=5, levels=LEVELS[:2] + LEVELS)

    criterion.refresh_from_db()
    assert (criterion.label, criterion.weight) == ("Portée", 5)
    assert [level.score for level in criterion.ordered_levels()] == [0, 1, 2, 3, 4, 5]


def test_a_criterion_leaves_a_draft(draft, team):
    draft.criteria.first().remove(by=team)

    assert draft.criteria.count() == 1
    assert Event.objects.about(draft).get().verb == "criterion.removed"


def test_an_empty_grid_is_not_published(team):
    grid = Grid.draft(by=team, name="Sélection")

    with pytest.raises(Refused, match="sans critère"):
        grid.publish(by=team)


@pytest.mark.parametrize("count", [3])
def test_a_criterion_has_four_to_six_levels(count, draft, team):
    draft.add_criterion(by=team, label="Équipe", weight=1, levels=LEVELS[:count])

    with pytest.raises(Refused, match="quatre à six"):
        draft.publish(by=team)


def test_a_published_grid_is_published_once(team):
    with pytest.raises(Refused):
        GridFactory().publish(by=team)


def test_the_next_version_is_a_copy_to_be_changed(team):
    grid = GridFactory()

    copy = grid.revise(by=team)

    assert (copy.name, copy.version, copy.published_at) == (grid.name, 2, None)
    assert [(c.label, c.weight, len(c.ordered_levels())) for c in copy.criteria.in_order()] == [
        ("Impact", 2, 4),
        ("Équipe", 1, 4),
    ]


def test_a_draft_has_no_next_version(draft, team):
    with pytest.raises(Refused):
        draft.revise(by=team)


@pytest.mark.parametrize(
    "change",
    [
        lambda grid: Grid.objects.filter(pk=grid.pk).update(coverage_percent=1),
        lambda grid: grid.criteria.update(weight=9),
        lambda grid: grid.criteria.first().delete(),
        lambda grid: grid.criteria.create(position=9, label="Nouveau", weight=1),
        lambda grid: Level.objects.update(anchor="Autre"),
        lambda grid: Level.objects.all().delete(),
        lambda grid: Level.objects.create(
            criterion=grid.criteria.first(), score=5, label="Plus", anchor="Plus."
        ),
        lambda grid: grid.delete(),
    ],
)
def test_the_database_refuses_to_change_a_published_grid(change):
    grid = GridFactory()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        change(grid)

    connection.check_constraints()


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda g: GridFactory(name=g.name, published=False), "grid_version_once_per_name"),
        (lambda g: GridFactory(coverage_percent=0, published=False), "grid_coverage_is_a_share"),
        (
            lambda g: Grid.objects.filter(pk=g.pk).update(published_by=UserFactory()),
            "grid_published_at_and_by",
        ),
        (lambda g: g.criteria.create(position=1, label="X"), "criterion_once_per_position"),
        (lambda g: g.criteria.create(position=9, weight=0), "criterion_weighs_something"),
        (
            lambda g: Level.objects.create(criterion=g.criteria.first(), score=0),
            "level_once_per_score",
        ),
        (
            lambda g: Level.objects.create(criterion=g.criteria.first(), score=6),
            "level_is_one_of_six",
        ),
    ],
)
def test_the_database_refuses_a_grid(spoil, rule, draft):
    with pytest.raises(IntegrityError, match=rule):
        spoil(draft)


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("staff", [True, False])
def test_rights_on_a_grid(published, staff):
    grid, user = GridFactory(published=published), UserFactory(is_staff=staff)

    granted = {
        right: getattr(Grid.objects, right)(user).contains(grid)
        for right in ["visible_to", "editable_by", "revisable_by"]
    }

    assert granted == {
        "visible_to": staff or published,
        "editable_by": staff and not published,
        "revisable_by": staff and published,
    }
    assert Criterion.objects.editable_by(user).exists() == (staff and not published)
