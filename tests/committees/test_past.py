"""All marks and votes of a round, as they stood at an instant."""

import json
import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from base.lifecycle import Refused
from committees import past
from committees.models import Assignment, Candidate, Contest, Deliberation, Review, Vote
from tests.committees.council import Council
from tests.committees.room import room_of
from tests.committees.test_review import answers, author
from tests.factories import AssignmentFactory, DeliberationFactory, ReviewFactory


def stored(round):
    """What the rows say now, in the words of `past`."""
    found = {}
    for one in round.deliberations.order_by("pk"):
        counted = Review.objects.handed_in().filter(assignment__deliberation=one)
        votes = Vote.objects.counting().filter(ballot__item__deliberation=one)
        found[one.pk] = (
            (one.score, one.spread, one.review_count),
            {
                review.pk: (
                    review.score,
                    {a.criterion_id: a.level and a.level.score for a in review.answers.all()},
                )
                for review in counted.prefetch_related("answers__level")
            },
            {(vote.ballot_id, vote.seat_id): vote.choice for vote in votes},
            {
                c.contest_id: (
                    c.contest.status,
                    c.contest.papers.count(),
                    dict(c.contest.lines().filter(candidate=c).values_list("paper__seat", "value")),
                )
                for c in Candidate.objects.filter(item__deliberation=one)
            },
        )
    return found


def restored(round, at):
    return {
        dossier.deliberation: (
            (dossier.score, dossier.spread, dossier.review_count),
            {r.review: (r.score, r.levels) for r in dossier.reviews if r.counts},
            {(b.ballot, seat): choice for b in dossier.ballots for seat, choice in b.votes.items()},
            {c.contest: (c.status, c.voted, c.lines) for c in dossier.contests},
        )
        for dossier in past.restored(round, at)
    }


def a_dossier_of(room, dice):
    return dice.choice(room.deliberation.round.deliberations.order_by("pk"))


def hand_in(room, dice):
    review = ReviewFactory(assignment__deliberation=a_dossier_of(room, dice))
    given = answers(review, *[dice.choice([0, 1, 2, 3, None]) for _ in range(2)])
    review.hand_in(by=author(review), version=0, answers=given)


def step_aside(room, dice):
    asked = Assignment.objects.filter(deliberation__round=room.deliberation.round)
    assignment = dice.choice(asked.order_by("pk"))
    away(assignment.deliberation, assignment.seat)


def join(room, dice):
    DeliberationFactory(round=room.deliberation.round)


def vote(room, dice):
    seat = dice.choice([room.chair, *room.members])
    choice = dice.choice(["for", "against", "abstain"])
    room.item.ballots.get().cast(by=seat.user, choice=choice, comment="Parce que.")


def voter_steps_aside(room, dice):
    items = room.sitting.items.order_by("pk")
    away(dice.choice(items).deliberation, dice.choice(room.members))


def end(room, dice):
    room.item.ballots.get().close(by=room.chair.user)


def compare(room):
    rules = {"by": room.chair.user, "sitting": room.sitting, "question": "Lequel ?"}
    items = list(room.sitting.items.all())
    Contest.prepare(items=items, method="judgement", **rules).open(by=room.chair.user)


def answer(room, dice):
    contest, seat = Contest.objects.latest("pk"), dice.choice([room.chair, *room.members])
    judged = contest.judged_by(seat.user, seat)
    contest.cast(by=seat.user, values={one.pk: dice.randint(0, 5) for one in judged})


def conduct(room, dice):
    contest = Contest.objects.latest("pk")
    following = {"open": contest.close, "closed": contest.proclaim}.get(contest.status)
    if following:
        following(by=room.chair.user)
    else:
        compare(room)


def call_off(room, dice):
    Contest.objects.latest("pk").cancel(by=room.chair.user, reason="Erreur.")


def away(deliberation, seat):
    deliberation.declare_interest(by=seat.user, effect="abstention", reason="Un lien.")


ACTS = [
    *[hand_in, vote, answer] * 4,
    *[conduct, voter_steps_aside] * 2,
    *[join, step_aside, end, call_off],
]


