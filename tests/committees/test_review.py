from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from committees.account import sections_of
from committees.models import Answer, Assignment, Review, Round
from committees.models.review import Stale
from journal.models import Event
from tests.factories import (
    AssignmentFactory,
    DecisionFactory,
    GridFactory,
    InterestFactory,
    ReviewFactory,
    RoundFactory,
    UserFactory,
)


@pytest.fixture
def review():
    return ReviewFactory()


def author(review):
    return review.assignment.seat.user


def answers(review, *scores, justification="Des entretiens le montrent."):
    """An answer a criterion, in their order: a level's score, or None for « not applicable »."""
    criteria = review.grid.criteria.in_order()
    return [
        (
            criterion,
            None if score is None else criterion.levels.get(score=score),
            score is None,
            justification,
        )
        for criterion, score in zip(criteria, scores, strict=False)
    ]


def test_a_draft_is_kept_incomplete_and_leaves_no_event(review):
    version = review.save_draft(
        by=author(review), version=0, answers=answers(review, 1), comment="Solide."
    )

    review.refresh_from_db()
    assert (version, review.comment, review.status) == (1, "Solide.", Review.Status.DRAFT)
    assert [answer.level.score for answer in review.answers.all()] == [1]
    assert not Event.objects.about(review.deliberation).exists()


def test_saving_again_replaces_the_answers(review):
    review.save_draft(by=author(review), version=0, answers=answers(review, 1, 1))
    review.save_draft(by=author(review), version=1, answers=answers(review, 2))

    assert [answer.level.score for answer in review.answers.all()] == [2]


def test_an_older_version_overwrites_nothing(review):
    review.save_draft(by=author(review), version=0, answers=answers(review, 1), comment="Neuf.")

    with pytest.raises(Stale):
        review.save_draft(by=author(review), version=0, answers=[], comment="Ancien.")

    review.refresh_from_db()
    assert review.comment == "Neuf."


def test_handing_in_gives_the_mark_and_weighs_the_dossier(review):
    review.hand_in(
        by=author(review),
        version=0,
        answers=answers(review, 3, 0),
        comment="Pour le comité.",
        feedback="Pour l’équipe.",
    )

    deliberation = review.deliberation
    deliberation.refresh_from_db()
    assert (review.score, review.coverage, review.comparable) == (Decimal("66.67"), 100, True)
    assert review.assignment.status == Assignment.Status.REVIEWED
    assert (deliberation.score, deliberation.spread, deliberation.review_count) == (
        Decimal("66.67"),
        0,
        1,
    )
    assert Event.objects.about(deliberation).get().verb == "review.handed_in"


def test_a_review_without_enough_coverage_is_handed_in_and_not_comparable(review):
    review.hand_in(by=author(review), version=0, answers=answers(review, None, 1))

    review.deliberation.refresh_from_db()
    assert (review.coverage, review.comparable) == (Decimal("33.33"), False)
    assert (review.deliberation.score, review.deliberation.review_count) == (None, 1)


def test_every_criterion_is_answered_before_handing_in(review):
    with pytest.raises(Refused, match="Équipe"):
        review.hand_in(by=author(review), version=0, answers=answers(review, 1))

    assert Review.objects.get().status == Review.Status.DRAFT


@pytest.mark.parametrize("extreme", [0, 3])
def test_an_extreme_is_justified_before_handing_in(extreme, review):
    given = answers(review, extreme, 1, justification="  ")

    with pytest.raises(Refused, match="Justifiez"):
        review.hand_in(by=author(review), version=0, answers=given)


def test_a_middle_level_and_not_applicable_need_no_justification(review):
    review.hand_in(by=author(review), version=0, answers=answers(review, 1, None, justification=""))

    assert review.status == Review.Status.HANDED_IN


def test_a_level_of_another_criterion_is_refused(review):
    impact, team = review.grid.criteria.in_order()

    with pytest.raises(Refused):
        review.save_draft(
            by=author(review), version=0, answers=[(impact, team.levels.first(), False, "")]
        )


def test_a_criterion_of_another_grid_is_refused(review):
    other = GridFactory().criteria.first()

    with pytest.raises(Refused):
        review.save_draft(by=author(review), version=0, answers=[(other, None, True, "")])


