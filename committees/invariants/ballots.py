"""Votes and what they decide."""

from django.db.models import Exists, F, OuterRef, Q

from committees.models import Interest, Seat, Vote


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


INVARIANTS = [
    an_interested_person_votes_nowhere,
    a_vote_is_of_a_voice_of_the_committee,
    a_vote_is_given_while_its_ballot_is_open,
]
