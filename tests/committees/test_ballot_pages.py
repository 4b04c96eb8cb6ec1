"""The pages of a ballot: what each says, and what it keeps for later."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.committees.addresses import page
from tests.committees.room import room_of


@pytest.fixture
def room():
    """Three voices in a room, the examination begun."""
    room = room_of(3)
    room.item.open(by=room.chair.user)
    return room


def test_the_part_that_follows_the_vote_answers_nothing_new_until_somebody_votes(client, room):
    ballot = room.ballot()
    client.force_login(room.members[0].user)
    first = client.get(page("ballot-turnout", ballot))

    again = client.get(page("ballot-turnout", ballot), headers={"if-none-match": first["ETag"]})
    ballot.cast(by=room.chair.user, choice="for")
    after = client.get(page("ballot-turnout", ballot), headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, after.status_code) == (200, 304, 200)
    assertContains(first, "0 vote donné")
    assertContains(after, "1 vote donné")
    assertNotContains(after, "<h1")


def test_the_part_that_follows_the_vote_leads_to_the_result_once_closed(client, room):
    ballot = room.ballot()
    ballot.close(by=room.chair.user)
    client.force_login(room.members[0].user)

    assertContains(client.get(page("ballot-turnout", ballot)), "Le vote est terminé.")
