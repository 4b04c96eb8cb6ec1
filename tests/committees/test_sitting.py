from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from base.lifecycle import Refused
from committees.models import AgendaItem, Deliberation, Interest, Sitting
from journal.models import Event
from notifications.models import Message
from tests.committees.room import room_of
from tests.factories import (
    AgendaItemFactory,
    CommitteeFactory,
    DeclarationFactory,
    DeliberationFactory,
    InterestFactory,
    ProxyFactory,
    SeatFactory,
    SittingFactory,
    UserFactory,
)


def in_days(days):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def sitting():
    """Prepared for in ten days, with one dossier on its agenda."""
    return AgendaItemFactory(sitting=SittingFactory()).sitting


@pytest.fixture
def deliberation(sitting):
    return sitting.items.get().deliberation


@pytest.fixture
def secretary(sitting, deliberation):
    return SeatFactory(committee=sitting.committee, secretary=True, declared=deliberation).user


def test_a_sitting_keeps_the_notice_of_its_committee():
    committee = CommitteeFactory(notice_days=8)
    secretary = SeatFactory(committee=committee, secretary=True).user

    sitting = Sitting.prepare(by=secretary, committee=committee, meets_at=in_days(9), place="Paris")

    assert (sitting.status, sitting.notice_days) == ("prepared", 8)
    assert [e.verb for e in Event.objects.about(sitting)] == ["sitting.prepared"]


def test_a_member_prepares_no_sitting():
    seat = SeatFactory()

    with pytest.raises(Refused, match="Vous ne préparez pas"):
        Sitting.prepare(by=seat.user, committee=seat.committee, meets_at=in_days(9), place="Paris")


def test_a_prepared_sitting_changes_its_date_and_place(sitting, secretary):
    later = in_days(20)

    sitting.replan(by=secretary, meets_at=later, place="Salle 12")

    assert (sitting.meets_at, sitting.place) == (later, "Salle 12")


def test_a_convened_sitting_changes_neither(sitting, secretary):
    sitting.convene(by=secretary)

    with pytest.raises(Refused, match="déjà convoquée"):
        sitting.replan(by=secretary, meets_at=in_days(20), place="Salle 12")


def test_a_convocation_reaches_every_seat_of_the_day_with_its_agenda(sitting, secretary):
    member = SeatFactory(committee=sitting.committee).user
    SeatFactory(committee=sitting.committee, past=True)
    SeatFactory()

    sitting.convene(by=secretary)

    assert sitting.status == "convened"
    messages = Message.objects.filter(notice="committees/sitting_convened")
    assert {m.recipient for m in messages} == {secretary, member}
    assert "- Alerte sécheresse" in messages.get(recipient=secretary).body
    assert "Pourquoi ce message" in messages.get(recipient=member).body


def test_an_excluded_member_is_convened_without_the_dossier(sitting, deliberation, secretary):
    excluded = InterestFactory(deliberation=deliberation, effect=Interest.Effect.EXCLUSION).person

    sitting.convene(by=secretary)

    assert "Alerte sécheresse" not in Message.objects.get(recipient=excluded).body


def test_no_convocation_without_an_agenda():
    sitting = SittingFactory()

    with pytest.raises(Refused, match="L’ordre du jour est vide"):
        sitting.convene(by=UserFactory(staff=True))


@pytest.mark.parametrize("urgency", ["", "  \n"])
def test_a_late_convocation_needs_a_reason_of_urgency(sitting, secretary, urgency):
    Sitting.objects.update(meets_at=in_days(4))

    with (
        pytest.raises(IntegrityError, match="sitting_convened_in_time_or_urgent"),
        transaction.atomic(),
    ):
        sitting.convene(by=secretary, urgency=urgency)

    sitting.convene(by=secretary, urgency="Le budget se ferme vendredi.")
    assert "Le budget se ferme vendredi." in Message.objects.get(recipient=secretary).body


def test_a_sitting_of_the_past_is_not_convened(sitting, secretary):
    Sitting.objects.update(meets_at=in_days(-1))

    with pytest.raises(IntegrityError, match="sitting_convened_before_it_meets"):
        sitting.convene(by=secretary, urgency="Trop tard.")


def test_a_sitting_opens_on_its_day_and_not_before(sitting, secretary):
    sitting.convene(by=secretary)

    with pytest.raises(Refused, match="le jour prévu"):
        sitting.open(by=secretary)
    with time_machine.travel(sitting.meets_at - timedelta(minutes=5)):
        sitting.open(by=secretary)

    assert (sitting.status, sitting.opened_by) == ("open", secretary)


def test_the_team_convenes_but_does_not_hold_the_sitting():
    staff = UserFactory(staff=True)
    sitting = SittingFactory(due=True)

    with pytest.raises(Refused, match="Vous ne pouvez pas ouvrir cette séance"):
        sitting.open(by=staff)


def test_closing_puts_off_what_was_not_examined_and_sees_everybody_out():
    room = room_of(3)

    room.sitting.close(by=room.chair.user)

    room.item.refresh_from_db()
    assert (room.sitting.status, room.item.status) == ("closed", "postponed")
    assert not room.sitting.attendances.here().exists()
    assert Deliberation.objects.schedulable_by(room.chair.user).contains(room.deliberation)


def test_a_sitting_does_not_close_during_an_examination():
    room = room_of(3)
    room.item.open(by=room.chair.user)

    with pytest.raises(Refused, match="en cours"):
        room.sitting.close(by=room.chair.user)


