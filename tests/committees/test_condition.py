from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains

from base.calendar import today
from base.lifecycle import Refused
from committees.forms.conditions import DelayField
from committees.models import Condition, Demand
from tests.committees.addresses import page
from tests.committees.room import decided, room_of
from tests.factories import DecisionFactory, UserFactory


ASKED = [Demand("Rencontrer dix usagers.", days=42), Demand("Signer.", due_on=date(2027, 2, 1))]


def conditional(**traits):
    """A decision taken on an adopted « selected », with two conditions."""
    room = room_of(3)
    decided(room)
    return room.deliberation.conclude(
        by=room.chair.user, outcome="selected", conditions=ASKED, **traits
    )


def test_a_decision_carries_its_conditions_in_order():
    decision = conditional()

    assert [str(condition) for condition in decision.conditions.in_order()] == [
        "Condition nº 1 : Rencontrer dix usagers.",
        "Condition nº 2 : Signer.",
    ]
    assert [condition.delay for condition in decision.conditions.in_order()] == [
        "sous 6 semaines",
        "pour le 1er février 2027",
    ]
    assert [c.due_from(date(2026, 8, 31)) for c in decision.conditions.in_order()] == [
        date(2026, 10, 12),
        date(2027, 2, 1),
    ]


def test_days_that_make_no_week_are_said_as_days():
    assert Condition(days=45).delay == "sous 45 jours"


def test_a_refusal_has_no_condition():
    room = room_of(3)
    decided(room, adopted=False)
    refusal = {"outcome": "declined", "reason_code": "scope", "reason": "Hors du champ."}

    with pytest.raises(Refused, match="n’accorde rien"), transaction.atomic():
        room.deliberation.conclude(by=room.chair.user, conditions=ASKED, **refusal)
    assert not Condition.objects.exists()


def test_a_new_decision_asks_what_it_says_and_not_what_the_former_one_did():
    room = room_of(3)
    decided(room, adopted=False)
    terms = {"reason_code": "capacity", "reason": "Rang 8.", "outcome": "reserve"}
    first = room.deliberation.conclude(by=room.chair.user, conditions=ASKED, **terms)

    second = first.supersede(by=room.chair.user, conditions=ASKED[1:], **terms)

    assert (first.conditions.count(), second.conditions.get().text) == (2, "Signer.")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("condition_numbered_from_one", {"number": 0, "text": "Signer.", "days": 1}),
        ("condition_says_what", {"number": 3, "text": " ", "days": 1}),
        ("condition_is_due_after_days_or_on_a_date", {"number": 3, "text": "Signer."}),
        ("condition_is_due_after_days_or_on_a_date", {"number": 3, "text": "S.", "days": 0}),
        (
            "condition_is_due_after_days_or_on_a_date",
            {"number": 3, "text": "S.", "days": 9, "due_on": date(2027, 1, 1)},
        ),
        ("condition_numbered_once_per_decision", {"number": 1, "text": "Signer.", "days": 1}),
    ],
)
def test_the_database_wants_a_whole_condition(name, fields):
    decision = DecisionFactory()
    Condition.attach(decision, ASKED)

    with pytest.raises(IntegrityError, match=name):
        Condition.objects.create(decision=decision, **fields)


def test_a_condition_never_changes_and_none_comes_late():
    decision = DecisionFactory()
    Condition.attach(decision, ASKED)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Condition.objects.update(text="Autre chose.")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Condition.objects.all().delete()
    decision.notify(by=UserFactory(staff=True))
    with pytest.raises(IntegrityError, match="written with its decision"):
        Condition.objects.create(decision=decision, number=3, text="Encore.", days=1)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("6 semaines", {"days": 42}),
        ("1 semaine", {"days": 7}),
        ("45 jours", {"days": 45}),
        ("2 mois", {"days": 60}),
        ("31/01/2027", {"due_on": date(2027, 1, 31)}),
        ("", {}),
    ],
)
def test_a_delay_is_typed_as_people_say_it(typed, read):
    assert DelayField(required=False).clean(typed) == read


def test_the_chair_writes_conditions_and_the_page_lists_them(client):
    room = room_of(3)
    decided(room)
    client.force_login(room.chair.user)
    typed = {"outcome": "selected", "condition_1": "Rencontrer dix usagers."}

    undated = client.post(page("conclusion", room.deliberation), typed)
    wrong = client.post(page("conclusion", room.deliberation), typed | {"due_1": "bientôt"})
    empty = client.post(page("conclusion", room.deliberation), {**typed, "due_2": "6 semaines"})
    done = client.post(
        page("conclusion", room.deliberation), typed | {"due_1": "6 semaines"}, follow=True
    )

    assertContains(undated, "Dites pour quand cette condition est à remplir.", status_code=422)
    assertContains(wrong, "Écrivez un délai", status_code=422)
    assertContains(empty, "Dites ce que la décision demande.", status_code=422)
    assertContains(done, "Rencontrer dix usagers. (sous 6 semaines)")
    assert room.deliberation.decision_in_force().conditions.get().due_from(today()) == (
        today() + timedelta(days=42)
    )
