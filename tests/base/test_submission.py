import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
from base.lifecycle import Refused
from base.submission import carried_out
from tests.factories import EntityFactory, UserFactory


class Idea(forms.Form):
    title = forms.CharField()


@pytest.fixture
def form():
    form = Idea({"title": "Une idée"})
    assert form.is_valid()
    return form


def refuse(error):
    raise error


def test_a_verb_that_is_done_leaves_the_form_without_error(form):
    done = []

    assert carried_out(form, lambda: done.append(1))
    assert done == [1]
    assert not form.errors


def test_a_refusal_becomes_a_sentence_and_keeps_what_was_typed(form):
    assert not carried_out(form, lambda: refuse(Refused("Trop tard.")))
    assert form.non_field_errors() == ["Trop tard."]
    assert form.refused
    assert form["title"].value() == "Une idée"


def test_a_rule_of_the_model_becomes_a_sentence(form):
    assert not carried_out(form, lambda: refuse(ValidationError("Il manque un motif.")))
    assert form.non_field_errors() == ["Il manque un motif."]
    assert not form.refused


def test_a_constraint_of_the_database_becomes_its_own_sentence(form):
    entity = EntityFactory(name="Direction du numérique")

    assert not carried_out(form, lambda: EntityFactory(name=entity.name))
    assert form.non_field_errors() == ["Ce service existe déjà à cet endroit de l’arbre."]


def test_a_constraint_without_a_sentence_is_a_defect_and_is_raised(form):
    user = UserFactory()

    with pytest.raises(IntegrityError):
        carried_out(form, lambda: User.objects.filter(pk=user.pk).update(email=None))
