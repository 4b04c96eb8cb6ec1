"""An elector judges the dossiers that they may, and knows of no other."""

import pytest

from base.lifecycle import Refused
from committees.models import Contest, Interest, PaperLine
from journal.models import Event
from tests.committees.council import Council


@pytest.fixture
def council():
    """Three voices and three dossiers."""
    return Council()


def test_a_member_kept_away_from_one_dossier_judges_the_others(council):
    member = council.seats[1]
    council.keep_away(member, "B")
    contest = council.contest()

    council.file(contest, member, A=1, C=0)

    assert council.order(contest, contest.candidates.visible_to(member.user)) == ["A", "C"]
    with pytest.raises(Refused, match="La liste des dossiers à juger a changé"):
        council.file(contest, member, A=1, B=1, C=0)


def test_who_only_abstains_reads_and_does_not_judge(council):
    member = council.seats[1]
    council.keep_away(member, "B", effect="abstention")
    contest = council.contest()

    council.file(contest, member, A=1, C=0)

    assert contest.candidates.visible_to(member.user).count() == 3


def test_a_contest_of_which_one_dossier_only_is_seen_is_not_seen(council):
    member = council.seats[1]
    council.keep_away(member, "B", "C")
    contest = council.contest()

    assert not Contest.objects.visible_to(member.user).exists()
    assert contest.voters(council.chair) == 0
    with pytest.raises(Refused, match="Vous ne pouvez pas voter"):
        council.file(contest, member, A=1)


def test_an_elector_of_what_a_reader_may_not_see_is_not_counted_for_them():
    """The fourth member judges C and D alone; whoever is kept from both counts three voters."""
    council = Council(voices=4, dossiers="ABCD")
    council.keep_away(council.seats[3], "A", "B")
    council.keep_away(council.seats[1], "C", "D")
    contest = council.contest()
    council.file(contest, council.seats[0], A=1, B=0, C=0, D=0)
    council.file(contest, council.seats[3], C=1, D=0)

    assert contest.voters(council.chair) == 2
    assert contest.voters(council.seats[1].user) == 1
    awaited = {council.seats[1], council.seats[2]}
    assert set(contest.awaited_for(council.seats[1].user)) == awaited


def test_a_late_declaration_neutralises_one_line_and_recomputes(council):
    contest, member = council.contest(), council.seats[1]
    council.file(contest, member, A=1, B=1, C=0)
    council.file(contest, council.seats[0], A=1, B=0, C=0)

    council.items["B"].deliberation.declare_interest(
        by=member.user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )

    assert council.order(contest) == ["A", "BC"]
    neutralised = PaperLine.objects.exclude(neutralised_at=None)
    assert [str(line.candidate) for line in neutralised] == [str(council.items["B"])]


def test_a_late_declaration_cancels_a_secret_contest():
    council = Council(voices=5)
    contest, member = council.contest(secret=True), council.seats[1]
    council.file(contest, member, A=1, B=1, C=0)

    council.items["B"].deliberation.declare_interest(
        by=member.user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )

    contest.refresh_from_db()
    assert contest.status == "cancelled"
    assert Event.objects.about(contest).last().verb == "contest.voided"


@pytest.mark.parametrize(("method", "voices"), [("approval", 5), ("ranking", 6)])
def test_a_secret_contest_demands_enough_who_judge_each_dossier(method, voices):
    """One is kept from A, another from B: of six, four would part them by ranks."""
    council = Council(voices=voices)
    council.keep_away(council.seats[1], "A")
    council.keep_away(council.seats[2], "B")

    with pytest.raises(Refused, match="il y en a 4"):
        council.contest(method=method, secret=True)
