"""When those who carry a dossier are heard: a slot chosen, given, moved."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from committees.models import Hearing, HearingPlan
from journal.models import Event
from tests.committees.letters import told
from tests.factories import (
    CoApplicantFactory,
    HearingFactory,
    HearingPlanFactory,
    HearingSlotFactory,
    InterestFactory,
    SeatFactory,
    UserFactory,
)


def test_who_carries_the_dossier_chooses_a_free_slot(plan, item, author):
    slot = HearingSlotFactory(plan=plan)

    hearing = Hearing.choose(by=author, item=item, slot=slot)

    assert (hearing.slot, hearing.item, hearing.chosen_by) == (slot, item, author)
    assert told("hearing_chosen") == {author}
    assert not plan.free_slots().exists()
    assert Event.objects.about(item.deliberation).get().verb == "hearing.chosen"


def test_a_slot_is_taken_once(plan, item, author):
    taken = HearingFactory(slot__plan=plan).slot

    with pytest.raises(Refused, match="vient d’être pris"):
        Hearing.choose(by=author, item=item, slot=taken)


def test_a_dossier_is_heard_once(plan, item, author):
    HearingFactory(slot__plan=plan, item=item)

    with pytest.raises(Refused, match="déjà choisi"):
        Hearing.choose(by=author, item=item, slot=HearingSlotFactory(plan=plan))


@pytest.mark.parametrize("who", ["stranger", "staff", "member", "former"])
def test_nobody_chooses_for_another_s_dossier(plan, item, who):
    users = {
        "stranger": lambda: UserFactory(),
        "staff": lambda: UserFactory(staff=True),
        "member": lambda: (
            SeatFactory(committee=item.sitting.committee, declared=item.deliberation).user
        ),
        "former": lambda: (
            CoApplicantFactory(
                application=item.deliberation.subject, removed=True, person=UserFactory()
            ).person
        ),
    }

    with pytest.raises(Refused, match="pas entendu"):
        Hearing.choose(by=users[who](), item=item, slot=HearingSlotFactory(plan=plan))


def test_a_slot_is_of_the_sitting(plan, item, author):
    with pytest.raises(Refused, match="vient d’être pris"):
        Hearing.choose(by=author, item=item, slot=HearingSlotFactory())


def test_slots_are_chosen_before_the_deadline(plan, item, author):
    HearingPlan.objects.update(choose_before=timezone.now())

    with pytest.raises(Refused, match="ne se choisissent plus"):
        Hearing.choose(by=author, item=item, slot=HearingSlotFactory(plan=plan))


def test_slots_are_chosen_once_invited(item, author):
    plan = HearingPlanFactory(sitting=item.sitting)

    with pytest.raises(Refused, match="pas encore"):
        Hearing.choose(by=author, item=item, slot=HearingSlotFactory(plan=plan))


def test_nobody_is_heard_where_nothing_is_planned(item, author):
    with pytest.raises(Refused, match="Aucune audition"):
        Hearing.choose(by=author, item=item, slot=HearingSlotFactory())


def test_a_withdrawn_dossier_is_not_heard(plan, item, author):
    item.deliberation.withdraw(by=author)

    with pytest.raises(Refused, match="pas entendu"):
        Hearing.choose(by=author, item=item, slot=HearingSlotFactory(plan=plan))


def test_a_hearing_moves_for_a_reason_and_frees_its_slot(plan, item, author):
    hearing = HearingFactory(slot__plan=plan, item=item)
    later = HearingSlotFactory(plan=plan)

    moved = hearing.move(by=author, slot=later, reason="Un train supprimé.")

    hearing.refresh_from_db()
    assert (moved.slot, hearing.release_reason) == (later, "Un train supprimé.")
    assert list(plan.free_slots()) == [hearing.slot]
    assert Hearing.objects.standing().get() == moved


def test_a_hearing_does_not_move_without_a_reason(plan, item, author):
    hearing = HearingFactory(slot__plan=plan, item=item)

    with pytest.raises(IntegrityError, match="hearing_released_with_its_reason"):
        hearing.move(by=author, slot=HearingSlotFactory(plan=plan), reason="  ")


def test_a_hearing_does_not_move_in_the_last_hours(plan, item, author):
    hearing = HearingFactory(slot__plan=plan, item=item)
    HearingPlan.objects.update(change_hours=24 * 11)

    with pytest.raises(Refused, match="trop tard"):
        hearing.move(by=author, slot=HearingSlotFactory(plan=plan), reason="Un train.")


def test_a_hearing_moves_once(plan, item, author):
    hearing, first, second = (
        HearingFactory(slot__plan=plan, item=item),
        HearingSlotFactory(plan=plan),
        HearingSlotFactory(plan=plan),
    )
    hearing.move(by=author, slot=first, reason="Un train.")

    with pytest.raises(Refused, match="vient de changer"):
        hearing.move(by=author, slot=second, reason="Un train.")


def test_a_move_to_a_taken_slot_keeps_the_first_one(plan, item, author):
    hearing = HearingFactory(slot__plan=plan, item=item)
    taken = HearingFactory(slot__plan=plan).slot

    with pytest.raises(Refused, match="vient d’être pris"):
        hearing.move(by=author, slot=taken, reason="Un train.")

    assert Hearing.objects.standing().get(item=item) == hearing


def test_who_prepares_the_sitting_places_a_dossier_after_the_deadline(plan, item, chair, author):
    HearingPlan.objects.update(choose_before=timezone.now())
    first, second = HearingSlotFactory(plan=plan), HearingSlotFactory(plan=plan)

    Hearing.place(by=chair, item=item, slot=first)
    Hearing.place(by=chair, item=item, slot=second, reason="La salle ouvre plus tard.")

    assert Hearing.objects.standing().get().slot == second
    assert told("hearing_chosen") == {author}


def test_an_excluded_chair_places_nobody(plan, item, chair):
    InterestFactory(deliberation=item.deliberation, person=chair, seat=None, effect="exclusion")

    with pytest.raises(Refused, match="n’est pas entendu"):
        Hearing.place(by=chair, item=item, slot=HearingSlotFactory(plan=plan))


def test_a_taken_slot_looks_free_to_who_is_kept_from_its_dossier(plan, item, chair):
    hearing = HearingFactory(slot__plan=plan, item=item)
    excluded = SeatFactory(committee=item.sitting.committee, declared=item.deliberation).user
    InterestFactory(deliberation=item.deliberation, person=excluded, seat=None, effect="exclusion")

    assert list(Hearing.objects.visible_to(chair)) == [hearing]
    assert list(Hearing.objects.visible_to(excluded)) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda h: HearingFactory(slot=h.slot), "hearing_one_per_slot"),
        (lambda h: HearingFactory(item=h.item), "hearing_one_per_item"),
        (
            lambda h: Hearing.objects.update(released_at=timezone.now()),
            "hearing_released_with_its_reason",
        ),
        (lambda h: HearingPlan.objects.update(invited_by=None), "hearing_plan_invited_at_goes"),
        (lambda h: HearingPlan.objects.update(change_hours=721), "hearing_plan_gives_at_most"),
        (
            lambda h: HearingSlotFactory(plan=h.slot.plan, ends_at=h.slot.starts_at),
            "hearing_slot_ends_after_it_starts|range lower bound",
        ),
    ],
)
def test_the_database_keeps_hearings_straight(change, name):
    hearing = HearingFactory()

    with pytest.raises(Exception, match=name), transaction.atomic():
        change(hearing)
