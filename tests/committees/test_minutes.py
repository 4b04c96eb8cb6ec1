import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from base.lifecycle import Refused
from base.wording import clock
from committees.models import Interest, Minutes, Signature
from journal.models import Event
from notifications.models import Message
from tests.committees.room import room_of
from tests.factories import InterestFactory, MinutesFactory, ProxyFactory, UserFactory


@pytest.fixture
def room():
    """A sitting of four voices: one by proxy, one kept away; a decision, then the end."""
    room = room_of(4)
    away = room.seat(here=False)
    ProxyFactory(sitting=room.sitting, principal=away, holder=room.members[0])
    InterestFactory(deliberation=room.deliberation, seat=room.members[2])
    room.item.open(by=room.chair.user)
    ballot = room.ballot()
    room.vote(ballot, ["for", "for", "against"])
    ballot.cast(by=room.members[0].user, choice="for", seat=away)
    ballot.close(by=room.chair.user)
    ballot.proclaim(by=room.chair.user)
    room.deliberation.conclude(by=room.chair.user, outcome="selected")
    room.sitting.close(by=room.chair.user)
    return room


def text_of(minutes, heading):
    return dict(minutes.snapshot.sections)[str(heading)].replace("\u00a0", " ")


def test_the_minutes_say_what_the_records_say(room):
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)

    chair, first, second, third = [room.chair, *room.members]
    presences = text_of(minutes, "Présences")
    examination = text_of(minutes, room.deliberation)
    assert f"{chair.user} (présidence) : sur place de" in presences
    assert f"absence, pouvoir donné à {first.user}." in presences
    assert room.deliberation.snapshot.digest in examination
    assert "Présents : 3. Représentés : 1. Composition : 5. Quorum atteint : 3." in examination
    ended = clock(Event.objects.get(verb="deliberation.concluded").at)
    span = f"de {clock(room.item.opened_at)} à {ended}".replace("\u00a0", " ")
    assert f"{third.user} ne prend pas part à l’examen, {span} (abstention" in examination
    assert "Pour : 3. Contre : 1. Abstentions : 0. N’ont pas pris part au vote : 0." in examination
    assert "Résultat : proposition adoptée." in examination
    assert f"{second.user} : contre. Trop tôt." in examination
    assert f"par pouvoir à {first.user} : pour." in examination
    assert "Décision : candidature retenue (favorable)." in examination
    assert minutes.snapshot.is_genuine


def test_the_minutes_say_a_late_declaration_and_a_cancelled_ballot():
    room = room_of(4)
    room.item.open(by=room.chair.user)
    room.ballot().cancel(by=room.chair.user, reason="La question était ambiguë.")
    ballot = room.ballot()
    room.vote(ballot, ["for", "for", "for", "for"])
    room.deliberation.declare_interest(
        by=room.members[0].user, effect=Interest.Effect.EXCLUSION, reason="Un cousin y travaille."
    )
    ballot.close(by=room.chair.user)
    room.item.postpone(by=room.chair.user, reason="Il manque une pièce.")
    room.sitting.close(by=room.chair.user)

    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)

    examination = text_of(minutes, room.deliberation)
    assert "Scrutin annulé : La question était ambiguë." in examination
    assert "Scrutin annulé : Il manque une pièce." in examination
    assert "Examen reporté : Il manque une pièce." in examination
    assert "Un cousin y travaille" not in examination


def test_the_minutes_of_an_adjourned_sitting_say_why():
    room = room_of(3, here=False)
    room.sitting.adjourn(by=room.chair.user)

    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)

    assert "Ajournée faute de quorum" in text_of(minutes, "Séance")
    assert "non examiné pendant la séance" in text_of(minutes, room.deliberation)


def test_the_minutes_are_in_french_whoever_clicks(room):
    with translation.override("en"):
        minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)

    assert minutes.snapshot.title.startswith("Procès-verbal de la séance du ")
    assert "(présidence)" in text_of(minutes, "Présences")


def test_the_chair_and_the_secretary_are_asked_to_sign_once(room):
    Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    Minutes.generate(by=room.chair.user, sitting=room.sitting)

    messages = Message.objects.filter(notice="committees/minutes_to_sign")
    assert {m.recipient for m in messages} == {room.chair.user, room.secretary.user}
    assert messages.count() == 2


@pytest.mark.parametrize("who", ["member", "staff"])
def test_minutes_are_written_by_the_chair_or_the_secretary(room, who):
    user = UserFactory(staff=True) if who == "staff" else room.members[0].user

    with pytest.raises(Refused, match="n’est pas de votre ressort"):
        Minutes.generate(by=user, sitting=room.sitting)


def test_minutes_wait_for_the_end_of_the_sitting():
    room = room_of(3)

    with pytest.raises(Refused, match="n’est pas levée"):
        Minutes.generate(by=room.chair.user, sitting=room.sitting)


def test_two_signatures_end_the_life_of_a_sitting(room):
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)

    minutes.sign(by=room.chair.user)
    room.sitting.refresh_from_db()
    assert room.sitting.status == "closed"
    minutes.sign(by=room.secretary.user)

    room.sitting.refresh_from_db()
    assert room.sitting.status == "signed"
    assert [s.capacity for s in minutes.signatures.order_by("pk")] == ["chair", "secretary"]


def test_nobody_signs_twice_or_without_a_capacity(room):
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    minutes.sign(by=room.chair.user)

    for user in [room.chair.user, room.members[0].user, UserFactory(staff=True)]:
        with pytest.raises(Refused, match="Vous avez déjà signé"):
            minutes.sign(by=user)


def test_signed_minutes_are_not_written_again(room):
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    minutes.sign(by=room.chair.user)

    with pytest.raises(Refused, match="déjà signé"):
        Minutes.generate(by=room.secretary.user, sitting=room.sitting)


def test_the_database_keeps_signed_minutes_and_signatures(room):
    minutes = MinutesFactory()
    Minutes.objects.filter(pk=minutes.pk).update(generated_by=room.chair.user)
    signature = minutes.signatures.create(capacity="chair", signed_by=room.chair.user)

    for change in [
        lambda: Minutes.objects.filter(pk=minutes.pk).update(generated_by=room.secretary.user),
        minutes.delete,
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    for change in [lambda: Signature.objects.update(capacity="secretary"), signature.delete]:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("capacity", "name"),
    [("chair", "signature_once_per_capacity"), ("member", "signature_of_the_chair_or")],
)
def test_the_database_counts_the_signatures(capacity, name):
    minutes = MinutesFactory()
    person = UserFactory()
    minutes.signatures.create(capacity="chair", signed_by=person)

    with pytest.raises(IntegrityError, match=name):
        minutes.signatures.create(capacity=capacity, signed_by=person)


def test_an_excluded_reader_finds_the_minutes_without_their_item(room):
    minutes = Minutes.generate(by=room.secretary.user, sitting=room.sitting)
    excluded = InterestFactory(
        deliberation=room.deliberation, effect=Interest.Effect.EXCLUSION
    ).person

    assert [h for h, _text in minutes.sections_for(excluded)] == ["Séance", "Présences"]
    assert [h for h, _text in minutes.sections_for(room.chair.user)] == [
        "Séance",
        "Présences",
        str(room.deliberation),
    ]
