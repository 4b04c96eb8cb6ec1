import pytest
from django.db import IntegrityError

from accounts.models import Entity
from base.lifecycle import Refused
from tests.factories import EntityFactory


@pytest.fixture
def tree():
    ministry = EntityFactory(name="Ministère de la Transition écologique", acronym="MTE")
    direction = EntityFactory(name="Direction de l’eau", parent=ministry)
    office = EntityFactory(name="Bureau des nappes", parent=direction)
    return ministry, direction, office


def test_a_service_knows_its_ancestors_from_the_root(tree):
    ministry, direction, office = tree

    assert office.ancestors() == [ministry, direction]
    assert office.is_within(ministry) and not ministry.is_within(office)


def test_moving_a_service_moves_all_that_is_below(tree):
    ministry, direction, office = tree
    other = EntityFactory(name="Ministère de l’Agriculture")

    direction.parent = other
    direction.save()
    direction.settle()

    office.refresh_from_db()
    assert office.ancestors() == [other, direction]
    assert set(Entity.objects.within(ministry)) == {ministry}


def test_a_service_is_not_attached_below_itself(tree):
    ministry, _direction, office = tree
    ministry.parent = office

    with pytest.raises(Refused):
        ministry.settle()


def test_a_prefix_of_a_key_is_not_an_ancestor():
    """`/1/` is not above `/12/`."""
    entities = [EntityFactory() for _ in range(12)]

    assert [e for e in entities if e.is_within(entities[0])] == [entities[0]]


@pytest.mark.parametrize("text", ["ecologique", "MTE", "transition ECOLOGIQUE", "Écologique"])
def test_search_does_not_mind_accents_or_case(tree, text):
    assert list(Entity.objects.search(text)) == [tree[0]]


def test_two_services_of_one_parent_have_two_names(tree):
    with pytest.raises(IntegrityError, match="entity_named_once_below_its_parent"):
        EntityFactory(name=tree[1].name, parent=tree[0])


def test_a_root_has_its_name_alone(tree):
    with pytest.raises(IntegrityError, match="entity_named_once_below_its_parent"):
        EntityFactory(name=tree[0].name)
