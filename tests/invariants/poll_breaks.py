"""The rules of the polls, each broken once on purpose; see `tests.invariants.breaks`."""

from committees.models import Elector, RollMark
from tests.committees.council import Council
from tests.committees.room import room_of
from tests.factories import (
    AgendaItemFactory,
    ContestFactory,
    InterestFactory,
    PaperLineFactory,
    SeatFactory,
    VoteFactory,
)
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


def secret_ballot():
    """One elector has voted of five; the ballot."""
    room = room_of(5)
    room.item.open(by=room.chair.user)
    ballot = room.ballot(secret=True, tie_rule="rejected")
    ballot.cast(by=room.chair.user, choice="for")
    return ballot


def filed():
    """A paper on A and B, in an open contest of three voices."""
    council = Council(dossiers="AB")
    contest = council.contest()
    council.file(contest, council.seats[1], A=1, B=0)
    return council, contest.papers.get()


@breaks("committees")
def the_marks_of_a_roll_are_as_many_as_the_papers_of_its_urn():
    ballot = secret_ballot()
    yield
    spoil("UPDATE committees_urn SET counts = '{\"for\": 2}' WHERE id = %s", ballot.urn.pk)
    yield [ballot.urn.pk]


@breaks("committees")
def an_urn_holds_no_more_than_its_roll():
    council = Council(voices=5)
    contest = council.contest(secret=True)
    council.file(contest, council.seats[1], A=1, B=0, C=0)
    yield
    spoil("DELETE FROM committees_rollmark")
    yield [contest.urn.pk]


@breaks("committees")
def what_is_secret_has_no_vote_by_name():
    vote = VoteFactory()
    yield
    spoil(
        "UPDATE committees_ballot SET secret = true WHERE id = %s",
        vote.ballot_id,
        without=["ballot_casting_vote_is_never_secret"],
    )
    yield [vote.pk]


@breaks("committees")
def a_secret_contest_has_no_paper():
    _council, paper = filed()
    yield
    spoil("UPDATE committees_contest SET secret = true WHERE id = %s", paper.contest_id)
    yield [paper.pk]


@breaks("committees")
def only_a_secret_vote_is_marked_on_a_roll():
    ballot = secret_ballot()
    yield
    spoil("UPDATE committees_ballot SET secret = false WHERE id = %s", ballot.pk)
    yield list(RollMark.objects.values_list("pk", flat=True))


@breaks("committees")
def a_secret_poll_that_was_opened_has_its_urn():
    ballot = secret_ballot()
    yield
    spoil("DELETE FROM committees_urn WHERE ballot_id = %s", ballot.pk)
    yield [ballot.pk]


@breaks("committees")
def an_elector_is_a_voice_of_the_committee():
    council, _paper = filed()
    strayed, voiceless = Elector.objects.order_by("pk")[:2]
    yield
    spoil("UPDATE committees_elector SET seat_id = %s WHERE id = %s", SeatFactory().pk, strayed.pk)
    spoil("UPDATE committees_seat SET capacity = 'observer' WHERE id = %s", voiceless.seat_id)
    yield [strayed.pk, voiceless.pk]


@breaks("committees")
def a_paper_is_filed_by_an_elector():
    _council, paper = filed()
    yield
    spoil("DELETE FROM committees_elector WHERE seat_id = %s", paper.seat_id)
    yield [paper.pk]


@breaks("committees")
def a_vote_is_given_by_an_elector():
    room = room_of(2)
    room.item.open(by=room.chair.user)
    vote = room.ballot().cast(by=room.chair.user, choice="for")
    yield
    spoil("DELETE FROM committees_elector WHERE seat_id = %s", vote.seat_id)
    yield [vote.pk]


@breaks("committees")
def candidates_are_of_the_agenda_of_their_contest():
    candidate = ContestFactory().candidates.first()
    yield
    other = AgendaItemFactory()
    spoil("UPDATE committees_candidate SET item_id = %s WHERE id = %s", other.pk, candidate.pk)
    yield [candidate.pk]


@breaks("committees")
def a_contest_compares_two_dossiers_at_least():
    contest = ContestFactory()
    yield
    contest.candidates.first().delete()
    yield [contest.pk]


@breaks("committees")
def a_line_is_about_a_candidate_of_its_contest():
    line, other = PaperLineFactory(), ContestFactory().candidates.first()
    yield
    spoil("UPDATE committees_paperline SET candidate_id = %s WHERE id = %s", other.pk, line.pk)
    yield [line.pk]


@breaks("committees")
def an_interested_person_judges_nothing_of_theirs():
    council, paper = filed()
    line = paper.lines.get(candidate__item=council.items["A"])
    yield
    InterestFactory(deliberation=council.items["A"].deliberation, person=paper.cast_by, seat=None)
    yield [line.pk]


@breaks("committees")
def a_paper_is_filed_while_its_contest_is_open():
    _council, paper = filed()
    yield
    spoil("UPDATE committees_paper SET cast_at = '2001-01-01' WHERE id = %s", paper.pk)
    yield [paper.pk]


@breaks("committees")
def a_closed_sitting_leaves_no_contest_open():
    contest = ContestFactory()
    yield
    spoil(
        "UPDATE committees_sitting SET status = 'adjourned', adjourned_at = now(),"
        " adjourned_by_id = opened_by_id WHERE id = %s",
        contest.sitting_id,
    )
    yield [contest.pk]