@pytest.mark.parametrize("seed", range(3))
def test_a_round_is_restored_to_any_instant(seed):
    dice = random.Random(seed)
    room = Council(voices=4, dossiers="AB").room
    round = room.deliberation.round
    compare(room)
    AssignmentFactory(deliberation=room.deliberation)
    room.item.open(by=room.chair.user)
    room.ballot()
    remembered = {}

    for _ in range(40):
        try:
            dice.choice(ACTS)(room, dice)
        except Refused:
            continue
        remembered[timezone.now()] = stored(round)

    assert len({str(state) for state in remembered.values()}) > 5
    assert {at: restored(round, at) for at in remembered} == remembered


def test_of_a_secret_ballot_only_the_counts_are_restored():
    room = room_of(5)
    room.item.open(by=room.chair.user)
    ballot = room.ballot(secret=True, tie_rule="rejected")
    room.vote(ballot, ["for", "for", "against"])
    voting = timezone.now()
    ballot.close(by=room.chair.user)

    during, after = [
        past.restored(room.deliberation.round, at)[0].ballots[0] for at in [voting, timezone.now()]
    ]

    assert (during.votes, during.counts, after.votes) == ({}, {}, {})
    assert {name: after.counts[name] for name in ["for", "against"]} == {"for": 2, "against": 1}


def test_of_a_secret_contest_only_the_counts_are_restored():
    council = Council(voices=5)
    contest = council.contest(secret=True, method="ranking")
    for seat in council.seats:
        council.file(contest, seat, A=1, B=2, C=3)
    voting = timezone.now()
    council.finish(contest)

    during, after = [
        past.restored(council.room.deliberation.round, at)[0].contests[0]
        for at in [voting, timezone.now()]
    ]

    a, b, c = (council.keys(contest)[name] for name in "ABC")
    assert (during.status, during.voted, during.lines, during.counts) == ("open", None, {}, {})
    assert (after.status, after.voted, after.lines) == ("proclaimed", 5, {})
    assert after.counts == {f"{a}>{b}": 5, f"{a}>{c}": 5}
    away(council.room.deliberation, council.seats[1])
    (now,) = past.restored(council.room.deliberation.round, timezone.now())[0].contests
    assert (now.status, now.voted, now.counts) == ("cancelled", None, {})


def test_before_the_round_there_was_nothing():
    deliberation = DeliberationFactory()

    assert past.restored(deliberation.round, timezone.now() - timedelta(days=300)) == []


def test_a_mark_that_no_event_tells_is_read_in_its_row():
    review = ReviewFactory(handed_in=True)

    (dossier,) = past.restored(review.deliberation.round, timezone.now())

    assert (dossier.score, dossier.reviews[0].levels) == (50, {})


def test_it_takes_as_many_queries_for_more_dossiers(django_assert_num_queries):
    round = ReviewFactory(handed_in=True).deliberation.round
    past.restored(round, timezone.now())
    for _ in range(3):
        ReviewFactory(assignment__deliberation__round=round, handed_in=True)

    with django_assert_num_queries(5):
        past.dossiers(Deliberation.objects.filter(round=round), timezone.now())


def test_the_command_says_it_to_a_reader_and_to_a_program(capsys):
    review = ReviewFactory()
    review.hand_in(by=author(review), version=0, answers=answers(review, 3, None))
    key = review.deliberation.round_id
    now = timezone.localtime().replace(tzinfo=None) + timedelta(minutes=1)

    call_command("restore_round", str(key), "--at", now.isoformat())
    said = capsys.readouterr().out
    call_command("restore_round", str(key), "--at", now.isoformat(), "--json")
    (dossier,) = json.loads(capsys.readouterr().out)

    assert f"dossier {review.deliberation.pk}: score 100.00, spread 0.00, 1 reviews" in said
    assert (dossier["score"], dossier["reviews"][0]["seat"]) == (
        "100.00",
        review.assignment.seat_id,
    )


@pytest.mark.parametrize(("round", "at"), [("0", "2026-01-01"), (None, "demain")])
def test_the_command_says_what_it_does_not_understand(round, at):
    round = round or str(DeliberationFactory().round_id)

    with pytest.raises(CommandError):
        call_command("restore_round", round, "--at", at)
