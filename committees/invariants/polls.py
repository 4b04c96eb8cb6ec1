"""Rolls, urns, electors and contests."""

from django.db.models import Count, Exists, F, OuterRef, Q

from committees.methods.order import tallies
from committees.models import (
    Ballot,
    Candidate,
    Contest,
    Elector,
    Interest,
    Paper,
    PaperLine,
    RollMark,
    Seat,
    Urn,
    Vote,
)


def the_marks_of_a_roll_are_as_many_as_the_papers_of_its_urn():
    """A secret ballot counts one answer for each elector marked, no more and no less."""
    urns = Urn.objects.filter(ballot__isnull=False).annotate(marks=Count("ballot__electors__mark"))
    return [urn.pk for urn in urns if given(urn.counts) != urn.marks]


def given(counts):
    return sum(count for answer, count in counts.items() if answer != Vote.Choice.SILENT)


def an_urn_holds_no_more_than_its_roll():
    """No dossier of a secret contest has more answers than electors marked."""
    urns = Urn.objects.filter(contest__isnull=False).exclude(contest__method="ranking")
    urns = urns.annotate(marks=Count("contest__electors__mark"))
    return [urn.pk for urn in urns if most(urn) > urn.marks]


def most(urn):
    found = tallies({int(line.partition(":")[0]) for line in urn.counts}, urn.counts)
    return max((tally.total() for tally in found.values()), default=0)


def what_is_secret_has_no_vote_by_name():
    """A secret ballot has no vote, a secret contest no paper."""
    return Vote.objects.filter(ballot__secret=True).values_list("pk", flat=True)


def a_secret_contest_has_no_paper():
    """No paper is kept of a secret contest."""
    return Paper.objects.filter(contest__secret=True).values_list("pk", flat=True)


def only_a_secret_vote_is_marked_on_a_roll():
    """The roll of an open vote is its votes: it has no marks."""
    opened = Q(elector__ballot__secret=False) | Q(elector__contest__secret=False)
    return RollMark.objects.filter(opened).values_list("pk", flat=True)


def a_secret_poll_that_was_opened_has_its_urn():
    """A secret ballot has an urn from its opening."""
    opened = Ballot.objects.filter(secret=True, opened_at__isnull=False)
    return opened.filter(urn=None).values_list("pk", flat=True)


def an_elector_is_a_voice_of_the_committee():
    """The electors of a poll are voting seats of the committee that sits."""
    fine = Q(ballot__item__sitting__committee=F("seat__committee"))
    fine |= Q(contest__sitting__committee=F("seat__committee"))
    return Elector.objects.exclude(fine, seat__in=Seat.objects.voting()).values_list(
        "pk", flat=True
    )


def a_paper_is_filed_by_an_elector():
    """A paper is that of a seat listed at the opening of its contest."""
    listed = Elector.objects.filter(contest=OuterRef("contest"), seat=OuterRef("seat"))
    return Paper.objects.filter(~Exists(listed)).values_list("pk", flat=True)


def a_vote_is_given_by_an_elector():
    """A vote that counts is that of a seat listed at the opening of its ballot."""
    listed = Elector.objects.filter(ballot=OuterRef("ballot"), seat=OuterRef("seat"))
    counting = Vote.objects.counting().exclude(ballot__status="cancelled")
    return counting.filter(~Exists(listed)).values_list("pk", flat=True)


def candidates_are_of_the_agenda_of_their_contest():
    """What a contest compares is on the agenda of its sitting."""
    strayed = ~Q(item__sitting=F("contest__sitting"))
    return Candidate.objects.filter(strayed).values_list("pk", flat=True)


def a_contest_compares_two_dossiers_at_least():
    """A contest has two candidates or more."""
    counted = Contest.objects.annotate(count=Count("candidates"))
    return counted.filter(count__lt=2).values_list("pk", flat=True)


def a_line_is_about_a_candidate_of_its_contest():
    """A paper speaks of the dossiers that its contest compares."""
    strayed = ~Q(candidate__contest=F("paper__contest"))
    return PaperLine.objects.filter(strayed).values_list("pk", flat=True)


def an_interested_person_judges_nothing_of_theirs():
    """No line counts about a dossier in which its elector, or who filed it, has an interest."""
    interests = Interest.objects.standing().filter(
        deliberation=OuterRef("candidate__item__deliberation")
    )
    theirs = Q(person=OuterRef("paper__seat__user")) | Q(person=OuterRef("paper__cast_by"))
    counting = PaperLine.objects.counting()
    return counting.filter(Exists(interests.filter(theirs))).values_list("pk", flat=True)


def a_paper_is_filed_while_its_contest_is_open():
    """A paper is filed between the opening and the closing of its contest."""
    early = Q(cast_at__lt=F("contest__opened_at"))
    late = Q(cast_at__gt=F("contest__closed_at"))
    return Paper.objects.filter(early | late).values_list("pk", flat=True)


def a_closed_sitting_leaves_no_contest_open():
    """When a sitting is over, each of its contests has a result or is cancelled."""
    over = Contest.objects.exclude(sitting__status="open").under_way()
    return over.values_list("pk", flat=True)


INVARIANTS = [
    the_marks_of_a_roll_are_as_many_as_the_papers_of_its_urn,
    an_urn_holds_no_more_than_its_roll,
    what_is_secret_has_no_vote_by_name,
    a_secret_contest_has_no_paper,
    only_a_secret_vote_is_marked_on_a_roll,
    a_secret_poll_that_was_opened_has_its_urn,
    an_elector_is_a_voice_of_the_committee,
    a_paper_is_filed_by_an_elector,
    a_vote_is_given_by_an_elector,
    candidates_are_of_the_agenda_of_their_contest,
    a_contest_compares_two_dossiers_at_least,
    a_line_is_about_a_candidate_of_its_contest,
    an_interested_person_judges_nothing_of_theirs,
    a_paper_is_filed_while_its_contest_is_open,
    a_closed_sitting_leaves_no_contest_open,
]
