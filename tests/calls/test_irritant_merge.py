"""One pain reported twice: nobody is lost when the two become one."""

import pytest

from base.lifecycle import Refused
from calls.models import Irritant, Support
from journal.models import Event
from notifications.models import Message
from tests.factories import IrritantFactory, SupportFactory, UserFactory
from tests.races import Other, all_at_once, without_lock


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def count_of(irritant):
    return Irritant.objects.counted().get(pk=irritant.pk).support_count


def test_each_me_too_and_the_other_author_are_on_the_survivor_once(staff):
    survivor, merged = IrritantFactory(), IrritantFactory()
    twice = SupportFactory(irritant=survivor).person
    SupportFactory(irritant=merged, person=twice)
    SupportFactory(irritant=merged, person=survivor.author)
    other = SupportFactory(irritant=merged).person

    merged.merge(by=staff, into=survivor)

    sharing = set(survivor.supports.values_list("person", flat=True))
    assert sharing == {twice.pk, other.pk, merged.author.pk}
    assert (merged.status, merged.merged_into) == ("merged", survivor)
    assert [event.detail for event in Event.objects.about(merged)] == [{"into": str(survivor.pk)}]


def test_those_who_knew_it_are_told_where_it_went(staff):
    merged = IrritantFactory(outside=True)
    supporter = SupportFactory(irritant=merged).person

    merged.merge(by=staff, into=IrritantFactory())

    told = {m.address for m in Message.objects.filter(notice="calls/irritant_merged")}
    assert told == {"usager@example.org", supporter.email}


def test_a_report_without_account_counts_on_the_survivor(staff):
    survivor = IrritantFactory()

    IrritantFactory(outside=True, reported=True).merge(by=staff, into=survivor)

    assert count_of(survivor) == 1


def test_what_was_merged_into_it_follows_it_to_the_next(staff):
    first, second, third = IrritantFactory.create_batch(3)
    first.merge(by=staff, into=second)

    second.merge(by=staff, into=third)

    first.refresh_from_db()
    assert first.merged_into == third
    assert list(third.reports()) == [first, second, third]
    assert count_of(third) == 2


def test_a_me_too_said_to_a_merged_one_counts_on_the_survivor(staff):
    survivor, merged, agent = IrritantFactory(), IrritantFactory(), UserFactory()
    late = Irritant.objects.get(pk=merged.pk)
    merged.merge(by=staff, into=survivor)

    late.support(by=agent)

    assert survivor.supports.filter(person=agent).exists()


@pytest.mark.parametrize("into", [{"reported": True}, {"hidden": True}, {"merged": True}])
def test_one_merges_only_into_what_is_shown(staff, into):
    irritant = IrritantFactory()

    with pytest.raises(Refused):
        irritant.merge(by=staff, into=IrritantFactory(**into))
    with pytest.raises(Refused):
        irritant.merge(by=staff, into=irritant)


@pytest.mark.parametrize("traits", [{"merged": True}, {"hidden": True}, {"closed": True}])
def test_what_is_over_is_not_merged(staff, traits):
    with pytest.raises(Refused):
        IrritantFactory(**traits).merge(by=staff, into=IrritantFactory())


def test_only_the_team_merges():
    with pytest.raises(Refused):
        IrritantFactory().merge(by=UserFactory(), into=IrritantFactory())


@pytest.mark.race("a « me too » during a merge")
@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_me_too_waits_for_the_merge_and_is_not_lost(locked):
    staff, agent = UserFactory(staff=True), UserFactory()
    survivor, merged = IrritantFactory(), IrritantFactory()
    late = Irritant.objects.get(pk=merged.pk)
    other = Other(lambda: late.support(by=agent))

    with without_lock(Irritant, when=not locked):
        other.come_in_during(lambda: merged.merge(by=staff, into=survivor))

    assert survivor.supports.filter(person=agent).exists() is locked
    assert Support.objects.filter(person=agent).count() == 1


@pytest.mark.race("two merges into each other")
@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.django_db(transaction=True)
def test_of_two_merges_into_each_other_one_is_refused(locked):
    staff = UserFactory(staff=True)
    one, two = IrritantFactory(), IrritantFactory()
    first, second = (Irritant.objects.get(pk=it.pk) for it in (one, two))
    other = Other(lambda: second.merge(by=staff, into=first))

    with without_lock(Irritant, when=not locked):
        other.come_in_during(lambda: one.merge(by=staff, into=two))

    assert other.refused is locked
    assert Irritant.objects.filter(status="merged").count() == (1 if locked else 2)


@pytest.mark.django_db(transaction=True)
def test_supports_and_a_merge_at_once_never_wait_for_each_other():
    staff = UserFactory(staff=True)
    survivor, merged = IrritantFactory(), IrritantFactory()
    people = UserFactory.create_batch(6)

    def act(number):
        irritant = Irritant.objects.get(pk=merged.pk)
        if number == 6:
            return irritant.merge(by=staff, into=survivor)
        return irritant.support(by=people[number])

    _results, refusals, errors = all_at_once(7, act)

    assert (refusals, errors) == ([], [])
    assert survivor.supports.count() == 7
