"""A sitting followed on one's own screen, its order proposed, its papers taken along."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains

from base.lifecycle import Refused
from committees.models import AgendaItem, Interest
from journal.models import Event
from tests.committees.addresses import page
from tests.committees.room import room_of
from tests.factories import (
    AgendaItemFactory,
    DeclarationFactory,
    HearingFactory,
    HearingPlanFactory,
    InterestFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)


EXCLUSION = Interest.Effect.EXCLUSION


@pytest.fixture
def room():
    """Three voices, two dossiers, a member kept from the first one."""
    room = room_of(3)
    room.next = AgendaItemFactory(sitting=room.sitting)
    room.excluded = room.seat()
    for seat in [room.chair, room.secretary, *room.members, room.excluded]:
        DeclarationFactory(person=seat.user, up_to=room.next.deliberation)
    InterestFactory(
        deliberation=room.deliberation, person=room.excluded.user, seat=None, effect=EXCLUSION
    )
    return room


def seen(client, name, room):
    """The page without the token that changes at each request."""
    lines = client.get(page(name, room.sitting)).content.decode().splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("name", ["sitting-live", "sitting-state"])
def test_to_who_is_kept_from_an_item_its_examination_is_like_a_pause(client, room, name):
    client.force_login(room.excluded.user)
    before = seen(client, name, room)

    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    during = seen(client, name, room)
    ballot.cast(by=room.chair.user, choice="for")
    voting = seen(client, name, room)

    assert before == during == voting


def test_the_live_page_says_what_is_on_the_table_and_what_is_expected(client, room):
    member = room.members[0].user
    client.force_login(member)
    assertContains(client.get(page("sitting-live", room.sitting)), str(room.item))
    room.item.open(by=room.chair.user)
    assertContains(client.get(page("sitting-state", room.sitting)), "le comité délibère")

    ballot = room.ballot()
    awaited = client.get(page("sitting-state", room.sitting))
    ballot.cast(by=member, choice="for")
    voted = client.get(page("sitting-state", room.sitting))

    assertContains(awaited, "Votez maintenant")
    assertContains(voted, "1 vote donné")
    assertContains(voted, str(room.next))
    assertNotContains(voted, "Pour")
    assertContains(voted, "Le quorum est atteint.")


def test_the_part_that_moves_is_not_sent_again_unchanged(client, room):
    client.force_login(room.members[0].user)
    first = client.get(page("sitting-state", room.sitting))

    again = client.get(
        page("sitting-state", room.sitting), headers={"if-none-match": first["ETag"]}
    )

    assert again.status_code == 304


def test_an_excluded_chair_is_not_told_that_their_item_is_examined(room):
    InterestFactory(
        deliberation=room.deliberation, person=room.chair.user, seat=None, effect=EXCLUSION
    )
    room.item.open(by=room.secretary.user)

    for verb in [room.next.open, room.sitting.close]:
        with pytest.raises(Refused, match="^Ce n’est pas possible maintenant.$"):
            verb(by=room.chair.user)


def test_where_the_chair_is_kept_away_the_secretary_is_given_the_buttons(client, room):
    InterestFactory(
        deliberation=room.deliberation, person=room.chair.user, seat=None, effect=EXCLUSION
    )
    opening = reverse("committees:item-opening", args=[room.item.pk])
    client.force_login(room.secretary.user)
    assertContains(client.get(page("sitting", room.sitting)), opening)

    client.post(opening)
    new = reverse("committees:ballot-new", args=[room.item.pk])

    assertContains(client.get(page("sitting", room.sitting)), new)
    client.force_login(room.chair.user)
    assertNotContains(client.get(page("sitting", room.sitting)), new)


@pytest.fixture
def agenda():
    """A sitting in preparation: four dossiers, a member kept from the first and the third."""
    sitting = SittingFactory()
    sitting.test_items = [AgendaItemFactory(sitting=sitting) for _ in range(4)]
    sitting.test_chair = SeatFactory(committee=sitting.committee, chair=True).user
    member = SeatFactory(committee=sitting.committee).user
    for item in sitting.test_items:
        DeclarationFactory(person=sitting.test_chair, up_to=item.deliberation)
    for item in sitting.test_items[::2]:
        InterestFactory(deliberation=item.deliberation, person=member, seat=None)
    return sitting


def order_of(sitting):
    return list(sitting.items.in_order().values_list("pk", flat=True))


def test_the_order_proposed_is_applied_at_once_and_noted_once(client, agenda):
    client.force_login(agenda.test_chair)
    proposal = client.get(page("sitting-order", agenda))
    assertContains(proposal, "3 mouvements")
    assertContains(proposal, "1 mouvement")

    order = proposal.context["form"].initial["order"]
    client.post(page("sitting-order", agenda), {"order": order})

    assert ",".join(map(str, order_of(agenda))) == order
    assert [e.verb for e in Event.objects.about(agenda)] == ["sitting.arranged"]


def test_an_agenda_that_changed_is_not_put_in_an_old_order(client, agenda):
    client.force_login(agenda.test_chair)
    before = order_of(agenda)

    response = client.post(page("sitting-order", agenda), {"order": f"{before[0]},{before[1]}"})

    assertContains(response, "vient de changer", status_code=409)
    assert order_of(agenda) == before


def test_an_item_that_one_does_not_see_stays_in_its_place(agenda):
    hidden = agenda.test_items[1]
    InterestFactory(
        deliberation=hidden.deliberation, person=agenda.test_chair, seat=None, effect=EXCLUSION
    )
    visible = [item.pk for item in agenda.test_items if item != hidden]

    agenda.arrange(by=agenda.test_chair, order=visible[::-1])

    assert order_of(agenda) == [visible[2], hidden.pk, visible[1], visible[0]]


def test_an_agenda_is_arranged_by_who_prepares_it(agenda):
    member = SeatFactory(committee=agenda.committee).user

    with pytest.raises(Refused, match="vous ne la préparez pas"):
        agenda.arrange(by=member, order=order_of(agenda))


def test_the_proposal_keeps_the_hours_of_the_hearings(client, agenda):
    plan = HearingPlanFactory(sitting=agenda, invited=True)
    first, *_others, last = agenda.test_items
    HearingFactory(slot__plan=plan, item=last)
    HearingFactory(slot__plan=plan, item=first)
    client.force_login(agenda.test_chair)

    order = client.get(page("sitting-order", agenda)).context["form"].initial["order"].split(",")

    assert order.index(str(last.pk)) < order.index(str(first.pk))


@pytest.fixture
def convened(agenda):
    agenda.convene(by=agenda.test_chair, urgency="")
    return agenda


def paper(client, sitting):
    return client.get(page("sitting-pack", sitting)).content


def test_a_reader_gets_the_same_papers_each_time_whatever_happens(client, convened):
    client.force_login(convened.test_chair)
    first = paper(client, convened)

    convened.committee.configure(by=UserFactory(staff=True), name="Un autre nom")
    convened.test_items[0].deliberation.withdraw(by=convened.test_chair)
    client.cookies.load({"django_language": "en"})

    assert paper(client, convened) == first


def test_the_papers_hold_what_the_reader_sees_and_no_more(client, convened):
    hidden = convened.test_items[1]
    client.force_login(convened.test_chair)
    whole = paper(client, convened)
    InterestFactory(
        deliberation=hidden.deliberation, person=convened.test_chair, seat=None, effect=EXCLUSION
    )

    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(paper(client, convened))).pages)

    digests = [item.deliberation.snapshot.digest for item in convened.test_items]
    assert paper(client, convened) != whole
    assert [digest in "".join(text.split()) for digest in digests] == [True, False, True, True]
    assert "Notes" in text and "Impact" in text


def test_there_are_no_papers_before_the_convocation(client, agenda):
    client.force_login(agenda.test_chair)

    assert client.get(page("sitting-pack", agenda)).status_code == 404


def test_the_mail_and_the_pages_number_what_the_reader_sees(client, room):
    client.force_login(room.excluded.user)

    content = client.get(page("sitting", room.sitting)).content.decode()

    items = AgendaItem.objects.visible_to(room.excluded.user).filter(sitting=room.sitting)
    assert list(items) == [room.next]
    assert str(room.item) not in content
