from collections import Counter

import pytest

from base.lifecycle import Refused
from committees.models import Assignment
from journal.models import Event
from notifications.models import Message
from tests.committees.plans.pairs import pairs_of, worked_out
from tests.factories import (
    AssignmentFactory,
    ClassificationFactory,
    DeliberationFactory,
    EntityFactory,
    InterestFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)
from tests.factories.staffing import (
    ExpertiseFactory,
    PlanFactory,
    PlannedPairFactory,
    WishFactory,
)


def test_a_plan_is_a_draft_with_a_printable_reason_for_each_pair(round, chair, team):
    deliberations = DeliberationFactory.create_batch(2, round=round)
    members = [SeatFactory(committee=round.committee) for _ in range(3)]
    SeatFactory(committee=round.committee, observer=True)
    InterestFactory(deliberation=deliberations[0], person=members[0].user, seat=members[0])

    plan = worked_out(round, by=team, seed=7)

    assert (plan.status, plan.seed, plan.made_by) == ("drafted", 7, team)
    assert (deliberations[0].pk, members[0].pk) not in pairs_of(plan)
    assert set(Counter(seat for _deliberation, seat in pairs_of(plan)).values()) == {1}
    assert plan.pairs.first().why == "Sans lien d’intérêt connu avec ce dossier."
    assert not Assignment.objects.exists()
    assert not Message.objects.exists()
    assert [e.verb for e in Event.objects.about(round)] == ["plan.requested", "plan.drafted"]


def test_the_reason_of_a_pair_says_what_spoke_for_the_member(round, chair, team):
    deliberation = DeliberationFactory(round=round)
    deliberation.services.add(EntityFactory())
    ClassificationFactory(application=deliberation.subject, theme="housing")
    ExpertiseFactory(seat=chair, subject="housing")
    WishFactory(deliberation=deliberation, seat=chair)

    plan = worked_out(round, by=team)

    assert plan.pairs.get().why == (
        "Sans lien d’intérêt connu avec ce dossier ; extérieur aux services qui le portent ;"
        " compétence : logement et ville ; a souhaité l’évaluer."
    )


def test_one_reviewer_comes_from_outside_the_line_of_the_services(round, team):
    round.reviews_wanted = 1
    round.save()
    service = EntityFactory(parent=EntityFactory(parent=EntityFactory()))
    near = SeatFactory(committee=round.committee, user__entity=service.parent.parent)
    deliberation = DeliberationFactory(round=round)
    deliberation.services.add(service)

    plan = worked_out(round, by=team)

    assert plan.gaps.get().why == (
        "Aucun membre extérieur aux services qui le portent ne peut l’évaluer."
    )
    outsider = SeatFactory(committee=round.committee, user__entity=EntityFactory())
    AssignmentFactory(deliberation=DeliberationFactory(round=round), seat=outsider)
    assert near.pk != outsider.pk
    assert (deliberation.pk, outsider.pk) in pairs_of(worked_out(round, by=team))


def test_one_reviewer_knows_the_subject_where_somebody_does(round, team):
    round.reviews_wanted = 1
    round.save()
    deliberation = DeliberationFactory(round=round)
    ClassificationFactory(application=deliberation.subject, theme="housing")
    SeatFactory(committee=round.committee)
    expert = SeatFactory(committee=round.committee)
    AssignmentFactory(deliberation=DeliberationFactory(round=round), seat=expert)
    ExpertiseFactory(seat=expert, subject="housing")

    plan = worked_out(round, by=team)

    assert (deliberation.pk, expert.pk) in pairs_of(plan)


def test_nobody_has_more_than_they_take_nor_than_the_round_allows(round, chair, team):
    chair.qualify(by=team, max_load=1, letter="", subjects=[])
    DeliberationFactory.create_batch(2, round=round)

    plan = worked_out(round, by=team)

    assert plan.pairs.count() == 1
    assert sorted(plan.gaps.values_list("missing", flat=True)) == [1, 2]
    assert plan.gaps.get(missing=2).why == (
        "Les autres membres qui pourraient l’évaluer ont leur maximum de dossiers."
    )


def test_applying_proposes_every_pair_with_its_reason_and_one_message_each(round, chair, team):
    DeliberationFactory.create_batch(3, round=round)
    plan = worked_out(round, by=team)

    plan.apply(by=team)

    assert plan.status == "applied"
    assert set(Assignment.objects.values_list("deliberation", "seat")) == pairs_of(plan)
    assert {a.why for a in Assignment.objects.all()} == {pair.why for pair in plan.pairs.all()}
    assert [pair.assignment.seat for pair in plan.pairs.all()] == [chair] * 3
    assert [m.recipient for m in Message.objects.all()] == [chair.user]
    assert Event.objects.filter(verb="assignment.proposed").count() == 3
    assert [e.verb for e in Event.objects.about(round)][1:] == ["plan.drafted", "plan.applied"]


def test_a_plan_asks_only_for_what_is_missing(round, chair, team):
    deliberation = DeliberationFactory(round=round)
    AssignmentFactory(deliberation=deliberation, accepted=True)
    AssignmentFactory(deliberation=deliberation, declined=True)

    plan = worked_out(round, by=team)

    assert pairs_of(plan) == {(deliberation.pk, chair.pk)}
    plan.apply(by=team)
    assert not worked_out(round, by=team).pairs.exists()


