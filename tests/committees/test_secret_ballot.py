"""A secret vote: a roll without times, an urn without persons, and nothing that joins them."""

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from committees import duties
from committees.account import voted
from committees.models import Elector, Interest, RollMark, Urn, Vote
from committees.record import poll
from journal.models import Event
from tests.committees.addresses import page
from tests.committees.room import room_of
from tests.factories import BallotFactory, ProxyFactory, SeatFactory, VoteFactory


SECRET = {"secret": True, "tie_rule": "rejected"}


@pytest.fixture
def room():
    """Five voices in a room, the examination begun."""
    room = room_of(5)
    room.item.open(by=room.chair.user)
    return room


def counts(ballot):
    tally = ballot.tally()
    return tally.in_favour, tally.against, tally.abstaining, tally.silent


def held(room, choices):
    """A secret ballot with these votes, closed."""
    ballot = room.ballot(**SECRET)
    room.vote(ballot, choices)
    ballot.close(by=room.chair.user)
    return ballot


def test_a_secret_ballot_counts_without_a_vote_by_name_nor_an_event(room):
    ballot = held(room, ["for", "against", "for", "abstain"])

    assert counts(ballot) == (2, 1, 1, 1)
    assert ballot.result().adopted
    assert not Vote.objects.exists()
    assert list(Event.objects.about(ballot)) == []
    assert ballot.urn.counts == {"abstain": 1, "against": 1, "for": 2, "silent": 1}
    marked = ballot.electors.marked().values_list("seat", flat=True)
    assert set(marked) == {room.chair.pk, *[seat.pk for seat in room.members[:3]]}


def test_what_is_in_the_urn_is_not_counted_before_the_end(room):
    ballot = room.ballot(**SECRET)
    room.vote(ballot, ["for", "for", "against"])

    assert counts(ballot) == (0, 0, 0, 0)


def test_a_secret_vote_is_not_given_twice(room):
    ballot = room.ballot(**SECRET)
    ballot.cast(by=room.chair.user, choice="for")

    with pytest.raises(Refused, match="un vote secret ne se change pas"):
        ballot.cast(by=room.chair.user, choice="against")
    assert ballot.urn.counts == {"for": 1}


@pytest.mark.parametrize("choice", ["silent", "peut-être", ""])
def test_a_secret_vote_is_for_against_or_an_abstention(room, choice):
    ballot = room.ballot(**SECRET)

    with pytest.raises(Refused, match="Votez pour, contre ou abstention"):
        ballot.cast(by=room.chair.user, choice=choice)


def test_fewer_than_five_do_not_vote_in_secret():
    room = room_of(4)
    room.item.open(by=room.chair.user)

    with pytest.raises(Refused, match="au moins 5 votants : il y en a 4"):
        room.ballot(**SECRET)


def test_the_committee_sets_how_many_a_secret_vote_demands():
    room = room_of(4)
    room.item.open(by=room.chair.user)
    room.sitting.committee.secrecy_minimum = 4
    room.sitting.committee.save()

    assert room.ballot(**SECRET).status == "open"


def test_a_casting_vote_is_never_secret():
    with pytest.raises(IntegrityError, match="ballot_casting_vote_is_never_secret"):
        BallotFactory(secret=True, tie_rule="casting_vote")


def test_the_absent_may_be_represented_in_secret(room):
    away, holder = room.seat(here=False), room.members[0]
    ProxyFactory(sitting=room.sitting, principal=away, holder=holder)
    ballot = room.ballot(**SECRET)

    ballot.cast(by=holder.user, choice="for")
    ballot.cast(by=holder.user, choice="for", seat=away)

    assert ballot.open_seats_of(holder.user) == []
    assert ballot.urn.counts == {"for": 2}


def test_a_late_declaration_by_who_voted_cancels_it_and_the_minutes_say_so(room):
    ballot = held(room, ["for", "for", "against"])

    room.deliberation.declare_interest(
        by=room.members[0].user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )

    ballot.refresh_from_db()
    assert ballot.status == "cancelled"
    reason = "un lien d’intérêt est apparu après le vote, qui est à refaire"
    assert f"Scrutin annulé : {reason}." in "\n".join(poll(ballot))
    verbs = [event.verb for event in Event.objects.about(room.deliberation)]
    assert verbs[-2:] == ["ballot.voided", "interest.declared"]


