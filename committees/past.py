"""A round as it stood at an instant: its marks and its votes, from what is never written over.

The events of the journal say each hand-in with its levels and each vote with its choice; the rows
say when one was neutralised, which is never undone. A review handed in before its event said its
mark is read in its row, which is final.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType

from committees.models import Ballot, Deliberation, Review, Seat, Vote
from committees.scores import rounded
from journal.models import Event


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
class BallotThen:
    """A ballot that was open or over; `votes`, those that counted, by seat.

    Of a secret one nobody's vote is known: once over, `counts` is what its urn held.
    """

    ballot: int
    opened_at: datetime
    closed_at: datetime | None
    votes: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class DossierThen:
    """A dossier that had joined, with what its reviews added up to: see `Deliberation.weigh`."""

    deliberation: int
    score: Decimal | None
    spread: Decimal | None
    review_count: int
    reviews: list = field(default_factory=list)
    ballots: list = field(default_factory=list)


def restored(round, at):
    """Each dossier that had joined a round by an instant, as it stood then, in their order."""
    return dossiers(round.deliberations.all(), at)


def dossiers(deliberations, at):
    """The same of some dossiers alone, in as many queries whatever their number."""
    keys = list(
        deliberations.filter(prepared_at__lte=at).order_by("pk").values_list("pk", flat=True)
    )
    reviews, ballots = reviews_of(keys, at), ballots_of(keys, at)
    return [weighed(key, reviews.get(key, []), ballots.get(key, [])) for key in keys]


@dataclass(frozen=True)
class Row:
    """A dossier as it stood, with the people behind its seats, for a page."""

    deliberation: Deliberation
    then: DossierThen
    reviews: list  # (seat, ReviewThen)
    votes: list  # (seat, choice)


def shown(deliberations, at, ballots):
    """The Rows of the deliberations of a page; votes of those of `ballots` proclaimed by now."""
    found = dossiers(Deliberation.objects.filter(pk__in=[one.pk for one in deliberations]), at)
    found = {then.deliberation: then for then in found}
    told = set(
        ballots.proclaimed().filter(item__deliberation__in=found).values_list("pk", flat=True)
    )
    seats = Seat.objects.filter(committee__rounds__deliberations__in=found).distinct()
    seats = {seat.pk: seat for seat in seats.select_related("user")}
    return [row(one, found[one.pk], told, seats) for one in deliberations if one.pk in found]


def row(deliberation, then, told, seats):
    votes = [vote for b in then.ballots if b.ballot in told for vote in b.votes.items()]
    return Row(
        deliberation,
        then,
        [(seats[review.seat], review) for review in then.reviews],
        [(seats[seat], Vote.Choice(choice).label) for seat, choice in votes],
    )


def weighed(key, reviews, ballots):
    counted = [review for review in reviews if review.counts]
    marks = [review.score for review in counted if review.comparable]
    return DossierThen(
        deliberation=key,
        score=rounded(sum(marks) / len(marks)) if marks else None,
        spread=max(marks) - min(marks) if marks else None,
        review_count=len(counted),
        reviews=reviews,
        ballots=ballots,
    )


def reviews_of(keys, at):
    """The ReviewThens of each deliberation, in the order in which they were begun."""
    told = {
        int(detail["review"]): detail
        for detail in events("review.handed_in", Deliberation, keys, at)
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


def ballots_of(keys, at):
    """The BallotThens of each deliberation, in the order in which they were prepared."""
    ballots = Ballot.objects.filter(item__deliberation__in=keys, opened_at__lte=at)
    ballots = {ballot.pk: ballot for ballot in ballots.select_related("item", "urn").order_by("pk")}
    votes = defaultdict(dict)
    for event in about("vote.cast", Ballot, list(ballots), at):
        votes[event.subject_id][int(event.detail["seat"])] = event.detail["choice"]
    stored = Vote.objects.filter(ballot__in=ballots, cast_at__lte=at)
    for vote in stored.only("ballot", "seat", "choice", "neutralised_at"):
        if vote.choice == Vote.Choice.SILENT:
            votes[vote.ballot_id][vote.seat_id] = vote.choice
        if vote.neutralised_at and vote.neutralised_at <= at:
            votes[vote.ballot_id].pop(vote.seat_id, None)
    found = defaultdict(list)
    for pk, ballot in ballots.items():
        closed_at = ballot.closed_at if ballot.closed_at and ballot.closed_at <= at else None
        counts = ballot.urn.counts if ballot.secret and closed_at else {}
        then = BallotThen(pk, ballot.opened_at, closed_at, dict(sorted(votes[pk].items())), counts)
        found[ballot.item.deliberation_id].append(then)
    return found


def about(verb, model, keys, at):
    """The events of a verb on some objects up to an instant, in their order."""
    kind = ContentType.objects.get_for_model(model)
    said = Event.objects.filter(verb=verb, subject_type=kind, subject_id__in=keys, at__lte=at)
    return said.order_by("at", "pk")


def events(verb, model, keys, at):
    return about(verb, model, keys, at).values_list("detail", flat=True)


def number(text):
    return None if text == "None" else Decimal(text)


def levels_of(text):
    """{criterion: score} of what `Review.levels_given` wrote."""
    pairs = (pair.split(":") for pair in text.split())
    return {int(key): None if score == "na" else int(score) for key, score in pairs}


def as_json(dossiers):
    """What `json` writes of them: marks as text, exact; instants in UTC."""
    return [asdict(dossier) for dossier in dossiers]
