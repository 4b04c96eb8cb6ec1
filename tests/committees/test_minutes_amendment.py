"""Words of the minutes changed before the signature, and the dissents that follow them."""

import pytest
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from committees.models import Dissent, Minutes, MinutesAmendment
from journal.models import Event
from tests.committees.room import decided, room_of
from tests.factories import (
    DissentFactory,
    InterestFactory,
    MinutesAmendmentFactory,
    MinutesFactory,
    UserFactory,
)


@pytest.fixture
def room():
    """A sitting of three voices that decided on a dossier, and is over."""
    room = room_of(3)
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)
    return room


@pytest.fixture
def minutes(room):
    return Minutes.generate(by=room.secretary.user, sitting=room.sitting)


def amend(minutes, by, *, heading="Séance", text="La séance s’est tenue.", **more):
    section = next(one for one in minutes.amended() if one.heading == heading)
    words = {"read": section.text, "reason": "Une coquille."} | more
    return MinutesAmendment.make(by=by, minutes=minutes, section=section, text=text, **words)


def test_an_amendment_changes_the_words_and_keeps_both_texts(room, minutes):
    before = minutes.snapshot

    amendment = amend(minutes, room.secretary.user)

    minutes.refresh_from_db()
    assert minutes.snapshot.sections[0] == ["Séance", "La séance s’est tenue."]
    assert (amendment.before, amendment.after) == (before.sections[0][1], "La séance s’est tenue.")
    assert minutes.snapshot.digest != before.digest
    assert minutes.snapshot.is_genuine
    assert minutes.generated == before
    assert {part.kind for part in amendment.parts()} >= {"gone", "new"}


def test_amendments_follow_one_another_and_the_last_is_dropped_first(room, minutes):
    first = amend(minutes, room.secretary.user)
    second = amend(minutes, room.chair.user, text="La séance s’est bien tenue.")

    with pytest.raises(Refused, match="plus récent"):
        first.drop(by=room.chair.user)
    second.drop(by=room.chair.user)

    minutes.refresh_from_db()
    assert minutes.snapshot.sections[0][1] == "La séance s’est tenue."
    with pytest.raises(Refused, match="abandonné"):
        second.drop(by=room.chair.user)


def test_nobody_amends_a_text_that_they_did_not_read(room, minutes):
    with pytest.raises(Refused, match="vient de changer"):
        amend(minutes, room.chair.user, read="Autre chose.")


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"reason": " "}, "minutes_amendment_is_reasoned"),
        ({"text": None}, "minutes_amendment_changes_something"),
    ],
)
def test_an_amendment_changes_something_for_a_reason(room, minutes, more, name):
    if "text" in more:
        more = {"text": minutes.snapshot.sections[0][1]}

    with pytest.raises(IntegrityError, match=name):
        amend(minutes, room.chair.user, **more)


@pytest.mark.parametrize("who", ["member", "staff"])
def test_minutes_are_amended_by_the_chair_or_the_secretary(room, minutes, who):
    user = UserFactory(staff=True) if who == "staff" else room.members[0].user

    with pytest.raises(Refused, match="n’est pas de votre ressort"):
        amend(minutes, user)


def test_signed_minutes_are_not_amended(room, minutes):
    amendment = amend(minutes, room.secretary.user)
    minutes.sign(by=room.chair.user)

    with pytest.raises(Refused, match="est signé"):
        amend(minutes, room.secretary.user, text="Autre chose.")
    with pytest.raises(Refused, match="est signé"):
        amendment.drop(by=room.secretary.user)


def test_writing_again_asks_what_becomes_of_the_amendments(room, minutes):
    amend(minutes, room.secretary.user)

    with pytest.raises(Refused, match="garder ou les abandonner"):
        Minutes.generate(by=room.secretary.user, sitting=room.sitting)


def test_amendments_are_kept_where_their_words_are_still_there(room, minutes):
    kept = amend(minutes, room.secretary.user)
    lost = amend(minutes, room.secretary.user, heading="Présences", text="Tous.")
    room.members[0].user.last_name = "Nouveau"
    room.members[0].user.save()

    minutes = Minutes.generate(by=room.chair.user, sitting=room.sitting, amendments="keep")

    sections = dict(minutes.snapshot.sections)
    assert sections["Séance"] == "La séance s’est tenue."
    assert "Nouveau" in sections["Présences"]
    assert list(minutes.amendments.standing()) == [kept]
    lost.refresh_from_db()
    assert lost.dropped_by == room.chair.user


def test_amendments_are_dropped_on_demand(room, minutes):
    written = minutes.snapshot
    amend(minutes, room.secretary.user)

    minutes = Minutes.generate(by=room.chair.user, sitting=room.sitting, amendments="drop")

    assert minutes.snapshot == written
    assert not minutes.amendments.standing().exists()


def test_an_excluded_secretary_neither_sees_nor_drops_the_amendment_of_their_item(room):
    secretary = room.secretary.user
    InterestFactory(deliberation=room.deliberation, person=secretary, seat=None, effect="exclusion")
    minutes = Minutes.generate(by=secretary, sitting=room.sitting)
    about = str(room.deliberation)
    amendment = amend(minutes, room.chair.user, heading=about, text="Rien à dire.")

    Minutes.generate(by=secretary, sitting=room.sitting)

    assert list(minutes.amendments.standing()) == [amendment]
    assert list(MinutesAmendment.objects.visible_to(secretary)) == []
    assert list(MinutesAmendment.objects.visible_to(room.chair.user)) == [amendment]
    assert [one.heading for one in minutes.amended_for(secretary)] == ["Séance", "Présences"]


