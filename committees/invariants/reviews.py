"""What reviews say and what they add up to."""

from django.db.models import Avg, F, Q

from committees.models import Answer, Assignment, Deliberation, Review
from committees.scores import rounded, score_of


def an_answer_is_on_the_grid_of_its_round():
    """A review answers criteria of its round's grid, each with a level of that criterion."""
    elsewhere = ~Q(criterion__grid=F("review__assignment__deliberation__round__grid"))
    crossed = Q(level__isnull=False) & ~Q(level__criterion=F("criterion"))
    return Answer.objects.filter(elsewhere | crossed).values_list("pk", flat=True)


def a_score_recomputes_from_its_answers():
    """The mark of a review that counts is the function of its answers and of its grid."""
    counted = Review.objects.handed_in().select_related("assignment__deliberation__round__grid")
    for review in counted.iterator():
        score = score_of(review.scored_answers(), coverage_percent=review.grid.coverage_percent)
        kept = (review.score, review.coverage, review.comparable)
        if kept != (score.mark, score.coverage, score.comparable):
            yield review.pk


def a_dossier_weighs_its_reviews():
    """The score of a dossier is the mean of its comparable reviews, and null without any."""
    compared = Q(
        assignments__review__status=Review.Status.HANDED_IN, assignments__review__comparable=True
    )
    means = Deliberation.objects.annotate(
        mean=Avg("assignments__review__score", filter=compared)
    ).values_list("pk", "score", "mean")
    for pk, score, mean in means.iterator():
        if score != (mean if mean is None else rounded(mean)):
            yield pk


def a_review_agrees_with_its_assignment():
    """A review is handed in where its assignment is reviewed, and nowhere else."""
    agreed = {
        Review.Status.DRAFT: [Assignment.Status.ACCEPTED, Assignment.Status.DECLINED],
        Review.Status.HANDED_IN: [Assignment.Status.REVIEWED],
        Review.Status.NEUTRALISED: [Assignment.Status.NEUTRALISED],
    }
    fine = Q()
    for status, assignments in agreed.items():
        fine |= Q(status=status, assignment__status__in=assignments)
    return Review.objects.exclude(fine).values_list("pk", flat=True)


def no_review_after_the_hard_close():
    """No review is handed in after the hard close of its round."""
    late = Q(handed_in_at__gte=F("assignment__deliberation__round__closes_at"))
    return Review.objects.filter(late).values_list("pk", flat=True)


INVARIANTS = [
    an_answer_is_on_the_grid_of_its_round,
    a_score_recomputes_from_its_answers,
    a_dossier_weighs_its_reviews,
    a_review_agrees_with_its_assignment,
    no_review_after_the_hard_close,
]
