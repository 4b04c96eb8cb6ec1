"""What a late declaration changes: one mark, and maybe ranks, each reader among what they see."""

import pytest
from django.db import IntegrityError

from committees.models import Interest, Neutralisation
from journal.models import Event
from tests.factories import (
    AssignmentFactory,
    DeliberationFactory,
    InterestFactory,
    ReviewFactory,
)


def reviewed(deliberation, *scores):
    """The reviews of a dossier, handed in, with these marks."""
    reviews = [
        ReviewFactory(
            assignment=AssignmentFactory(deliberation=deliberation, reviewed=True),
            handed_in=True,
            score=score,
        )
        for score in scores
    ]
    deliberation.weigh()
    return reviews


def step_aside(review):
    review.deliberation.declare_interest(
        by=review.assignment.seat.user, effect="abstention", reason="Un cousin y travaille."
    )
    return Neutralisation.objects.get()


@pytest.mark.parametrize(("other", "ranks"), [(70, (1, 2)), (95, (2, 2)), (20, (1, 1))])
def test_a_late_declaration_says_whether_the_ranking_moves(round, other, ranks):
    deliberation, rival = DeliberationFactory.create_batch(2, round=round)
    first, _second = reviewed(deliberation, 100, 50)
    reviewed(rival, other)

    changed = step_aside(first)

    assert (changed.ranks(), changed.score) == (ranks, 50)
    assert changed.moves_the_ranking() is (ranks[0] != ranks[1])
    event = Event.objects.about(deliberation).get(verb="interest.declared")
    assert event.detail["ranking"] == str(ranks[0] != ranks[1])


def test_a_dossier_left_without_a_mark_leaves_the_ranking(round):
    (only,) = reviewed(DeliberationFactory(round=round), 80)

    changed = step_aside(only)

    assert (changed.ranks(), changed.score) == ((1, None), None)
    assert changed.moves_the_ranking()


def test_ranks_are_among_the_dossiers_that_the_reader_may_see(round):
    deliberation, rival = DeliberationFactory.create_batch(2, round=round)
    first, _second = reviewed(deliberation, 100, 50)
    reviewed(rival, 70)

    changed = step_aside(first)

    assert changed.ranks(among={deliberation.pk}) == (1, 1)


def test_who_had_handed_in_nothing_changes_no_rank():
    assignment = AssignmentFactory(accepted=True)

    assignment.deliberation.declare_interest(
        by=assignment.seat.user, effect="exclusion", reason="Un cousin y travaille."
    )

    assert not Neutralisation.objects.exists()
    event = Event.objects.about(assignment.deliberation).get(verb="interest.declared")
    assert "ranking" not in event.detail


def test_a_suspicion_found_late_says_it_too(round):
    (only,) = reviewed(DeliberationFactory(round=round), 80)

    Interest.suspect(only.deliberation, only.assignment.seat.user, "Travaille là.")

    assert Neutralisation.objects.get().moves_the_ranking()


def test_a_mark_is_between_0_and_100():
    with pytest.raises(IntegrityError, match="neutralisation_keeps_a_possible_mark"):
        InterestFactory().neutralisations.create(marks={}, score=101)
