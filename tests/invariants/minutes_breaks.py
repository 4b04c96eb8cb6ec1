"""The rules of hearings and minutes, each broken once on purpose; see `tests.invariants.breaks`."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import (
    AgendaItemFactory,
    DissentFactory,
    HearingFactory,
    MinutesAmendmentFactory,
    MinutesFactory,
    RectificationFactory,
    SeatFactory,
)
from tests.invariants.breaks import breaks
from tests.spoiling import spoil


@breaks("committees")
def a_dossier_is_heard_in_the_sitting_of_its_agenda():
    HearingFactory()
    yield
    yield [HearingFactory(item=AgendaItemFactory()).pk]


@breaks("committees")
def nobody_is_heard_in_a_blind_round():
    hearing = HearingFactory()
    yield
    spoil(
        "UPDATE committees_round SET blind = true WHERE id = %s", hearing.item.deliberation.round_id
    )
    yield [hearing.pk]


@breaks("committees")
def hearings_are_held_on_the_day_of_their_sitting():
    slot = HearingFactory().slot
    yield
    spoil("UPDATE committees_hearingslot SET starts_at = '2001-01-01' WHERE id = %s", slot.pk)
    yield [slot.pk]


@breaks("committees")
def minutes_are_made_of_their_records():
    minutes = MinutesFactory()
    amendment = MinutesAmendmentFactory(minutes=minutes)
    minutes.compose()
    yield
    spoil("UPDATE committees_minutesamendment SET after = 'Autre.' WHERE id = %s", amendment.pk)
    yield [minutes.pk]


@breaks("committees")
def two_people_sign_minutes():
    minutes = MinutesFactory(signed=True)
    yield
    one = minutes.signatures.first().signed_by_id
    spoil(
        "UPDATE committees_signature SET signed_by_id = %s WHERE minutes_id = %s",
        one,
        minutes.pk,
        without=["signature_by_two_people"],
    )
    yield [minutes.pk]


@breaks("committees")
def an_amendment_precedes_the_signature():
    amendment = MinutesAmendmentFactory()
    amendment.minutes.signatures.create(capacity="chair", signed_by=amendment.amended_by)
    yield
    later = timezone.now() + timedelta(days=1)
    spoil(
        "UPDATE committees_minutesamendment SET amended_at = %s WHERE id = %s", later, amendment.pk
    )
    yield [amendment.pk]


@breaks("committees")
def a_dissent_is_of_a_voice_of_the_committee():
    voiceless, strayed = DissentFactory(), DissentFactory()
    yield
    spoil("UPDATE committees_seat SET capacity = 'observer' WHERE id = %s", voiceless.seat_id)
    spoil("UPDATE committees_dissent SET seat_id = %s WHERE id = %s", SeatFactory().pk, strayed.pk)
    yield [voiceless.pk, strayed.pk]


@breaks("committees")
def rectifications_are_numbered_without_a_gap():
    act = RectificationFactory()
    yield
    spoil("UPDATE committees_rectification SET number = 2 WHERE id = %s", act.pk)
    yield [act.minutes_id]


@breaks("committees")
def rectifications_follow_signed_minutes():
    early, strayed = RectificationFactory(), RectificationFactory()
    yield
    sitting = early.minutes.sitting_id
    spoil("UPDATE committees_sitting SET status = 'closed' WHERE id = %s", sitting)
    spoil(
        "UPDATE committees_rectification SET item_id = %s WHERE id = %s",
        AgendaItemFactory().pk,
        strayed.pk,
    )
    yield [early.pk, strayed.pk]


@breaks("committees")
def two_people_sign_a_rectification():
    act = RectificationFactory(signed=True)
    yield
    one = act.signatures.first().signed_by_id
    spoil(
        "UPDATE committees_rectificationsignature SET signed_by_id = %s"
        " WHERE rectification_id = %s",
        one,
        act.pk,
        without=["rectification_signature_by_two_people"],
    )
    yield [act.pk]
