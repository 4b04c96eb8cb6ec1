"""A plan that is worked out apart, by a worker."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from base.lifecycle import Refused
from committees import tasks
from committees.models import Plan
from committees.roster import Roster
from journal.models import Event
from tests.factories import DeliberationFactory, UserFactory


def again(plan):
    return Plan.objects.get(pk=plan.pk)


def test_a_plan_is_asked_for_then_worked_out_once(round, chair, team):
    DeliberationFactory(round=round)
    plan = Plan.request(round, by=team)
    assert (plan.status, plan.pairs.count()) == ("requested", 0)

    for _time in range(2):
        tasks.work_out_plan(plan_id=plan.pk)

    assert (again(plan).status, plan.pairs.count()) == ("drafted", 1)
    assert Event.objects.filter(verb="plan.drafted").count() == 1
    with pytest.raises(Refused, match="n’est plus en calcul"):
        plan.work_out()


def test_a_second_plan_waits_for_the_first(round, team):
    first = Plan.request(round, by=team)

    with pytest.raises(Refused, match="déjà en calcul"):
        Plan.request(round, by=team)

    first.work_out()
    assert Plan.request(round, by=team) != first
    assert Plan.request(round, by=UserFactory(staff=True))


def test_who_lost_the_round_meanwhile_is_told_and_gets_nothing(round, chair, team):
    DeliberationFactory(round=round)
    plan = Plan.request(round, by=team)
    User.objects.filter(pk=team.pk).update(is_staff=False)

    tasks.work_out_plan(plan_id=plan.pk)

    assert (again(plan).status, plan.pairs.count()) == ("failed", 0)
    assert again(plan).failure == "Ce tour est clos, ou n’est pas de votre ressort."


def test_a_plan_that_cannot_be_worked_out_says_so(client, round, team, monkeypatch, caplog):
    def full(*_args, **_options):
        raise MemoryError("no room left")

    plan = Plan.request(round, by=team)
    monkeypatch.setattr(Roster, "staff", full)
    client.force_login(team)

    for _time in range(2):
        tasks.work_out_plan(plan_id=plan.pk)

    page = client.get(plan.get_absolute_url())
    assertContains(page, "n’a pas pu être calculé")
    assertContains(page, "En demander un autre")
    assertNotContains(page, "hx-get")
    assert "no room left" in caplog.text
    assert again(plan).status == "failed"


def test_what_was_left_behind_is_worked_out_by_the_sweep(round, team):
    lost = Plan.request(round, by=team)
    young = Plan.request(round, by=UserFactory(staff=True))
    Plan.objects.filter(pk=lost.pk).update(made_at=timezone.now() - timedelta(minutes=11))

    for _time in range(2):
        tasks.sweep_plans()

    assert [again(plan).status for plan in (lost, young)] == ["drafted", "requested"]


def test_the_page_waits_with_its_reader_and_then_shows_the_plan(client, round, chair, team):
    deliberation = DeliberationFactory(round=round)
    client.force_login(team)

    asked = client.post(reverse("committees:plan-list", args=[round.pk]), {"seed": 1})

    plan = Plan.objects.get()
    assertRedirects(asked, plan.get_absolute_url())
    waiting = client.get(plan.get_absolute_url())
    assertContains(waiting, "Le plan se calcule")
    assertContains(waiting, "hx-get")
    assertNotContains(waiting, "Dossier par dossier")
    again = client.post(reverse("committees:plan-list", args=[round.pk]), {"seed": 1})
    assertContains(again, "déjà en calcul", status_code=409)
    plan.work_out()
    ready = client.get(plan.get_absolute_url())
    assertContains(ready, deliberation.get_absolute_url())
    assertContains(ready, "Appliquer ce plan")
    assertNotContains(ready, "hx-get")
