"""What parts those tied, and what the database keeps of a contest from its opening."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from base.lifecycle import Refused
from committees.methods import lot
from committees.models import Candidate, Contest, PaperLine
from tests.committees.council import Council
from tests.factories import (
    AgendaItemFactory,
    AssignmentFactory,
    ContestFactory,
    PaperFactory,
    PaperLineFactory,
    ReviewFactory,
)


@pytest.fixture
def council():
    """Three voices and three dossiers."""
    return Council()


def test_the_voice_of_the_chair_parts_those_tied(council):
    contest = council.contest(method="judgement", tie_rule="casting_vote")
    council.file(contest, council.seats[0], A=1, B=4, C=1)
    council.file(contest, council.seats[1], A=4, B=1, C=1)

    assert council.order(contest) == ["B", "A", "C"]


def test_a_chair_who_does_not_judge_one_of_those_tied_does_not_part_them(council):
    council.keep_away(council.seats[0], "B", effect="abstention")
    contest = council.contest(tie_rule="casting_vote")
    council.file(contest, council.seats[0], A=1, C=0)
    council.file(contest, council.seats[1], A=1, B=1, C=0)

    assert council.order(contest) == ["AB", "C"]


def test_a_criterion_parts_those_tied_by_the_mean_of_its_reviews(council):
    deliberations = {name: item.deliberation for name, item in council.items.items()}
    criterion = deliberations["A"].round.grid.criteria.order_by("position").first()
    for name, score in {"A": 1, "B": 3}.items():
        assignment = AssignmentFactory(deliberation=deliberations[name], reviewed=True)
        review = ReviewFactory(assignment=assignment, handed_in=True)
        review.answers.update_or_create(
            criterion=criterion, defaults={"level": criterion.levels.get(score=score)}
        )

    contest = council.contest(tie_rule="criterion", criterion=criterion)

    assert council.order(contest) == ["ABC"]
    two = contest.candidates.exclude(item=council.items["C"])
    assert council.order(contest, two) == ["B", "A"]


def test_a_lot_parts_those_tied_as_anyone_can_check(council):
    contest = council.contest(tie_rule="lot")
    digests = {n: i.deliberation.snapshot.digest for n, i in council.items.items()}

    names = {digest: name for name, digest in digests.items()}
    expected = [names[digest] for digest in lot.drawn(contest.seed, digests.values())]
    assert council.order(contest) == expected
    assert len(contest.seal) == 64


def test_a_criterion_is_of_the_grid_of_all_the_dossiers(council):
    council.items["D"] = AgendaItemFactory(sitting=council.room.sitting)
    foreign = council.items["D"].deliberation.round.grid.criteria.first()

    with pytest.raises(Refused):
        council.contest(tie_rule="criterion", criterion=foreign)


def test_a_criterion_is_named_when_it_parts(council):
    with pytest.raises(ValidationError, match="Choisissez le critère qui départage"):
        council.contest(tie_rule="criterion")
    with pytest.raises(IntegrityError, match="contest_criterion_is_named_when_it_parts"):
        ContestFactory(tie_rule="criterion")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("contest_casting_vote_is_never_secret", {"tie_rule": "casting_vote", "secret": True}),
        ("contest_points_are_sensible", {"points": 0}),
        ("contest_lot_has_its_seed", {"tie_rule": "lot", "open": True}),
        ("contest_opened_is_counted", {"open": True, "composition": None}),
        ("contest_status_agrees_with_its_stamps", {"open": True, "opened_at": None}),
        ("contest_cancelled_has_its_reason", {"cancelled": True, "cancellation": " "}),
    ],
)
def test_the_database_keeps_the_rules_of_a_contest(name, fields):
    with pytest.raises(IntegrityError, match=name):
        ContestFactory(**fields)


@pytest.mark.parametrize(
    ("column", "value"),
    [("question", "Autre ?"), ("method", "points"), ("scale", "shared"), ("points", 3)]
    + [("tie_rule", "casting_vote"), ("secret", True), ("followed", False), ("composition", 9)],
)
def test_the_database_freezes_a_contest_at_its_opening(column, value):
    prepared, opened = ContestFactory(), ContestFactory(open=True)

    assert Contest.objects.filter(pk=prepared.pk).update(**{column: value}) == 1
    with pytest.raises(IntegrityError, match="keeps its question and its rules"):
        Contest.objects.filter(pk=opened.pk).update(**{column: value})


@pytest.mark.parametrize("change", ["add", "take"])
def test_the_database_keeps_the_candidates_of_an_open_contest(change):
    contest = ContestFactory(open=True)
    changes = {
        "add": lambda: Candidate.objects.create(contest=contest, item=AgendaItemFactory()),
        "take": lambda: contest.candidates.first().delete(),
    }

    with pytest.raises(IntegrityError, match="keeps its candidates"):
        changes[change]()


def test_the_database_keeps_the_papers_of_a_closed_contest(council):
    contest = council.contest()
    council.file(contest, council.seats[1], A=1, B=0, C=0)
    contest.close(by=council.chair)

    with pytest.raises(IntegrityError, match="changes only while its open contest is"):
        PaperLine.objects.update(value=1)


def test_the_database_files_no_paper_by_name_in_a_secret_contest():
    contest = ContestFactory(open=True, secret=True)

    with pytest.raises(IntegrityError, match="changes only while its open contest is"):
        PaperFactory(contest=contest)


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("paper_once_per_elector", lambda line: {"contest": line.paper.contest}),
        ("paperline_once_per_candidate", lambda line: {"paper": line.paper}),
    ],
)
def test_an_elector_files_one_paper_with_one_line_for_each(name, again):
    line = PaperLineFactory()
    factory = PaperFactory if name.startswith("paper_") else PaperLineFactory
    fields = again(line) | ({"seat": line.paper.seat} if factory is PaperFactory else {})

    with pytest.raises(IntegrityError, match=name):
        factory(**fields)