def test_the_same_round_and_the_same_seed_give_the_same_plan(round, team):
    DeliberationFactory.create_batch(4, round=round)
    SeatFactory.create_batch(5, committee=round.committee)

    plans = [pairs_of(worked_out(round, by=team, seed=seed)) for seed in [3, 3, 1, 2, 4, 5]]

    assert plans[0] == plans[1]
    assert len(set(map(frozenset, plans))) > 1


def test_what_cannot_be_staffed_is_named_with_the_reason(round, chair, team):
    deliberation = DeliberationFactory(round=round)

    gap = worked_out(round, by=team).gaps.get()

    assert (gap.deliberation, gap.missing) == (deliberation, 1)
    assert gap.why == (
        "Tous les autres membres ont un lien d’intérêt avec ce dossier ou l’ont déjà eu."
    )


SINCE = {
    "an interest": lambda pair: InterestFactory(
        deliberation=pair.deliberation, person=pair.seat.user, seat=pair.seat
    ),
    "the same assignment": lambda pair: AssignmentFactory(
        deliberation=pair.deliberation, seat=pair.seat
    ),
    "enough assignments": lambda pair: AssignmentFactory.create_batch(
        2, deliberation=pair.deliberation
    ),
    "a mandate ended": lambda pair: (
        type(pair.seat)
        .objects.filter(pk=pair.seat.pk)
        .update(ends_on="2001-01-01", starts_on="2000-01-01")
    ),
    "a maximum": lambda pair: pair.seat.qualify(
        by=pair.plan.made_by, max_load=0, letter="", subjects=[]
    ),
}


@pytest.mark.parametrize("what", SINCE)
def test_a_plan_that_no_longer_stands_is_refused_whole(what, round, chair, team):
    DeliberationFactory.create_batch(2, round=round)
    plan = worked_out(round, by=team)
    SINCE[what](plan.pairs.select_related("seat").first())
    before = Assignment.objects.count()

    with pytest.raises(Refused, match="Ce plan ne vaut plus"):
        plan.apply(by=team)

    assert Assignment.objects.count() == before


def test_of_two_plans_one_is_applied(round, team):
    DeliberationFactory.create_batch(2, round=round)
    SeatFactory.create_batch(6, committee=round.committee)
    first, second = [worked_out(round, by=team, seed=seed) for seed in (1, 2)]
    first.apply(by=team)

    with pytest.raises(Refused):
        second.apply(by=team)
    with pytest.raises(Refused):
        first.apply(by=team)


def test_a_plan_that_proposes_nothing_is_not_applied(round, team):
    plan = PlanFactory(round=round)

    with pytest.raises(Refused, match="ne propose rien"):
        plan.apply(by=team)


def test_a_plan_is_applied_and_undone_by_who_made_it(round, chair):
    pair = PlannedPairFactory(deliberation__round=round)
    done = PlannedPairFactory(deliberation__round=round, applied=True)

    with pytest.raises(Refused):
        pair.plan.apply(by=chair.user)
    with pytest.raises(Refused):
        done.plan.undo(by=chair.user)


@pytest.mark.parametrize("traits", [{"closed": True}, {}])
def test_a_round_is_staffed_before_its_hard_close_by_who_conducts_it(traits):
    round = RoundFactory(**traits)
    who = round.created_by if traits else SeatFactory(committee=round.committee).user

    with pytest.raises(Refused):
        worked_out(round, by=who)


def test_undoing_takes_back_what_nobody_answered_and_leaves_the_rest(round, team):
    dossiers = DeliberationFactory.create_batch(2, round=round)
    SeatFactory.create_batch(2, committee=round.committee, declared=dossiers[-1])
    plan = worked_out(round, by=team)
    plan.apply(by=team)
    answered = Assignment.objects.select_related("seat__user").first()
    answered.decline(by=answered.seat.user, reason="Je suis absente.")

    plan.undo(by=team)

    assert plan.status == "undone"
    assert list(Assignment.objects.all()) == [answered]
    assert [pair.assignment for pair in plan.pairs.exclude(assignment=None)] == [answered]
    assert Event.objects.about(round).last().verb == "plan.undone"
    with pytest.raises(Refused):
        plan.undo(by=team)


def test_a_message_that_has_not_left_does_not_leave_once_all_is_taken_back(round, chair, team):
    DeliberationFactory.create_batch(2, round=round)
    plan = worked_out(round, by=team)
    plan.apply(by=team)

    plan.undo(by=team)

    assert [m.status for m in Message.objects.all()] == ["void"]


def test_after_an_undoing_the_same_plan_is_drafted_again(round, chair, team):
    DeliberationFactory(round=round)
    plan = worked_out(round, by=team)
    plan.apply(by=team)
    plan.undo(by=team)

    again = worked_out(round, by=team)

    assert pairs_of(again) == pairs_of(plan)
    again.apply(by=team)


def test_who_is_kept_away_since_applies_the_rest_without_a_word(round, chair):
    hidden, seen = DeliberationFactory.create_batch(2, round=round)
    team = UserFactory(staff=True)
    plan = worked_out(round, by=team)
    InterestFactory(deliberation=hidden, person=team, effect="exclusion")

    plan.apply(by=team)

    assert {a.deliberation for a in Assignment.objects.all()} == {seen}
    assert {pair.deliberation for pair in plan.pairs.all()} == {seen}
