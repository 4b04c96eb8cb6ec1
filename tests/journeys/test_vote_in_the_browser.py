"""Voting in a sitting, in Chromium: with keys alone, and without JavaScript."""

import pytest

from committees.models import Vote
from tests.committees.room import room_of
from tests.journeys.keyboard import Keyboard


@pytest.fixture
def room(live_server):
    """Three seats with a voice, in a sitting where a dossier is on the table."""
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


def votes(ballot):
    return list(ballot.votes.order_by("pk").values_list("seat", "choice"))


def test_a_vote_is_cast_with_the_keys_alone(page, sign_in, room):
    ballot, member = room.ballot(), room.members[0]
    sign_in(page, member.user)
    keys = Keyboard(page)
    page.goto(room.sitting.get_absolute_url())

    keys.opens("Voter")
    keys.reaches("pour", kind="radio")
    keys.presses("Space")
    keys.presses("ArrowDown")
    keys.reaches("Motivation")
    keys.types("Le calendrier est trop court.")
    keys.opens("Voter")

    vote = Vote.objects.get(ballot=ballot)
    assert (vote.seat, vote.choice, vote.comment) == (
        member,
        Vote.Choice.AGAINST,
        "Le calendrier est trop court.",
    )


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_vote_is_cast_without_javascript(page, sign_in, room):
    ballot, member = room.ballot(), room.members[0]
    sign_in(page, member.user)
    page.goto(room.sitting.get_absolute_url())

    page.get_by_role("link", name="Voter", exact=True).click()
    page.get_by_label("pour", exact=True).check(force=True)
    page.get_by_role("button", name="Voter").click()

    assert votes(ballot) == [(member.pk, "for")]


def test_the_page_of_a_ballot_follows_the_vote_without_reloading(page, sign_in, room):
    ballot = room.ballot()
    sign_in(page, room.members[0].user)
    page.goto(ballot.get_absolute_url())
    page.evaluate("window.same = true")

    ballot.cast(by=room.chair.user, choice="for")

    page.get_by_text("1 vote donné").wait_for()
    assert page.evaluate("window.same")
