"""Hearings laid out, offered to those who carry the dossiers, called off."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from committees.models import AgendaItem, Hearing, HearingPlan
from journal.models import Event
from notifications.models import Message
from tests.committees.letters import told
from tests.factories import (
    AgendaItemFactory,
    CoApplicantFactory,
    DeclarationFactory,
    DeliberationFactory,
    HearingFactory,
    HearingPlanFactory,
    InterestFactory,
    MembershipFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    TermReviewFactory,
)


def series(sitting, **fields):
    return {
        "sitting": sitting,
        "first_at": sitting.meets_at,
        "count": 3,
        "minutes": 20,
        "pause": 10,
        "choose_before": sitting.meets_at - timedelta(days=3),
        "change_hours": 24,
        **fields,
    }


def test_a_series_of_slots_follows_its_minutes_and_its_pauses(sitting, chair):
    plan = HearingPlan.lay_out(by=chair, link="https://visio.example/4", **series(sitting))

    slots = list(plan.slots.order_by("starts_at"))
    begins = [(slot.starts_at - sitting.meets_at).total_seconds() / 60 for slot in slots]
    assert (begins, {slot.minutes for slot in slots}) == ([0, 30, 60], {20})
    assert {slot.link for slot in slots} == {"https://visio.example/4"}
    assert Event.objects.about(sitting).get().verb == "hearingplan.laid_out"


def test_a_second_series_adds_to_the_first(sitting, chair):
    HearingPlan.lay_out(by=chair, **series(sitting))
    later = sitting.meets_at + timedelta(hours=3)

    plan = HearingPlan.lay_out(by=chair, **series(sitting, first_at=later, count=2))

    assert plan.slots.count() == 5


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"count": 40}, "le jour de la séance"),
        ({"choose_before": "late"}, "se choisissent avant"),
    ],
)
def test_a_series_stays_on_the_day_and_after_the_choice(sitting, chair, fields, sentence):
    if "choose_before" in fields:
        fields = {"choose_before": sitting.meets_at + timedelta(hours=1)}

    with pytest.raises(Refused, match=sentence):
        HearingPlan.lay_out(by=chair, **series(sitting, **fields))


def test_slots_do_not_overlap(sitting, chair):
    HearingPlan.lay_out(by=chair, **series(sitting))
    amid = sitting.meets_at + timedelta(minutes=5)

    with pytest.raises(IntegrityError, match="hearing_slot_one_at_a_time"):
        HearingPlan.lay_out(by=chair, **series(sitting, first_at=amid))


@pytest.mark.parametrize("state", ["open", "closed"])
def test_hearings_are_laid_out_before_the_sitting_begins(state):
    sitting = SittingFactory(**{state: True})
    chair = SeatFactory(committee=sitting.committee, chair=True).user

    with pytest.raises(Refused, match="a commencé"):
        HearingPlan.lay_out(by=chair, **series(sitting))


def test_hearings_are_laid_out_by_who_prepares_the_sitting(sitting):
    with pytest.raises(Refused, match="vous ne la préparez pas"):
        HearingPlan.lay_out(by=SeatFactory(committee=sitting.committee).user, **series(sitting))


def blind_item(sitting):
    round = RoundFactory(committee=sitting.committee, blind=True)
    return AgendaItemFactory(sitting=sitting, deliberation=DeliberationFactory(round=round))


def test_nobody_is_heard_in_a_blind_round(sitting):
    item = blind_item(sitting)
    chair = SeatFactory(committee=sitting.committee, chair=True, declared=item.deliberation).user

    with pytest.raises(Refused, match="à l’aveugle"):
        HearingPlan.lay_out(by=chair, **series(sitting))


def test_who_carries_a_blind_dossier_is_neither_invited_nor_heard(sitting, item, chair):
    blind = blind_item(sitting)
    DeclarationFactory(person=chair, up_to=blind.deliberation)
    plan = HearingPlan.lay_out(by=chair, **series(sitting))

    plan.invite(by=chair)

    author = blind.deliberation.subject.author
    assert told("hearing_offered") == {item.deliberation.subject.author}
    with pytest.raises(Refused, match="n’êtes pas entendu"):
        Hearing.choose(by=author, item=blind, slot=plan.slots.first())
    with pytest.raises(Refused, match="n’est pas entendu"):
        Hearing.place(by=chair, item=blind, slot=plan.slots.first())


def test_all_who_carry_a_dossier_are_invited_once(sitting, item, chair, author):
    other = CoApplicantFactory(application=item.deliberation.subject, accepted=True).person
    plan = HearingPlan.lay_out(by=chair, **series(sitting))

    plan.invite(by=chair)
    plan.invite(by=chair)

    assert told("hearing_offered") == {author, other}
    assert Message.objects.filter(notice="committees/hearing_offered").count() == 2


def test_an_excluded_chair_invites_for_the_dossier_they_do_not_see(sitting, item):
    chair = SeatFactory(committee=sitting.committee, chair=True).user
    InterestFactory(deliberation=item.deliberation, person=chair, seat=None, effect="exclusion")
    plan = HearingPlan.lay_out(by=chair, **series(sitting))

    plan.invite(by=chair)

    assert told("hearing_offered") == {item.deliberation.subject.author}


def test_the_team_of_a_project_is_invited_to_its_term_review(sitting, chair):
    review = TermReviewFactory(submitted=True)
    owner = MembershipFactory(project=review.term.project, role="intrapreneur").user
    coach = MembershipFactory(project=review.term.project, role="coach").user
    deliberation = DeliberationFactory(
        round__committee=sitting.committee, committee=sitting.committee, subject=review
    )
    item = AgendaItemFactory(sitting=sitting, deliberation=deliberation)
    HearingPlanFactory(sitting=sitting, invited=True)

    heard = set(review.heard_people())
    granted = {u for u in [owner, coach] if AgendaItem.objects.heard_for(u).contains(item)}
    assert (owner in heard, coach in heard, granted) == (True, False, {owner})


def test_nobody_is_invited_after_the_deadline(sitting, chair):
    plan = HearingPlanFactory(sitting=sitting, choose_before=timezone.now())

    with pytest.raises(Refused, match="date limite"):
        plan.invite(by=chair)


def test_hearings_called_off_are_told_and_gone(plan, item, chair, author):
    HearingFactory(slot__plan=plan, item=item)

    plan.call_off(by=chair, reason="La séance change de ville.")

    assert told("hearing_cancelled") == {author}
    assert not HearingPlan.objects.exists()
    assert not Hearing.objects.exists()


def test_a_dossier_taken_off_the_agenda_is_not_heard(author, item, chair):
    plan = HearingPlanFactory(sitting=SittingFactory(committee=item.sitting.committee))
    planned = AgendaItemFactory(sitting=plan.sitting)
    DeclarationFactory(person=chair, up_to=planned.deliberation)
    HearingFactory(slot__plan=plan, item=planned)

    planned.remove(by=chair)

    assert told("hearing_cancelled") == {planned.deliberation.subject.author}
    assert not Hearing.objects.exists()


def test_a_sitting_with_hearings_keeps_its_day():
    plan = HearingPlanFactory(sitting=SittingFactory())
    chair = SeatFactory(committee=plan.sitting.committee, chair=True).user
    next_week = plan.sitting.meets_at + timedelta(days=7)

    with pytest.raises(Refused, match="annulez-les d’abord"):
        plan.sitting.replan(by=chair, meets_at=next_week, place="Salle 5")
    plan.sitting.replan(by=chair, meets_at=plan.sitting.meets_at, place="Salle 5")

    assert plan.sitting.place == "Salle 5"
