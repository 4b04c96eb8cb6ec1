"""Each rule of `committees.invariants`, broken once on purpose: see `breaks`."""

from tests.factories import (
    AssignmentFactory,
    CommitteeFactory,
    DeclarationFactory,
    DeliberationFactory,
    GridFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
)
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


def handed_in():
    """A review given to its committee by the verb, so that its mark is true."""
    review = ReviewFactory()
    answers = [(c, c.levels.get(score=1), False, "") for c in review.grid.criteria.in_order()]
    review.hand_in(by=review.assignment.seat.user, version=0, answers=answers)
    return review


@breaks("committees")
def an_answer_is_on_the_grid_of_its_round():
    answer = handed_in().answers.first()
    yield
    other = GridFactory().criteria.first()
    spoil("UPDATE committees_answer SET criterion_id = %s WHERE id = %s", other.pk, answer.pk)
    yield [answer.pk]


@breaks("committees")
def a_score_recomputes_from_its_answers():
    review = handed_in()
    yield
    spoil("UPDATE committees_review SET score = 99 WHERE id = %s", review.pk)
    yield [review.pk]


@breaks("committees")
def a_dossier_weighs_its_reviews():
    deliberation = handed_in().deliberation
    yield
    spoil("UPDATE committees_deliberation SET score = 99 WHERE id = %s", deliberation.pk)
    yield [deliberation.pk]


@breaks("committees")
def an_interested_person_counts_nowhere():
    assignment = AssignmentFactory()
    interest = InterestFactory(
        deliberation=assignment.deliberation, person=assignment.seat.user, dismissed=True
    )
    yield
    spoil("UPDATE committees_interest SET status = 'confirmed' WHERE id = %s", interest.pk)
    yield [assignment.pk]


@breaks("committees")
def a_review_agrees_with_its_assignment():
    review = handed_in()
    yield
    spoil(
        "UPDATE committees_assignment SET status = 'accepted' WHERE id = %s", review.assignment_id
    )
    yield [review.pk]


@breaks("committees")
def no_review_after_the_hard_close():
    review = handed_in()
    yield
    late = review.deliberation.round.closes_at
    spoil("UPDATE committees_review SET handed_in_at = %s WHERE id = %s", late, review.pk)
    yield [review.pk]


@breaks("committees")
def nobody_is_named_in_a_blind_round():
    deliberation = DeliberationFactory(round__blind=True)
    yield
    spoil("UPDATE committees_deliberation SET people = 'Camille' WHERE id = %s", deliberation.pk)
    yield [deliberation.pk]


@breaks("committees")
def a_round_uses_a_published_grid():
    round = RoundFactory()
    yield
    spoil(
        "UPDATE committees_grid SET published_at = NULL, published_by_id = NULL WHERE id = %s",
        round.grid_id,
    )
    yield [round.pk]


@breaks("committees")
def a_published_grid_is_complete():
    grid = GridFactory()
    yield
    level = grid.criteria.first().levels.get(score=1)
    spoil("DELETE FROM committees_level WHERE id = %s", level.pk)
    yield [grid.pk]


@breaks("committees")
def an_assignment_stays_in_its_committee():
    assignment = AssignmentFactory()
    yield
    other = CommitteeFactory()
    spoil(
        "UPDATE committees_seat SET committee_id = %s WHERE id = %s", other.pk, assignment.seat_id
    )
    yield [assignment.pk]


@breaks("committees")
def a_declaration_stays_in_its_round():
    declaration = DeclarationFactory()
    yield
    other = RoundFactory()
    spoil("UPDATE committees_declaration SET round_id = %s WHERE id = %s", other.pk, declaration.pk)
    yield [declaration.pk]


@breaks("committees")
def a_deliberation_is_about_what_its_snapshot_froze():
    deliberation = DeliberationFactory()
    yield
    spoil("UPDATE committees_deliberation SET subject_id = 999999 WHERE id = %s", deliberation.pk)
    yield [deliberation.pk]