def test_a_sitting_without_quorum_is_adjourned_and_convened_again_without_one():
    room = room_of(3, here=False)
    with pytest.raises(Refused, match="0 voix présentes ou représentées sur 3, il en faut 2"):
        room.item.open(by=room.chair.user)

    room.sitting.adjourn(by=room.chair.user)
    second = room.sitting.reconvene(
        by=room.secretary.user, meets_at=in_days(6), place="La même salle"
    )

    assert (room.sitting.status, second.status) == ("adjourned", "convened")
    assert [item.deliberation for item in second.items.all()] == [room.deliberation]
    body = Message.objects.get(recipient=room.members[0].user).body
    assert "aucun quorum ne sera exigé" in body
    with time_machine.travel(second.meets_at):
        second.open(by=room.chair.user)
        item = second.items.get()
        item.open(by=room.chair.user)
    assert (item.status, item.needed, item.present) == ("open", 0, 0)


def test_a_second_convocation_keeps_the_notice():
    room = room_of(3, here=False)
    room.sitting.adjourn(by=room.chair.user)

    with pytest.raises(IntegrityError, match="sitting_convened_in_time_or_urgent"):
        room.sitting.reconvene(by=room.secretary.user, meets_at=in_days(2), place="Paris")


def test_a_sitting_is_convened_again_once():
    room = room_of(3, here=False)
    room.sitting.adjourn(by=room.chair.user)
    room.sitting.reconvene(by=room.secretary.user, meets_at=in_days(6), place="Paris")

    with pytest.raises(Refused, match="n’appelle pas de seconde convocation"):
        room.sitting.reconvene(by=room.secretary.user, meets_at=in_days(7), place="Paris")


def test_a_sitting_with_its_quorum_is_not_adjourned():
    room = room_of(3)

    with pytest.raises(Refused, match="Le quorum est atteint"):
        room.sitting.adjourn(by=room.chair.user)


def test_a_sitting_with_nothing_left_is_not_adjourned():
    room = room_of(3, here=False)
    AgendaItem.objects.update(status="postponed")

    with pytest.raises(Refused, match="Rien n’empêche de lever la séance"):
        room.sitting.adjourn(by=room.chair.user)


def test_a_dossier_goes_last_on_the_agenda(sitting, secretary):
    second = DeliberationFactory(committee=sitting.committee)

    with pytest.raises(Refused, match="ne peut pas être mis à l’ordre du jour"):
        AgendaItem.add(by=secretary, sitting=sitting, deliberation=second)
    item = AgendaItem.add(by=UserFactory(staff=True), sitting=sitting, deliberation=second)

    assert item.position == 2


def test_a_dossier_is_on_one_live_agenda(sitting, deliberation):
    other = SittingFactory(committee=sitting.committee)

    with pytest.raises(Refused, match="ne peut pas être mis à l’ordre du jour"):
        AgendaItem.add(by=UserFactory(staff=True), sitting=other, deliberation=deliberation)
    with pytest.raises(IntegrityError, match="agendaitem_one_live_per_deliberation"):
        AgendaItemFactory(sitting=other, deliberation=deliberation)


def test_a_dossier_of_another_committee_stays_off_the_agenda(sitting):
    other = SeatFactory(chair=True)
    foreign = DeliberationFactory(committee=other.committee)

    with pytest.raises(Refused, match="déjà convoquée, ou vous ne la préparez pas"):
        AgendaItem.add(by=other.user, sitting=sitting, deliberation=foreign)


def test_a_dossier_rises_past_the_one_before(sitting):
    staff = UserFactory(staff=True)
    second = AgendaItemFactory(sitting=sitting)

    second.rise(by=staff)

    assert list(sitting.items.in_order())[0] == second
    with pytest.raises(Refused, match="déjà le premier"):
        second.rise(by=staff)


def test_a_dossier_leaves_the_agenda_until_the_convocation(sitting, secretary, deliberation):
    sitting.items.get().remove(by=secretary)

    assert not sitting.items.exists()
    item = AgendaItem.add(by=secretary, sitting=sitting, deliberation=deliberation)
    sitting.convene(by=secretary)
    with pytest.raises(Refused):
        item.remove(by=secretary)


def test_opening_an_item_counts_the_quorum_and_opens_the_deliberation():
    room = room_of(4)
    away = room.seat(here=False)
    ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])

    room.item.open(by=room.chair.user)

    item = room.item
    assert (item.composition, item.present, item.represented, item.needed) == (5, 4, 1, 3)
    assert room.deliberation.status == "open"
    assert [e.verb for e in Event.objects.about(room.deliberation)][-1] == "agendaitem.opened"


def test_an_interested_member_does_not_make_the_quorum():
    room = room_of(3)
    for seat in room.members:
        InterestFactory(deliberation=room.deliberation, seat=seat)

    with pytest.raises(Refused, match="1 voix présentes ou représentées sur 3"):
        room.item.open(by=room.chair.user)


def test_one_item_is_open_at_a_time():
    room = room_of(3)
    second = AgendaItemFactory(sitting=room.sitting)
    DeclarationFactory(person=room.chair.user, up_to=second.deliberation)
    room.item.open(by=room.chair.user)

    with pytest.raises(Refused, match="déjà en cours d’examen"):
        second.open(by=room.chair.user)
    with pytest.raises(IntegrityError, match="agendaitem_one_open_per_sitting"):
        AgendaItemFactory(sitting=room.sitting, open=True)
