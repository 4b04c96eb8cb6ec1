"""The rules of the committees that a query can check; each returns the ids that break it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Avg, Count, Exists, F, OuterRef, Q

from committees.models import (
    AgendaItem,
    Answer,
    Assignment,
    Attendance,
    Decision,
    Declaration,
    Deliberation,
    Grid,
    Interest,
    Minutes,
    Proxy,
    Review,
    Round,
    Seat,
    Sitting,
    Vote,
)
from committees.models.grid import FEWEST_LEVELS, MOST_LEVELS
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


def an_interested_person_counts_nowhere():
    """Who has a standing interest in a dossier has no assignment nor review of it that counts."""
    interests = Interest.objects.standing().filter(
        deliberation=OuterRef("deliberation"), person=OuterRef("seat__user")
    )
    return Assignment.objects.counting().filter(Exists(interests)).values_list("pk", flat=True)


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


def a_round_uses_a_published_grid():
    """A round uses a published grid."""
    return Round.objects.filter(grid__published_at=None).values_list("pk", flat=True)


def a_published_grid_is_complete():
    """Every criterion of a published grid has four to six levels, scored from 0 without a gap."""
    for grid in Grid.objects.published().prefetch_related("criteria__levels"):
        levels = [[level.score for level in c.ordered_levels()] for c in grid.criteria.all()]
        fine = (FEWEST_LEVELS <= len(s) <= MOST_LEVELS and s == [*range(len(s))] for s in levels)
        if not levels or not all(fine):
            yield grid.pk


def an_assignment_stays_in_its_committee():
    """A dossier is entrusted to seats of the committee that examines it."""
    strayed = ~Q(seat__committee=F("deliberation__round__committee"))
    return Assignment.objects.filter(strayed).values_list("pk", flat=True)


def a_declaration_stays_in_its_round():
    """A declaration goes up to a dossier of its own round."""
    return Declaration.objects.exclude(up_to__round=F("round")).values_list("pk", flat=True)


def nobody_is_named_in_a_blind_round():
    """A dossier of a blind round does not say who carries it."""
    return (
        Deliberation.objects.filter(round__blind=True)
        .exclude(people="")
        .values_list("pk", flat=True)
    )


def a_deliberation_is_about_what_its_snapshot_froze():
    """The snapshot of a deliberation is one of its subject."""
    same = Q(snapshot__subject_type=F("subject_type"), snapshot__subject_id=F("subject_id"))
    return Deliberation.objects.exclude(same).values_list("pk", flat=True)


def a_concluded_deliberation_has_one_decision_in_force():
    """A deliberation has one decision in force once concluded, and none before."""
    counted = Deliberation.objects.annotate(
        count=Count("decisions", filter=Q(decisions__successor=None))
    )
    wrong = Q(status="concluded") & ~Q(count=1) | ~Q(status="concluded") & ~Q(count=0)
    return counted.filter(wrong).values_list("pk", flat=True)


def a_decision_follows_its_ballot():
    """The outcome of a decision in force agrees with the result of its ballot, counted again."""
    decisions = Decision.objects.in_force().exclude(ballot=None)
    for decision in decisions.select_related("ballot__item__deliberation").iterator():
        if decision.outcome not in decision.ballot.allowed_outcomes():
            yield decision.pk


def a_decision_has_the_sense_of_its_outcome():
    """The sense that a decision stores is the one that its subject gives to the outcome."""
    for decision in Decision.objects.select_related("deliberation").iterator():
        if decision.deliberation.sense_of(decision.outcome) != decision.sense:
            yield decision.pk


def an_interested_person_votes_nowhere():
    """No vote counts that was given by, or for, somebody with a standing interest."""
    interests = Interest.objects.standing().filter(
        deliberation=OuterRef("ballot__item__deliberation")
    )
    given = interests.filter(Q(person=OuterRef("seat__user")) | Q(person=OuterRef("cast_by")))
    return Vote.objects.counting().filter(Exists(given)).values_list("pk", flat=True)


def a_vote_is_of_a_voice_of_the_committee():
    """Votes are those of voting seats of the committee that sits."""
    strayed = ~Q(seat__committee=F("ballot__item__sitting__committee"))
    voiceless = ~Q(seat__in=Seat.objects.voting())
    return Vote.objects.filter(strayed | voiceless).values_list("pk", flat=True)


def a_vote_is_given_while_its_ballot_is_open():
    """A vote is given between the opening and the closing of its ballot."""
    early = Q(cast_at__lt=F("ballot__opened_at"))
    late = Q(cast_at__gt=F("ballot__closed_at"))
    return Vote.objects.filter(early | late).values_list("pk", flat=True)


def an_agenda_stays_in_its_committee():
    """The dossiers of an agenda are before the committee that sits."""
    strayed = ~Q(deliberation__round__committee=F("sitting__committee"))
    return AgendaItem.objects.filter(strayed).values_list("pk", flat=True)


def a_dossier_is_examined_in_an_open_sitting():
    """An examination is open in an open sitting only."""
    return AgendaItem.objects.open().exclude(sitting__status="open").values_list("pk", flat=True)


def nobody_stays_in_a_sitting_that_is_over():
    """When a sitting is over, everybody has left it."""
    here = Attendance.objects.here().exclude(sitting__status="open")
    return here.values_list("pk", flat=True)


def a_proxy_goes_from_a_voice_to_a_voice_of_the_committee():
    """A proxy is given by a voting seat of the committee to another one."""
    fine = Q(
        principal__committee=F("sitting__committee"),
        holder__committee=F("sitting__committee"),
        principal__in=Seat.objects.voting(),
        holder__in=Seat.objects.voting(),
    )
    return Proxy.objects.exclude(fine).values_list("pk", flat=True)


def a_sitting_is_signed_by_two():
    """The minutes of a sitting are signed by two once it is « signed », and not before."""
    counted = Sitting.objects.annotate(count=Count("minutes__signatures"))
    wrong = Q(status="signed") & ~Q(count=2) | ~Q(status="signed") & Q(count__gte=2)
    return counted.filter(wrong).values_list("pk", flat=True)


def minutes_are_those_of_their_sitting():
    """The snapshot of minutes is one of their sitting."""
    sitting = ContentType.objects.get_for_model(Sitting)
    same = Q(snapshot__subject_type=sitting, snapshot__subject_id=F("sitting"))
    return Minutes.objects.exclude(same).values_list("pk", flat=True)


INVARIANTS = [
    an_answer_is_on_the_grid_of_its_round,
    a_score_recomputes_from_its_answers,
    a_dossier_weighs_its_reviews,
    an_interested_person_counts_nowhere,
    a_review_agrees_with_its_assignment,
    no_review_after_the_hard_close,
    a_round_uses_a_published_grid,
    a_published_grid_is_complete,
    an_assignment_stays_in_its_committee,
    a_declaration_stays_in_its_round,
    nobody_is_named_in_a_blind_round,
    a_deliberation_is_about_what_its_snapshot_froze,
    a_concluded_deliberation_has_one_decision_in_force,
    a_decision_follows_its_ballot,
    a_decision_has_the_sense_of_its_outcome,
    an_interested_person_votes_nowhere,
    a_vote_is_of_a_voice_of_the_committee,
    a_vote_is_given_while_its_ballot_is_open,
    an_agenda_stays_in_its_committee,
    a_dossier_is_examined_in_an_open_sitting,
    nobody_stays_in_a_sitting_that_is_over,
    a_proxy_goes_from_a_voice_to_a_voice_of_the_committee,
    a_sitting_is_signed_by_two,
    minutes_are_those_of_their_sitting,
]
