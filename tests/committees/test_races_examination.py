"""The races of an examination, each right with its lock and wrong without it."""

import pytest

from committees.models import Assignment, Deliberation, Interest, Review, Round, Seat
from tests.committees.plans.pairs import worked_out
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)
from tests.races import Other, again, all_at_once, without_constraint, without_lock


pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("locked", [True, False])


def author(review):
    return review.assignment.seat.user


def sheet(review):
    criteria = review.grid.criteria.in_order()
    return [(criterion, criterion.levels.get(score=1), False, "") for criterion in criteria]


def step_aside(review):
    review.deliberation.declare_interest(
        by=author(review), effect="exclusion", reason="Un cousin y travaille."
    )


@pytest.mark.race("a draft saved during a late declaration")
@both_ways
def test_a_draft_waits_for_a_declaration_in_progress_and_is_refused(locked):
    """Without the dossier's lock an excluded person still writes."""
    review = ReviewFactory()
    late = again(review)
    other = Other(lambda: late.save_draft(by=author(late), version=0, answers=[], comment="Ici."))

    with without_lock(Deliberation, Review, when=not locked):
        other.come_in_during(lambda: step_aside(review))

    assert other.refused is locked
    assert (Review.objects.get().comment == "") is locked


@pytest.mark.race("a review handed in during a late declaration")
@both_ways
def test_a_review_handed_in_during_a_declaration_is_refused(locked):
    """Guarded twice: without the locks, its status has moved meanwhile."""
    review = ReviewFactory()
    late = again(review)
    other = Other(lambda: late.hand_in(by=author(late), version=0, answers=sheet(late)))

    with without_lock(Deliberation, Review, when=not locked):
        other.come_in_during(lambda: step_aside(review))

    assert other.refused
    assert Review.objects.get().status == "neutralised"


@pytest.mark.race("a late declaration during a review")
def test_a_declaration_waits_for_a_review_in_progress_and_neutralises_it():
    review = ReviewFactory()
    late = again(review.deliberation)
    other = Other(
        lambda: late.declare_interest(
            by=author(review), effect="exclusion", reason="Un cousin y travaille."
        )
    )

    other.come_in_during(
        lambda: review.hand_in(by=author(review), version=0, answers=sheet(review))
    )

    review.refresh_from_db()
    assert (other.refused, review.status) == (False, "neutralised")
    assert Deliberation.objects.get().score is None


@pytest.mark.race("two reviews of one dossier add up")
@both_ways
def test_two_reviews_handed_in_at_once_both_weigh(locked):
    """Without the lock the second recomputes the score without having seen the first."""
    review = ReviewFactory()
    second = ReviewFactory(
        assignment=AssignmentFactory(deliberation=review.deliberation, accepted=True)
    )
    late = again(second)
    other = Other(lambda: late.hand_in(by=author(late), version=0, answers=sheet(late)))

    with without_lock(Deliberation, when=not locked):
        other.come_in_during(
            lambda: review.hand_in(by=author(review), version=0, answers=sheet(review))
        )

    assert other.refused is False
    assert (Deliberation.objects.get().review_count == 2) is locked


@pytest.mark.race("two windows save one draft")
def test_of_two_windows_saving_the_same_version_one_is_refused():
    """The UPDATE carries the version: this one needs no lock to be right."""
    review = ReviewFactory()
    late = again(review)
    other = Other(
        lambda: late.save_draft(by=author(late), version=0, answers=[], comment="Seconde.")
    )

    with without_lock(Deliberation), without_lock(Review):
        other.come_in_during(
            lambda: review.save_draft(by=author(review), version=0, answers=[], comment="Première.")
        )

    assert other.refused
    assert Review.objects.get().comment == "Première."


@pytest.mark.race("a double click on acceptance")
def test_accepting_twice_at_once_opens_one_sheet():
    assignment = AssignmentFactory()
    copies = [again(assignment) for _ in range(4)]

    results, refusals, errors = all_at_once(4, lambda n: copies[n].accept(by=assignment.seat.user))

    assert (len(results), len(refusals), errors) == (1, 3, [])
    assert Review.objects.count() == 1


@pytest.mark.race("a second sheet for one assignment")
def test_the_constraint_keeps_a_second_sheet_out():
    """Without it, two rows are there: the constraint is the guard."""
    review = ReviewFactory()
    _results, _refusals, errors = all_at_once(
        2, lambda n: Review.objects.create(assignment=review.assignment)
    )

    assert (Review.objects.count(), len(errors)) == (1, 2)


@pytest.mark.race("two proposals above a member's maximum")
@both_ways
def test_two_dossiers_entrusted_at_once_stay_below_the_maximum(locked):
    """Without the round's lock both see a member who has nothing yet."""
    round = RoundFactory(max_load=1)
    first, second = DeliberationFactory.create_batch(2, round=round)
    seat = SeatFactory(committee=round.committee)
    late = again(second)
    other = Other(lambda: late.assign(by=round.created_by, seat=seat))

    with without_lock(Round, when=not locked):
        other.come_in_during(lambda: first.assign(by=round.created_by, seat=seat))

    assert other.refused is locked
    assert Assignment.objects.count() == (1 if locked else 2)


