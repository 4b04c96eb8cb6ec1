"""The people of an irritant are forgotten five years after it was settled."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from calls.models import Irritant, Support
from incubator.tasks import purge
from journal import verification
from journal.models import Event
from tests.factories import IrritantFactory, SupportFactory, UserFactory


FIVE_YEARS = timedelta(days=5 * 366)


def settled(age=FIVE_YEARS, **facts):
    return IrritantFactory(moderated_at=timezone.now() - age, **facts)


def fresh(irritant):
    return Irritant.objects.counted().get(pk=irritant.pk)


def test_a_closed_one_keeps_its_words_and_how_many_share_it():
    irritant = settled(closed=True)
    SupportFactory(irritant=irritant)
    merged = IrritantFactory(merged=True, merged_into=irritant, author=None)
    words = irritant.title, irritant.description, irritant.search_text
    assert fresh(irritant).support_count == 2

    purge()
    purge()

    left = fresh(irritant)
    assert (left.title, left.description, left.search_text) == words
    assert (left.author, left.support_count, left.status) == (None, 2, "closed")
    assert fresh(merged).forgotten_at
    assert not Support.objects.exists()
    assert [event.verb for event in Event.objects.about(irritant)] == ["irritant.erased"]
    assert list(verification.faults()) == []


def test_an_address_that_was_left_goes_too():
    irritant = settled(closed=True, outside=True)

    purge()

    assert fresh(irritant).reporter_email == ""


def test_a_hidden_one_loses_its_words():
    irritant = settled(hidden=True)

    purge()

    left = fresh(irritant)
    assert {left.title, left.description, left.hidden_reason} == {"Effacé"}
    assert (left.author, left.search_text) == (None, "")


@pytest.mark.parametrize(
    "facts", [{"closed": True, "age": timedelta(days=1820)}, {"taken_up": True}, {}]
)
def test_a_young_or_living_one_stays(facts):
    irritant = settled(**facts)

    purge()

    assert fresh(irritant).author == irritant.author
    with pytest.raises(Refused):
        irritant.forget()


def test_one_that_lived_again_is_forgotten_again():
    irritant = settled(closed=True)
    purge()
    irritant = Irritant.objects.get()
    irritant.publish(by=UserFactory(staff=True))
    SupportFactory(irritant=irritant)
    irritant.close(by=UserFactory(staff=True), reason="Réglé.")
    Irritant.objects.update(forgotten_at=timezone.now() - 2 * FIVE_YEARS)
    Irritant.objects.update(moderated_at=timezone.now() - FIVE_YEARS)

    purge()

    assert (fresh(irritant).support_count, Support.objects.count()) == (1, 0)
    assert list(verification.faults()) == []


def test_the_database_refuses_a_name_to_one_that_is_forgotten():
    settled(closed=True)
    purge()

    with pytest.raises(IntegrityError, match="irritant_forgotten_names_nobody"):
        Irritant.objects.update(author=UserFactory())
