"""The polls of some dossiers as they stood at an instant: ballots, contests, and their votes.

What was neutralised is read in its row. Of a secret poll nobody's vote is known, and nothing of
its turnout before the end: once over, the numbers of its urn.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from committees.models import Ballot, Candidate, Contest, Elector, PaperLine, Vote
from journal.models import Event


STATUSES = {
    "contest.prepared": Contest.Status.PREPARED,
    "contest.opened": Contest.Status.OPEN,
    "contest.closed": Contest.Status.CLOSED,
    "contest.proclaimed": Contest.Status.PROCLAIMED,
    "contest.cancelled": Contest.Status.CANCELLED,
    "contest.voided": Contest.Status.CANCELLED,
}


@dataclass(frozen=True)
class BallotThen:
    """A ballot that was open or over; `votes`, those that counted, by seat.

    Of a secret one, `counts` is what its urn held.
    """

    ballot: int
    opened_at: datetime
    closed_at: datetime | None
    votes: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class ContestThen:
    """A contest on a dossier; `lines`, what counted of what each seat said of this one alone.

    `voted`: how many seats had voted, None where it is secret and not over. Of a secret one,
    `counts` is what its urn held on this dossier.
    """

    contest: int
    status: str
    voted: int | None
    lines: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)


def ballots_of(keys, at):
    """The BallotThens of each deliberation, in the order in which they were prepared."""
    ballots = Ballot.objects.filter(item__deliberation__in=keys, opened_at__lte=at)
    ballots = {ballot.pk: ballot for ballot in ballots.select_related("item", "urn").order_by("pk")}
    votes = defaultdict(dict)
    for event in about(["vote.cast"], Ballot, list(ballots), at):
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


def contests_of(keys, at):
    """The ContestThens of each deliberation, in the order in which they were prepared."""
    candidates = Candidate.objects.filter(item__deliberation__in=keys)
    candidates = list(candidates.select_related("contest__urn", "item").order_by("contest", "pk"))
    numbers = sorted({candidate.contest_id for candidate in candidates})
    statuses = {
        event.subject_id: STATUSES[event.verb] for event in about(STATUSES, Contest, numbers, at)
    }
    lines, voters = lines_of(numbers, at), defaultdict(set)
    for contest, seat, _candidate in lines:
        voters[contest].add(seat)
    for key in neutralised(candidates, at):
        lines.pop(key, None)
    said = defaultdict(dict)
    for (_contest, seat, candidate), value in sorted(lines.items()):
        said[candidate][seat] = value
    marked = marks_of(candidates, statuses)
    found = defaultdict(list)
    for one in candidates:
        if one.contest_id in statuses:
            status, over = statuses[one.contest_id], one.contest_id in marked
            counts = on(one.pk, one.contest.urn.counts) if over else {}
            voted = (
                marked.get(one.contest_id) if one.contest.secret else len(voters[one.contest_id])
            )
            then = ContestThen(one.contest_id, status.value, voted, said[one.pk], counts)
            found[one.item.deliberation_id].append(then)
    return found


def lines_of(contests, at):
    """{(contest, seat, candidate): value} of the papers filed by an instant, the last of each."""
    found = {}
    for event in about(["paper.cast"], Contest, contests, at):
        for pair in event.detail["values"].split():
            candidate, value = map(int, pair.split(":"))
            found[event.subject_id, int(event.detail["seat"]), candidate] = value
    return found


def neutralised(candidates, at):
    """The same keys, of the lines that counted no more at an instant."""
    gone = PaperLine.objects.filter(candidate__in=candidates, neutralised_at__lte=at)
    return gone.values_list("paper__contest", "paper__seat", "candidate")


def marks_of(candidates, statuses):
    """{contest: how many had voted} of the secret ones that were over."""
    secret = {one.contest_id for one in candidates if one.contest.secret}
    over = {Contest.Status.CLOSED, Contest.Status.PROCLAIMED}
    told = sorted(pk for pk in secret if statuses.get(pk) in over)
    marked = Elector.objects.marked().filter(contest__in=told).values_list("contest")
    return dict.fromkeys(told, 0) | dict(marked.annotate(Count("pk")).order_by())


def on(candidate, counts):
    """The lines of an urn that tell of a candidate: « 7:1 », « 7>9 » or « 7=9 » where it ranks."""
    found = {}
    for line, count in counts.items():
        judged = re.split("[>=]", line.partition(":")[0])
        if str(candidate) in judged:
            found[line] = count
    return found


def about(verbs, model, keys, at):
    """The events of some verbs on some objects up to an instant, in their order."""
    kind = ContentType.objects.get_for_model(model)
    said = Event.objects.filter(verb__in=verbs, subject_type=kind, subject_id__in=keys, at__lte=at)
    return said.order_by("at", "pk")