@pytest.mark.race("one dossier entrusted twice to one member")
@both_ways
def test_a_dossier_entrusted_twice_at_once_is_entrusted_once(locked):
    """Without the lock it is the constraint that speaks; without both, two rows."""
    deliberation = DeliberationFactory()
    team, seat = deliberation.round.created_by, SeatFactory(committee=deliberation.committee)
    copies = [again(deliberation) for _ in range(4)]
    rule = "assignment_once_per_dossier_and_seat"

    with (
        without_lock(Round, when=not locked),
        without_lock(Deliberation, when=not locked),
        without_constraint(Assignment, rule, when=not locked),
    ):
        other = Other(lambda: copies[0].assign(by=team, seat=seat))
        other.come_in_during(lambda: deliberation.assign(by=team, seat=seat))
        count = Assignment.objects.count()

    assert count == (1 if locked else 2)


@pytest.mark.race("two plans applied")
@both_ways
def test_of_two_plans_applied_at_once_one_wins(locked):
    """Without the round's lock the second does not know of the first: two reviews too many."""
    round = RoundFactory(reviews_wanted=1)
    DeliberationFactory(round=round)
    first_seat = SeatFactory(committee=round.committee)
    first = worked_out(round, by=round.created_by)
    SeatFactory(committee=round.committee)
    Seat.objects.filter(pk=first_seat.pk).update(max_load=0)
    late = worked_out(round, by=round.created_by)
    Seat.objects.filter(pk=first_seat.pk).update(max_load=None)
    other = Other(lambda: late.apply(by=round.created_by))

    with without_lock(Round, Deliberation, when=not locked):
        other.come_in_during(lambda: first.apply(by=round.created_by))

    assert other.refused is locked
    assert Assignment.objects.count() == (1 if locked else 2)


@pytest.mark.race("a plan applied during a declaration of interest")
@both_ways
def test_a_plan_applied_during_a_declaration_of_interest_is_refused(locked):
    """Without the dossiers' locks it entrusts one to a person who has stepped aside."""
    deliberation = DeliberationFactory(round__reviews_wanted=1)
    seat = SeatFactory(committee=deliberation.committee)
    team = deliberation.round.created_by
    plan = worked_out(deliberation.round, by=team)
    other = Other(lambda: plan.apply(by=team))

    with without_lock(Deliberation, when=not locked):
        other.come_in_during(
            lambda: deliberation.declare_interest(
                by=seat.user, effect="abstention", reason="Un cousin y travaille."
            )
        )

    assert other.refused is locked
    assert Assignment.objects.exists() is not locked


@pytest.mark.race("a dossier joins the round during a declaration")
@both_ways
def test_nobody_declares_on_a_dossier_that_they_were_not_shown(locked):
    """Without the round's lock, one being prepared hides below the key declared up to."""
    round, team = RoundFactory(), UserFactory(staff=True)
    member = SeatFactory(committee=round.committee).user
    first, second = ApplicationFactory.create_batch(2, admissible=True)
    shown = []

    def join_and_declare():
        second.examine(by=team, round=again(round))
        awaiting = Deliberation.objects.declarable_by(member).order_by("pk")
        shown.extend(awaiting.values_list("pk", flat=True))
        again(round).declare_interests(by=member, shown=shown)

    with without_lock(Round, when=not locked):
        Other(join_and_declare).come_in_during(lambda: first.examine(by=team, round=round))

    opened = Deliberation.objects.visible_to(member).values_list("pk", flat=True)
    assert (set(opened) == set(shown)) is locked


@pytest.mark.race("an assignment during a declaration of interest")
@both_ways
def test_a_dossier_is_not_entrusted_during_a_declaration_of_interest(locked):
    """Without the dossier's lock it is entrusted to a person who has stepped aside."""
    deliberation = DeliberationFactory()
    seat = SeatFactory(committee=deliberation.committee)
    late, team = again(deliberation), deliberation.round.created_by
    other = Other(lambda: late.assign(by=team, seat=seat))

    with without_lock(Deliberation, when=not locked):
        other.come_in_during(
            lambda: deliberation.declare_interest(
                by=seat.user, effect="abstention", reason="Un cousin y travaille."
            )
        )

    assert other.refused is locked
    assert Assignment.objects.exists() is not locked


@pytest.mark.race("two people settle one suspicion")
def test_of_two_people_who_settle_a_suspicion_the_second_is_refused():
    interest = InterestFactory(suspected=True)
    late = again(interest)
    team = [UserFactory(staff=True), UserFactory(staff=True)]
    other = Other(lambda: late.dismiss(by=team[1], reason="Homonyme."))

    other.come_in_during(lambda: interest.confirm(by=team[0], effect="exclusion"))

    assert other.refused
    assert Interest.objects.get().status == "confirmed"
