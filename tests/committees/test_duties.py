import pytest

from committees.duties import awaiting, declarations, reviews, suspicions
from tests.factories import (
    AssignmentFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


def titles(user):
    return [duty.title for duty in awaiting(user)]


@pytest.fixture
def deliberation():
    return DeliberationFactory(round__name="Promotion 7")


def test_a_member_declares_interests_before_anything_else(deliberation):
    seat = SeatFactory(committee=deliberation.committee)
    AssignmentFactory(deliberation=deliberation, seat=seat)

    duties = awaiting(seat.user)

    assert [duty.title for duty in duties] == ["Déclarer mes liens d’intérêt\u00a0: Promotion 7"]
    assert duties[0].due_at == deliberation.round.soft_closes_at


def test_a_member_answers_then_reviews_then_is_done(deliberation):
    assignment = AssignmentFactory(deliberation=deliberation)
    member = assignment.seat.user
    named = f"«\u00a0{deliberation}\u00a0»"

    proposed = titles(member)
    review = assignment.accept(by=member)
    accepted = awaiting(member)

    assert proposed == [f"Accepter ou refuser d’évaluer {named}"]
    assert [d.title for d in accepted] == [f"Évaluer {named}"]
    assert accepted[0].url == review.get_absolute_url()
    answers = [(c, c.levels.get(score=1), False, "") for c in review.grid.criteria.in_order()]
    review.hand_in(by=member, version=0, answers=answers)
    assert titles(member) == []


def test_the_chair_settles_suspicions_and_the_team_is_not_chased(deliberation):
    chair = SeatFactory(committee=deliberation.committee, chair=True, declared=deliberation)
    InterestFactory(deliberation=deliberation, suspected=True)

    assert titles(chair.user) == ["Trancher 1 lien d’intérêt présumé\u00a0: Promotion 7"]
    assert titles(UserFactory(staff=True)) == []


def test_nothing_awaits_an_excluded_member():
    interest = InterestFactory(effect="exclusion")

    assert titles(interest.person) == []


def test_nothing_awaits_anybody_once_the_round_is_closed():
    deliberation = DeliberationFactory(round__closed=True)
    assignment = AssignmentFactory(deliberation=deliberation, accepted=True)
    ReviewFactory(assignment=assignment)
    SeatFactory(committee=deliberation.committee)

    assert titles(assignment.seat.user) == []


@pytest.mark.parametrize("count", [1, 3])
def test_duties_cost_the_same_for_one_or_three(count, django_assert_num_queries):
    seat = SeatFactory()
    for _ in range(count):
        round = RoundFactory(committee=seat.committee)
        deliberation = DeliberationFactory(round=round)
        DeclarationFactory(person=seat.user, up_to=deliberation)
        AssignmentFactory(deliberation=deliberation, seat=seat)
        DeliberationFactory(round=round)

    with django_assert_num_queries(3):
        duties = [duty for kind in (declarations, reviews, suspicions) for duty in kind(seat.user)]

    assert len(duties) == 2 * count
