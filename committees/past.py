"""A round as it stood at an instant: its marks and its votes, from what is never written over.

The events of the journal say each hand-in with its levels and each vote with its choice; the rows
say when one was neutralised, which is never undone. A review handed in before its event said its
mark is read in its row, which is final. The polls are in `past_polls`.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from committees import places
from committees.models import Deliberation, Review, Seat, Vote
from committees.past_polls import about, ballots_of, contests_of
from committees.scores import rounded


@dataclass(frozen=True)
class ReviewThen:
    """A review that was handed in; `counts` unless it was neutralised."""

    review: int
    seat: int
    score: Decimal | None
    coverage: Decimal
    comparable: bool
    counts: bool
    levels: dict = field(default_factory=dict)  # criterion → score, None for « not applicable »


@dataclass(frozen=True)
class DossierThen:
    """A dossier that had joined, with what its reviews added up to: see `Deliberation.weigh`."""

    deliberation: int
    score: Decimal | None
    spread: Decimal | None
    review_count: int
    reviews: list = field(default_factory=list)
    ballots: list = field(default_factory=list)
    contests: list = field(default_factory=list)


def restored(round, at):
    """Each dossier that had joined a round by an instant, as it stood then, in their order."""
    return dossiers(round.deliberations.all(), at)


def dossiers(deliberations, at):
    """The same of some dossiers alone, in as many queries whatever their number."""
    keys = list(
        deliberations.filter(prepared_at__lte=at).order_by("pk").values_list("pk", flat=True)
    )
    reviews, ballots = reviews_of(keys, at), ballots_of(keys, at)
    contests = contests_of(keys, at)
    return [weighed(key, reviews[key], ballots[key], contests[key]) for key in keys]


@dataclass(frozen=True)
class Row:
    """A dossier as it stood, with the people behind its seats, for a page."""

    deliberation: Deliberation
    then: DossierThen
    reviews: list  # (seat, ReviewThen)
    votes: list  # (seat, choice)
    contests: list  # (contest, its status, [(seat, answer)])


def shown(deliberations, at, ballots, contests):
    """The Rows of the deliberations of a page: of the `ballots` and `contests` that one may see.

    Votes, of those that are proclaimed by now; of a contest, else only where it stood.
    """
    found = dossiers(Deliberation.objects.filter(pk__in=[one.pk for one in deliberations]), at)
    found = {then.deliberation: then for then in found}
    told = set(
        ballots.proclaimed().filter(item__deliberation__in=found).values_list("pk", flat=True)
    )
    contests = {contest.pk: contest for contest in contests.on(found)}
    seats = Seat.objects.filter(committee__rounds__deliberations__in=found).distinct()
    seats = {seat.pk: seat for seat in seats.select_related("user")}
    return [
        row(one, found[one.pk], told, contests, seats) for one in deliberations if one.pk in found
    ]


def row(deliberation, then, told, contests, seats):
    votes = [vote for b in then.ballots if b.ballot in told for vote in b.votes.items()]
    return Row(
        deliberation,
        then,
        [(seats[review.seat], review) for review in then.reviews],
        [(seats[seat], Vote.Choice(choice).label) for seat, choice in votes],
        [compared(contests[c.contest], c, seats) for c in then.contests if c.contest in contests],
    )


def compared(contest, then, seats):
    """What a page says of a contest: where it stood then, who answered what once proclaimed."""
    told = then.lines.items() if contest.status == contest.Status.PROCLAIMED else []
    answers = [(seats[seat], places.answer(contest, value)) for seat, value in told]
    return contest, contest.Status(then.status).label, answers


def weighed(key, reviews, ballots, contests):
    counted = [review for review in reviews if review.counts]
    marks = [review.score for review in counted if review.comparable]
    return DossierThen(
        deliberation=key,
        score=rounded(sum(marks) / len(marks)) if marks else None,
        spread=max(marks) - min(marks) if marks else None,
        review_count=len(counted),
        reviews=reviews,
        ballots=ballots,
        contests=contests,
    )


def reviews_of(keys, at):
    """The ReviewThens of each deliberation, in the order in which they were begun."""
    handed_in = about(["review.handed_in"], Deliberation, keys, at)
    told = {
        int(detail["review"]): detail
        for detail in handed_in.values_list("detail", flat=True)
        if "review" in detail
    }
    rows = Review.objects.filter(assignment__deliberation__in=keys, handed_in_at__lte=at)
    found = defaultdict(list)
    for review in rows.select_related("assignment").order_by("pk"):
        said = told.get(review.pk)
        found[review.assignment.deliberation_id].append(
            ReviewThen(
                review=review.pk,
                seat=review.assignment.seat_id,
                score=number(said["score"]) if said else review.score,
                coverage=number(said["coverage"]) if said else review.coverage,
                comparable=said["comparable"] == "True" if said else review.comparable,
                counts=review.neutralised_at is None or review.neutralised_at > at,
                levels=levels_of(said["levels"]) if said else {},
            )
        )
    return found


def number(text):
    return None if text == "None" else Decimal(text)


def levels_of(text):
    """{criterion: score} of what `Review.levels_given` wrote."""
    pairs = (pair.split(":") for pair in text.split())
    return {int(key): None if score == "na" else int(score) for key, score in pairs}


def as_json(dossiers):
    """What `json` writes of them: marks as text, exact; instants in UTC."""
    return [asdict(dossier) for dossier in dossiers]
