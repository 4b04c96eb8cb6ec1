"""A reserve list: its order, told and frozen, then the places that come free."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from base.calendar import today
from base.lifecycle import Refused
from calls.duties import awaiting
from calls.models import Application, Reserve, ReservePlace
from committees.models import Deliberation
from journal.models import Event
from notifications.models import Message
from tests.calls.releasing import release
from tests.calls.reserves import fresh, in_reserve, released, selected
from tests.factories import CallFactory, InterestFactory, SeatFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def call():
    return CallFactory(closed=True)


def order(call):
    return [(p.application, p.rank) for p in ReservePlace.objects.order_by("rank")]


def test_without_anybody_s_order_it_is_the_order_of_the_marks(call, staff):
    first, second, third = [in_reserve(call) for _ in range(3)]
    for application, score in [(first, 40), (third, 90)]:
        Deliberation.objects.filter(subject_id=application.pk).update(score=score)

    release(call)

    assert order(call) == [(third, 1), (first, 2), (second, 3)]
    assert not ReservePlace.objects.filter(frozen_at=None).exists()


def test_the_order_is_set_before_the_release_and_frozen_by_it(call, staff):
    first, second = in_reserve(call), in_reserve(call)
    Reserve.arrange(call, by=staff, applications=[first, second])
    Reserve.arrange(call, by=staff, applications=[second, first], ends_on=today())

    release(call)

    assert order(call) == [(second, 1), (first, 2)]
    with pytest.raises(Refused):
        Reserve.arrange(call, by=staff, applications=[first, second])
    later = in_reserve(call)
    release(call)
    assert order(call)[2] == (later, 3)


def test_who_does_not_conduct_orders_and_promotes_nothing(call):
    application = in_reserve(call)
    released(call)
    member = SeatFactory(committee=call.committee).user

    for person in [member, application.author]:
        with pytest.raises(Refused):
            Reserve.arrange(call, by=person, applications=[])
        with pytest.raises(Refused):
            call.reserve.promote(by=person)


def test_what_one_may_not_see_keeps_its_place_in_the_order(call, staff):
    first, hidden, last = [in_reserve(call) for _ in range(3)]
    Reserve.arrange(call, by=UserFactory(staff=True), applications=[first, hidden, last])
    InterestFactory(deliberation=hidden.deliberation(), person=staff, effect="exclusion", seat=None)

    Reserve.arrange(call, by=staff, applications=[last, first])

    assert order(call) == [(last, 1), (hidden, 2), (first, 3)]


def test_the_first_takes_the_place_of_who_withdraws_once(call, staff):
    gone, first, second = selected(call), in_reserve(call), in_reserve(call)
    released(call)
    gone.withdraw(by=gone.author)

    promoted = call.reserve.promote(by=staff)

    assert (promoted, fresh(first).status, fresh(second).status) == (first, "selected", "reserve")
    decision = fresh(first).decision()
    assert (decision.outcome, decision.status) == ("selected", "notified")
    assert decision.supersedes.outcome == "reserve"
    letters = Message.objects.filter(notice="calls/application_answered", recipient=first.author)
    assert letters.count() == 2
    place = ReservePlace.objects.get(application=first)
    assert (place.promoted_by, place.freed_by) == (staff, gone)
    assert "reserveplace.promoted" in [e.verb for e in Event.objects.about(first)]
    with pytest.raises(Refused, match="Aucune place"):
        call.reserve.promote(by=staff)


def test_after_the_last_day_nobody_takes_a_place(call, staff):
    gone, application = selected(call), in_reserve(call)
    Reserve.arrange(call, by=staff, applications=[application], ends_on=today())
    released(call)
    gone.withdraw(by=gone.author)
    Reserve.objects.update(ends_on="2020-01-01")

    with pytest.raises(Refused, match="Aucune place"):
        fresh(call).reserve.promote(by=staff)
    assert awaiting(staff) == []


def test_who_may_not_decide_for_the_first_promotes_nobody_else(call, staff):
    gone, first, _second = selected(call), in_reserve(call), in_reserve(call)
    released(call)
    InterestFactory(deliberation=first.deliberation(), person=staff, effect="exclusion", seat=None)
    gone.withdraw(by=gone.author)

    with pytest.raises(Refused, match="n’est pas de votre ressort"):
        call.reserve.promote(by=staff)
    assert not ReservePlace.objects.exclude(promoted_at=None).exists()


def test_a_place_that_was_told_is_given_up_until_a_project_begins(call):
    begun, gone = selected(call), selected(call)
    released(call)
    fresh(begun).engage()
    gone.withdraw(by=gone.author)

    with pytest.raises(Refused):
        fresh(begun).withdraw(by=begun.author)
    with pytest.raises(Refused):
        fresh(gone).revive(by=gone.author)
    assert not Application.objects.revivable_by(gone.author).exists()


def test_a_rank_that_was_told_never_changes(call):
    in_reserve(call)
    released(call)

    for statement in ["UPDATE calls_reserveplace SET rank = 7", "DELETE FROM calls_reserveplace"]:
        with (
            pytest.raises(IntegrityError, match="reserveplace_told_never_changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("reserveplace_ranks_begin_at_one", {"rank": 0}),
        ("reserveplace_promoted_once_told", {"promoted_at": "2026-01-01T00:00Z"}),
        ("reserveplace_one_per_rank", {"rank": 1}),
    ],
)
def test_the_database_refuses(call, staff, rule, fields):
    applications = [in_reserve(call), in_reserve(call)]
    Reserve.arrange(call, by=staff, applications=applications)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ReservePlace.objects.filter(rank=2).update(**fields)
        connection.check_constraints()


def test_her_page_says_her_rank_and_until_when(client, call, staff):
    first, second = in_reserve(call), in_reserve(call)
    Reserve.arrange(call, by=staff, applications=[second, first], ends_on="2099-03-01")
    client.force_login(first.author)
    assertNotContains(client.get(first.get_absolute_url()), "liste de réserve")

    released(call)

    response = client.get(first.get_absolute_url())
    assertContains(response, "Votre rang sur la liste de réserve\u00a0: 2.")
    assertContains(response, "1 candidature attend encore avant la vôtre.")
    assertContains(response, "jusqu’au 1er mars 2099")
    assert second


def test_the_chair_is_told_of_a_free_place_and_gives_it(client, call):
    chair = SeatFactory(committee=call.committee, chair=True).user
    gone, first = selected(call, chair), in_reserve(call, chair)
    released(call)
    gone.withdraw(by=gone.author)
    client.force_login(chair)
    address = reverse("calls:reserve", args=[call.slug])

    assert address in [duty.url for duty in awaiting(chair)]
    assertContains(client.get(address), "1 place est libre")
    client.post(f"{address}place/")

    assert fresh(first).status == "selected"
    assert awaiting(chair) == []


def test_the_order_is_typed_and_a_rank_given_twice_is_said(client, call, staff):
    first, second = in_reserve(call), in_reserve(call)
    client.force_login(staff)
    address = reverse("calls:reserve", args=[call.slug])
    ranks = {f"rank_{first.pk}": 2, f"rank_{second.pk}": 1}

    response = client.post(address, ranks | {f"rank_{second.pk}": 2})
    assertContains(response, "un rang différent", status_code=422)
    client.post(address, ranks)

    assert order(call) == [(second, 1), (first, 2)]