def test_a_dissent_follows_the_words_of_its_item(room, minutes):
    member = room.members[1]

    Dissent.record(by=member.user, item=room.item, text="L’impact n’est pas établi.")

    minutes.refresh_from_db()
    said = minutes.snapshot.sections[-1][1].split("\n")[-1].replace("\u00a0", " ")
    assert said == f"Opinion dissidente de {member.user} (membre) : L’impact n’est pas établi."
    assert minutes.snapshot.is_genuine


def test_a_dissent_waits_for_the_minutes_and_survives_their_rewriting(room):
    Dissent.record(by=room.members[1].user, item=room.item, text="Trop tôt.")
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    amend(minutes, room.chair.user, heading=str(room.deliberation), text="Bref.")
    Minutes.generate(by=room.secretary.user, sitting=room.sitting, amendments="keep")

    minutes.refresh_from_db()
    assert minutes.snapshot.sections[-1][1].startswith("Bref.\nOpinion dissidente de ")


def test_a_dissent_is_written_anew_then_taken_back(room, minutes):
    before = minutes.snapshot
    Dissent.record(by=room.members[1].user, item=room.item, text="Trop tôt.")
    dissent = Dissent.record(by=room.members[1].user, item=room.item, text="Trop tard.")

    assert Dissent.objects.get().text == "Trop tard."
    with pytest.raises(Refused, match="pas la vôtre"):
        dissent.withdraw(by=room.chair.user)
    dissent.withdraw(by=room.members[1].user)

    minutes.refresh_from_db()
    assert minutes.snapshot == before
    assert Event.objects.filter(verb="dissent.withdrawn").count() == 1


@pytest.mark.parametrize("who", ["secretary", "absent", "abstaining", "excluded", "staff"])
def test_who_took_no_part_in_an_examination_has_no_dissent(who):
    room = room_of(3)
    absent = room.seat(here=False).user
    away = {effect: room.seat().user for effect in ["abstention", "exclusion"]}
    for effect, user in away.items():
        InterestFactory(deliberation=room.deliberation, person=user, seat=None, effect=effect)
    decided(room)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    people = {
        "secretary": room.secretary.user,
        "absent": absent,
        "abstaining": away["abstention"],
        "excluded": away["exclusion"],
        "staff": UserFactory(staff=True),
    }

    with pytest.raises(Refused, match="pas pris part"):
        Dissent.record(by=people[who], item=room.item, text="Trop tôt.")


def test_a_dissent_waits_for_the_decision():
    room = room_of(3)
    room.item.open(by=room.chair.user)

    with pytest.raises(Refused, match="pas pris part"):
        Dissent.record(by=room.members[0].user, item=room.item, text="Trop tôt.")


def test_signed_minutes_take_no_dissent(room, minutes):
    dissent = Dissent.record(by=room.members[1].user, item=room.item, text="Trop tôt.")
    minutes.sign(by=room.chair.user)

    with pytest.raises(Refused, match="est signé"):
        Dissent.record(by=room.members[0].user, item=room.item, text="Trop tôt.")
    with pytest.raises(Refused, match="est signé"):
        dissent.withdraw(by=room.members[1].user)


def test_a_dissent_is_one_s_own_until_the_minutes_are_signed(room, minutes):
    dissent = Dissent.record(by=room.members[1].user, item=room.item, text="Trop tôt.")

    def readers():
        people = [room.chair, room.secretary, *room.members]
        return {s.user for s in people if Dissent.objects.visible_to(s.user).contains(dissent)}

    draft = readers()
    minutes.sign(by=room.chair.user)
    minutes.sign(by=room.secretary.user)
    assert draft == {room.chair.user, room.secretary.user, room.members[1].user}
    assert readers() == draft | {room.members[0].user}


@pytest.mark.parametrize("make", [MinutesAmendmentFactory, DissentFactory])
def test_the_database_keeps_the_words_of_signed_minutes(make):
    minutes = MinutesFactory()
    own = (
        {"minutes": minutes}
        if make is MinutesAmendmentFactory
        else {"item__sitting": minutes.sitting}
    )
    kept = make(**own)
    minutes.signatures.create(capacity="chair", signed_by=UserFactory())

    for change in [
        kept.delete,
        lambda: type(kept).objects.filter(pk=kept.pk).update(id=kept.pk),
        lambda: make(**own),
    ]:
        with pytest.raises(IntegrityError, match="signed minutes never"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda d: DissentFactory(item=d.item, seat=d.seat), "dissent_once_per_member"),
        (lambda d: Dissent.objects.update(text=" "), "dissent_says_something"),
    ],
)
def test_the_database_keeps_dissents_straight(change, name):
    dissent = DissentFactory()

    with pytest.raises(IntegrityError, match=name):
        change(dissent)


def test_the_database_says_who_dropped_an_amendment():
    amendment = MinutesAmendmentFactory()

    with pytest.raises(IntegrityError, match="minutes_amendment_dropped_at_goes_with"):
        MinutesAmendment.objects.filter(pk=amendment.pk).update(dropped_by=UserFactory())


def test_two_people_sign(room, minutes):
    minutes.sign(by=room.chair.user)

    with pytest.raises(IntegrityError, match="signature_by_two_people"):
        minutes.signatures.create(capacity="secretary", signed_by=room.chair.user)
