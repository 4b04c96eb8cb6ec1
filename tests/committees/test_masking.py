"""Before a blind dossier is read by the members, a person checks that it tells nothing."""

import pytest
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from committees.models import Deliberation, Masking
from journal.models import Event, Snapshot
from tests.committees.test_permissions import assigned_chair, excluded_staff, interested, seated
from tests.factories import (
    ApplicationFactory,
    CallFactory,
    DeliberationFactory,
    EntityFactory,
    InterestFactory,
    MaskingFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


ANSWER = "Avec Lou Canari (lou.canari@exemple.fr, 06 12 34 56 78) du CANARIS."


@pytest.fixture
def team():
    return UserFactory(staff=True)


@pytest.fixture
def masking(team):
    """A dossier that names its author where no question asks for it, sent by the verb."""
    service = EntityFactory(name="Direction des canaris", acronym="CANARIS")
    author = UserFactory(first_name="Lou", last_name="Canari", email="lou.canari@exemple.fr")
    application = ApplicationFactory(
        call=CallFactory(questions=[{"kind": "long", "label": "Quel problème ?"}]),
        author=author,
        entity=service,
        admissible=True,
        answers={"q1": ANSWER},
    )
    return application.examine(by=team, round=RoundFactory(blind=True)).masking


def text_of(masking):
    return dict(Deliberation.objects.get().snapshot.sections)["Quel problème ?"]


def test_what_may_tell_is_found_with_the_reason(masking):
    found = {trace.passage: str(trace.why) for trace in masking.traces()}

    assert found == {
        "Lou Canari": "personne liée au dossier",
        "lou.canari@exemple.fr": "personne liée au dossier",
        "06 12 34 56 78": "numéro de téléphone",
        "CANARIS": "service qui porte le dossier",
    }


def test_a_passage_is_masked_in_another_frozen_version(masking, team):
    first = masking.original

    masking.mask(by=team, passages=["Lou Canari", "Lou", "CANARIS"])

    assert text_of(masking) == "Avec [masqué] (lou.canari@exemple.fr, 06 12 34 56 78) du [masqué]."
    assert Snapshot.objects.get(pk=first.pk).sections == first.sections
    assert Deliberation.objects.get().snapshot.is_genuine
    assert Event.objects.about(masking.deliberation).last().verb == "masking.changed"


def test_a_passage_taken_off_the_list_comes_back(masking, team):
    masking.mask(by=team, passages=["Lou Canari", "CANARIS"])
    masking.mask(by=team, passages=["CANARIS"])

    assert text_of(masking) == ANSWER.replace("CANARIS", "[masqué]")


@pytest.mark.parametrize("passage", ["Personne d’autre", "ou"])
def test_only_a_passage_of_the_dossier_is_masked(passage, masking, team):
    with pytest.raises(Refused):
        masking.mask(by=team, passages=[passage])

    assert text_of(masking) == ANSWER


def test_nobody_of_the_committee_reads_before_the_approval(masking, team):
    deliberation = masking.deliberation
    people = [
        seated(deliberation, **traits)
        for traits in [{"chair": True}, {}, {"secretary": True}, {"observer": True}]
    ]
    reading = Deliberation.objects.visible_to
    before = [reading(person).exists() for person in people]
    declared = [Deliberation.objects.declarable_by(person).exists() for person in people]

    masking.approve(by=team)

    assert (before, declared) == ([False] * 4, [False] * 4)
    assert [reading(person).exists() for person in people] == [False] * 4  # to declare again
    assert all(Deliberation.objects.declarable_by(person).exists() for person in people)
    assert Event.objects.about(deliberation).last().verb == "masking.approved"


def test_what_was_declared_before_answers_for_nothing_approved_since(team):
    round = RoundFactory(blind=True)
    first = DeliberationFactory(round=round, unchecked=True)
    second = DeliberationFactory(round=round)
    member = SeatFactory(committee=round.committee).user
    round.declare_interests(by=member, shown=[second.pk])

    first.masking.approve(by=team)

    assert list(Deliberation.objects.visible_to(member)) == [second]
    assert list(Deliberation.objects.declarable_by(member)) == [first]
    round.declare_interests(by=member, shown=[first.pk])
    assert set(Deliberation.objects.visible_to(member)) == {first, second}


def test_nobody_is_asked_nor_heard_before_the_approval(masking, team):
    rights = ["assignable_by", "openable_by", "schedulable_by"]
    before = [getattr(Deliberation.objects, right)(team).exists() for right in rights]

    masking.approve(by=team)

    after = [getattr(Deliberation.objects, right)(team).exists() for right in rights]
    assert (before, after) == ([False] * 3, [True] * 3)


PEOPLE = {
    "team": lambda d: UserFactory(staff=True),
    "secretary": lambda d: seated(d, secretary=True),
    "secretary who declared nothing": lambda d: seated(d, secretary=True, declared=False),
    "chair": lambda d: seated(d, chair=True),
    "chair to review": assigned_chair,
    "member": seated,
    "observer": lambda d: seated(d, observer=True),
    "former secretary": lambda d: seated(d, secretary=True, past=True),
    "abstaining secretary": lambda d: (
        InterestFactory(deliberation=d, person=seated(d, secretary=True), seat=None).person
    ),
    "abstaining team": lambda d: interested(d, person=UserFactory(staff=True)),
    "excluded team": excluded_staff,
    "secretary of another": lambda d: SeatFactory(secretary=True).user,
    "applicant": lambda d: d.subject.author,
}
CHECKERS = {"team", "secretary", "secretary who declared nothing"}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_checks_a_blind_dossier(who):
    masking = MaskingFactory()
    user = PEOPLE[who](masking.deliberation)

    rights = [
        getattr(Masking.objects, right)(user).contains(masking)
        for right in ["visible_to", "checkable_by"]
    ]

    assert rights == [who in CHECKERS] * 2


@pytest.mark.parametrize("verb", ["approve", "mask"])
def test_a_member_checks_nothing(verb):
    masking = MaskingFactory()
    given = {"passages": []} if verb == "mask" else {}

    with pytest.raises(Refused):
        getattr(masking, verb)(by=seated(masking.deliberation), **given)


@pytest.mark.parametrize("verb", ["approve", "mask"])
def test_what_is_approved_stays(verb, masking, team):
    masking.mask(by=team, passages=["CANARIS"])
    masking.approve(by=team)
    given = {"passages": []} if verb == "mask" else {}

    with pytest.raises(Refused, match="déjà vérifié"):
        getattr(masking, verb)(by=team, **given)

    masking.refresh_from_db()
    assert masking.passages == []  # what was masked names people: it is written no more
    assert "CANARIS" not in text_of(masking)


def test_the_database_keeps_what_was_approved(masking, team):
    masking.approve(by=team)
    other = Snapshot.take(masking.deliberation.subject, title="x", sections=[])

    with pytest.raises(IntegrityError, match="masking_stays_approved"), transaction.atomic():
        Masking.objects.update(approved_at=None, approved_by=None)
    with pytest.raises(IntegrityError, match="masking_stays_approved"), transaction.atomic():
        Masking.objects.all().delete()
    with pytest.raises(IntegrityError, match="deliberation_keeps_its_snapshot"):
        Deliberation.objects.update(snapshot=other)


def test_an_approval_has_its_person_and_its_instant(team):
    with pytest.raises(IntegrityError, match="masking_approved_at_and_by"):
        Masking.objects.filter(pk=MaskingFactory().pk).update(approved_by=team)


def test_a_dossier_withdrawn_keeps_no_list_of_what_was_masked(masking, team):
    masking.mask(by=team, passages=["CANARIS"])

    masking.deliberation.withdraw(by=team)

    masking.refresh_from_db()
    assert masking.passages == []


def test_a_round_that_is_not_blind_awaits_no_check(team):
    application = ApplicationFactory(admissible=True)

    application.examine(by=team, round=RoundFactory())

    assert not Masking.objects.exists()
