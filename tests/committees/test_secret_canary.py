"""The canary of secret votes: the same people vote, what each chose is dealt the other way.

Nothing that is stored, shown or logged may differ.
"""

import logging
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.asserts import assertContains

from tests.committees.addresses import page
from tests.committees.room import room_of


SECRET = {"secret": True, "tie_rule": "rejected"}


@pytest.fixture
def room():
    """Five voices in a room, the examination begun."""
    room = room_of(5)
    room.item.open(by=room.chair.user)
    return room


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
PASSING = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+\d\d(:\d\d)?)?"  # instants
    r"|\d+\sh(\s\d\d)?|T\d\d:\d\d:\d\d|request_id=\w+|[0-9a-f]{12,}|\d+(\.\d+)? ms"
)


def everything_stored():
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            rows[table] = sorted(PASSING.sub("·", text) for (text,) in cursor.fetchall())
    rows["journal_event"] = [re.sub(r"^\(\d+", "", row) for row in rows["journal_event"]]
    return rows


def everything_shown(room, ballot, clients):
    seen = [client.get(page("ballot", ballot)) for client in clients]
    seen += [clients[0].get(page(name, room.deliberation)) for name in ["vote", "deliberation"]]
    seen += [clients[0].get(page("sitting", room.sitting))]
    texts = [re.sub(r'value="[\w-]{64}"|nonce="[^"]+"', "", r.content.decode()) for r in seen]
    return [PASSING.sub("·", text) for text in texts]


def signed_in(room):
    clients = [Client() for _ in range(5)]
    for client, seat in zip(clients, [room.chair, *room.members], strict=True):
        client.force_login(seat.user)
    return clients


def vote_by_the_pages(room, ballot, clients, choices, caplog):
    """What is stored and shown, open then closed, and logged, when these choices are made."""
    seats = [room.chair, *room.members]
    caplog.clear()
    for client, seat, choice in zip(clients, seats, choices, strict=True):
        answer = client.post(
            page("vote", room.deliberation), {"seat": seat.pk, "choice": choice}, follow=True
        )
        assertContains(answer, "Votre vote est enregistré")
    found = [everything_stored(), everything_shown(room, ballot, clients)]
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.chair.user)
    found += [everything_stored(), everything_shown(room, ballot, clients)]
    found += [[PASSING.sub("·", record.getMessage()) for record in caplog.records]]
    return found


def test_nothing_stored_shown_or_logged_tells_who_chose_what(room, caplog):
    ballot, clients = room.ballot(**SECRET), signed_in(room)
    caplog.set_level(logging.INFO)
    found = []
    for choices in [
        ["for", "against", "abstain", "for", "for"],
        ["for", "for", "for", "abstain", "against"],
    ]:
        with transaction.atomic():
            found.append(vote_by_the_pages(room, ballot, clients, choices, caplog))
            transaction.set_rollback(True)
        ballot.refresh_from_db()

    names = ["stored, open", "shown, open", "stored, closed", "shown, closed", "logged"]
    one, other = found
    assert {name: a == b for name, a, b in zip(names, one, other, strict=True)} == dict.fromkeys(
        names, True
    )


def test_the_canary_sings_when_the_vote_is_open(room, caplog):
    """The same comparison finds an open vote out: it can fail."""
    ballot, clients = room.ballot(), signed_in(room)
    found = []
    for choices in [["for", "for", "abstain", "for", "for"], ["abstain", *["for"] * 4]]:
        with transaction.atomic():
            found.append(vote_by_the_pages(room, ballot, clients, choices, caplog)[0])
            transaction.set_rollback(True)
        ballot.refresh_from_db()

    assert found[0]["committees_vote"] != found[1]["committees_vote"]