def test_a_late_declaration_by_a_holder_cancels_it_too(room):
    away, holder = room.seat(here=False), room.members[0]
    proxy = ProxyFactory(sitting=room.sitting, principal=away, holder=holder)
    ballot = room.ballot(**SECRET)
    ballot.cast(by=holder.user, choice="for", seat=away)
    proxy.revoke(by=away.user)

    room.deliberation.declare_interest(
        by=holder.user, effect=Interest.Effect.ABSTENTION, reason="Un cousin y travaille."
    )

    ballot.refresh_from_db()
    assert ballot.status == "cancelled"


def test_a_late_declaration_by_who_has_not_voted_leaves_it_alone(room):
    ballot = room.ballot(**SECRET)
    ballot.cast(by=room.chair.user, choice="for")

    room.deliberation.declare_interest(
        by=room.members[0].user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )

    ballot.refresh_from_db()
    assert ballot.status == "open"
    assert room.members[0] not in ballot.awaited_seats()


def test_the_database_makes_no_vote_by_name_of_a_secret_one():
    ballot = BallotFactory(open=True, **SECRET)

    with pytest.raises(IntegrityError, match="changes only while its ballot is open"):
        VoteFactory(ballot=ballot)


def test_the_database_enrols_nobody_once_it_is_open():
    ballot = BallotFactory(open=True)

    with pytest.raises(IntegrityError, match="keeps its electors"):
        Elector.objects.create(ballot=ballot, seat=SeatFactory())


@pytest.mark.parametrize("change", ["mark", "unmark", "fill", "empty"])
def test_the_database_keeps_the_roll_and_the_urn_of_a_closed_vote(room, change):
    ballot = held(room, ["for", "for"])
    marked, unmarked = ballot.electors.marked().first(), ballot.electors.filter(mark=None).first()
    changes = {
        "mark": lambda: RollMark.objects.create(elector=unmarked),
        "unmark": lambda: marked.mark.delete(),
        "fill": lambda: Urn.objects.update(counts={"for": 9}),
        "empty": lambda: ballot.urn.delete(),
    }

    with pytest.raises(IntegrityError, match="only while its secret vote is open"):
        changes[change]()


def test_someone_seated_after_the_opening_does_not_vote(room):
    ballot = room.ballot()
    late = room.seat()

    with pytest.raises(Refused, match="Vous ne pouvez pas voter"):
        ballot.cast(by=late.user, choice="for")


def test_the_account_of_a_secret_vote_gives_numbers_only_and_those_of_its_instant(room):
    ballot = held(room, ["for", "for", "against"])
    ballot.proclaim(by=room.chair.user)
    then = timezone.now()

    told = voted(room.deliberation, then)

    votes = [line.rpartition(": ")[2] for line in told.split("\n")]
    assert votes[2:] == ["2", "1", "0", "2", "proposition adoptée"]
    room.deliberation.neutralise_votes(room.members[0].user)
    assert voted(room.deliberation, timezone.now()).startswith("Aucun vote")
    assert voted(room.deliberation, then) == told


def test_the_minutes_of_a_secret_vote_name_no_voter(room):
    ballot = held(room, ["for", "for", "against"])
    ballot.proclaim(by=room.chair.user)

    assert "Scrutin secret" in "\n".join(poll(ballot))
    assert str(room.members[0].user) not in "\n".join(poll(ballot))


def test_the_page_of_a_secret_vote_says_once_and_never_what(client, room):
    ballot = room.ballot(**SECRET)
    client.force_login(room.chair.user)
    asked = client.get(page("vote", room.deliberation))

    ballot.cast(by=room.chair.user, choice="against")

    assertContains(asked, "Vous votez une seule fois")
    assertNotContains(asked, "Motivation")
    after = client.get(page("vote", room.deliberation))
    assertContains(after, "Votre vote est enregistré")
    again = client.post(page("vote", room.deliberation), {"seat": room.chair.pk, "choice": "for"})
    assert again.status_code == 409
    assert ballot.urn.counts == {"against": 1}


def test_a_participation_that_is_not_followed_is_shown_to_who_conducts(client, room):
    ballot = room.ballot(followed=False)
    ballot.cast(by=room.chair.user, choice="for")

    for seat, said in [(room.members[0], "La participation"), (room.chair, "1 vote donné")]:
        client.force_login(seat.user)
        assertContains(client.get(page("ballot-turnout", ballot)), said)


def test_a_secret_vote_awaits_who_has_not_voted(room):
    ballot = room.ballot(**SECRET)
    ballot.cast(by=room.chair.user, choice="for")

    assert [len(duties.votes(seat.user)) for seat in [room.chair, room.members[0]]] == [0, 1]
    assert room.chair not in ballot.awaited_voters()