def test_what_is_handed_in_is_final():
    review = ReviewFactory(handed_in=True)

    with pytest.raises(Refused):
        review.save_draft(by=author(review), version=0, answers=[])
    with pytest.raises(Refused):
        review.hand_in(by=author(review), version=0, answers=answers(review, 1, 1))


def test_late_is_accepted_until_the_hard_close(review):
    late, closed = RoundFactory(soft_closed=True), RoundFactory(closed=True)
    bounds = ["opens_at", "soft_closes_at", "closes_at"]

    Round.objects.update(**{name: getattr(late, name) for name in bounds})
    review.save_draft(by=author(review), version=0, answers=[])
    Round.objects.update(**{name: getattr(closed, name) for name in bounds})
    with pytest.raises(Refused):
        review.hand_in(by=author(review), version=1, answers=answers(review, 1, 1))


def test_nothing_is_written_before_the_round_opens():
    review = ReviewFactory(assignment__deliberation__round=RoundFactory(planned=True))

    with pytest.raises(Refused):
        review.save_draft(by=author(review), version=0, answers=[])


def test_an_interested_member_writes_nothing(review):
    InterestFactory(deliberation=review.deliberation, person=author(review), seat=None)

    with pytest.raises(Refused):
        review.save_draft(by=author(review), version=0, answers=[])


def test_nobody_writes_for_another(review):
    with pytest.raises(Refused):
        review.save_draft(by=UserFactory(staff=True), version=0, answers=[])


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"status": "handed_in"}, "review_handed_in_at_once_handed_in"),
        ({"handed_in": True, "status": "draft"}, "review_handed_in_at_once_handed_in"),
        ({"status": "neutralised"}, "review_neutralised_at_once_neutralised"),
        ({"handed_in": True, "score": None}, "review_comparable_has_a_score"),
    ],
)
def test_the_database_refuses_a_review(fields, rule):
    with pytest.raises(IntegrityError, match=rule):
        ReviewFactory(**fields)


def test_an_assignment_has_one_review(review):
    with pytest.raises(IntegrityError, match="assignment_id"):
        ReviewFactory(assignment=review.assignment)


@pytest.mark.parametrize(
    "rule", ["answer_once_per_criterion", "answer_not_applicable_is_not_a_level"]
)
def test_the_database_refuses_an_answer(rule, review):
    criterion = review.grid.criteria.first()
    level = criterion.levels.first() if "level" in rule else None
    Answer.objects.create(
        review=review, criterion=criterion, not_applicable=True
    ) if not level else 0

    with pytest.raises(IntegrityError, match=rule):
        Answer.objects.create(review=review, criterion=criterion, level=level, not_applicable=True)


def test_the_account_owes_criteria_weights_effects_and_feedback_and_names_nobody(review):
    hand_in = {"version": 0, "comment": "Entre nous.", "feedback": "Rencontrez des usagers."}
    review.hand_in(by=author(review), answers=answers(review, 3, 0), **hand_in)
    second = ReviewFactory(
        assignment=AssignmentFactory(deliberation=review.deliberation, accepted=True)
    )
    second.hand_in(by=author(second), answers=answers(second, 1, None), version=0)
    decision = DecisionFactory(deliberation=review.deliberation)

    told = [
        (heading, text.replace("\u00a0", " "))
        for heading, text in sections_of(decision, at=timezone.now())
    ]

    impact, team = [text for heading, text in told if heading.startswith("Critère")]
    assert told[3][0].endswith("poids 2 sur 3")
    assert [line[-3:] for line in impact.split("\n")[:4]] == [": 0", ": 1", ": 0", ": 1"]
    assert "Moyenne : 66,67 sur 100" in impact
    assert "Sans objet : 1\nMoyenne : 0,00 sur 100" in team
    assert "(66,67 + 33,33) ÷ 2 = 50,00 sur 100" in dict(told)["La note du dossier"]
    assert dict(told)["Ce que les évaluateurs vous disent"] == "Rencontrez des usagers."
    assert str(author(review)) not in str(told)
    assert "Entre nous" not in str(told)
