"""A subject before its committee: frozen, guarded, opened, withdrawn."""

import pytest
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from calls.models import Application
from committees.models import Deliberation
from journal.models import Event, Snapshot
from tests.factories import (
    ApplicationFactory,
    DeliberationFactory,
    EntityFactory,
    InterestFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def team():
    return UserFactory(staff=True)


@pytest.fixture
def application():
    return ApplicationFactory(admissible=True)


def test_examining_freezes_the_subject_and_prepares_its_deliberation(application, team):
    round = RoundFactory()

    deliberation = application.examine(by=team, round=round)

    assert application.status == Application.Status.EXAMINED
    assert (deliberation.round, deliberation.status) == (round, Deliberation.Status.PREPARED)
    assert deliberation.snapshot == Snapshot.objects.about(application).order_by("pk").last()
    assert deliberation.snapshot.is_genuine
    assert deliberation.people == str(application.author)
    assert [e.verb for e in Event.objects.about(deliberation)] == ["deliberation.prepared"]
    assert Event.objects.about(application).last().verb == "application.examined"


def test_nobody_is_put_before_a_committee_after_the_hard_close(application, team):
    with pytest.raises(Refused, match="clos"), transaction.atomic():
        application.examine(by=team, round=RoundFactory(closed=True))

    application.refresh_from_db()
    assert application.status != Application.Status.EXAMINED
    assert not Deliberation.objects.exists()


def test_a_member_puts_nothing_before_the_committee(application):
    with pytest.raises(Refused):
        application.examine(by=SeatFactory(chair=True).user, round=RoundFactory())


def test_who_carries_the_subject_is_kept_away_even_when_seated_later(application, team):
    deliberation = application.examine(by=team, round=RoundFactory())
    SeatFactory(committee=deliberation.committee, user=application.author, declared=deliberation)

    interest = deliberation.interests.get(person=application.author)

    assert (interest.status, interest.effect) == ("suspected", "exclusion")
    assert interest.reason == "Cette personne porte la candidature."
    assert not Deliberation.objects.visible_to(application.author).exists()


@pytest.mark.parametrize(
    ("distance", "levels_up", "suspected"),
    [(0, 0, True), (0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True)],
)
def test_members_of_the_same_service_or_near_above_are_suspected(
    distance, levels_up, suspected, team
):
    services = [EntityFactory(name="Direction")]
    for name in ("Sous-direction", "Bureau"):
        services.append(EntityFactory(name=name, parent=services[-1]))
    application = ApplicationFactory(admissible=True, entity=services[-1])
    round = RoundFactory(committee__interest_distance=distance)
    near = SeatFactory(committee=round.committee, user__entity=services[2 - levels_up])
    SeatFactory(committee=round.committee, user__entity=EntityFactory(name="Ailleurs"))
    SeatFactory(committee=round.committee)

    deliberation = application.examine(by=team, round=round)

    people = {i.person for i in deliberation.interests.all()} - {application.author}
    assert people == ({near.user} if suspected else set())


def test_a_reason_says_what_was_detected(team):
    above = EntityFactory(name="Direction")
    service = EntityFactory(name="Bureau", parent=above)
    round = RoundFactory()
    same = SeatFactory(committee=round.committee, user__entity=service)
    boss = SeatFactory(committee=round.committee, user__entity=above)

    deliberation = ApplicationFactory(admissible=True, entity=service).examine(by=team, round=round)

    reasons = dict(deliberation.interests.values_list("person", "reason"))
    assert reasons[same.user.pk] == "Travaille dans le même service\u00a0: Bureau."
    assert reasons[boss.user.pk] == "Travaille à Direction, dans la même hiérarchie que Bureau."


def test_a_deliberation_opens_resumes_and_says_when(team):
    deliberation = DeliberationFactory()

    deliberation.open(by=team)

    assert deliberation.status == Deliberation.Status.OPEN
    assert deliberation.opened_at is not None
    assert Event.objects.about(deliberation).get().verb == "deliberation.opened"
    with pytest.raises(Refused):
        deliberation.open(by=team)


def test_an_interested_conductor_opens_nothing(team):
    deliberation = DeliberationFactory()
    InterestFactory(deliberation=deliberation, person=team, effect="exclusion")

    with pytest.raises(Refused):
        deliberation.open(by=team)


@pytest.mark.parametrize("traits", [{}, {"open": True}, {"adjourned": True}])
def test_a_withdrawn_subject_leaves_its_deliberation_without_object(traits, team):
    deliberation = DeliberationFactory(**traits)

    deliberation.withdraw(by=team)

    assert deliberation.status == Deliberation.Status.VOID
    assert Event.objects.about(deliberation).get().verb == "deliberation.withdrawn"


def test_a_concluded_deliberation_is_not_withdrawn(team):
    with pytest.raises(Refused):
        DeliberationFactory(concluded=True).withdraw(by=team)


def test_a_subject_is_before_one_committee_at_a_time():
    deliberation = DeliberationFactory()

    with pytest.raises(IntegrityError, match="deliberation_live_once_per_subject"):
        DeliberationFactory(subject=deliberation.subject)


def test_a_round_examines_a_version_once():
    deliberation = DeliberationFactory(status="void")

    with pytest.raises(IntegrityError, match="deliberation_once_per_round_and_snapshot"):
        DeliberationFactory(subject=deliberation.subject, round=deliberation.round)


@pytest.mark.parametrize("fields", [{"status": "open"}, {"open": True, "status": "prepared"}])
def test_the_database_refuses_a_deliberation_whose_stamps_lie(fields):
    with pytest.raises(IntegrityError, match="deliberation_opened_at_once_opened"):
        DeliberationFactory(**fields)
