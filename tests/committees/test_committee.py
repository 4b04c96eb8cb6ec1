from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from base.calendar import today
from base.lifecycle import Refused
from committees.models import Committee, Deliberation, Seat
from journal.models import Event
from tests.factories import (
    CommitteeFactory,
    DeliberationFactory,
    EntityFactory,
    SeatFactory,
    UserFactory,
)


@pytest.fixture
def team():
    return UserFactory(staff=True)


def test_a_committee_is_founded_with_the_numbers_of_the_common_rule(team):
    committee = Committee.found(by=team, name="Comité de sélection")

    assert (committee.quorum_percent, committee.notice_days, committee.secrecy_minimum) == (
        50,
        5,
        5,
    )
    assert committee.casting_vote
    assert [e.verb for e in Event.objects.about(committee)] == ["committee.founded"]


def test_only_the_team_founds_a_committee():
    with pytest.raises(Refused):
        Committee.found(by=UserFactory(), name="Comité de sélection")

    assert not Committee.objects.exists()


def test_the_team_configures_a_committee(team):
    committee = CommitteeFactory()

    committee.configure(by=team, quorum_percent=60)

    committee.refresh_from_db()
    assert committee.quorum_percent == 60
    assert [e.verb for e in Event.objects.about(committee)] == ["committee.configured"]


def test_the_chair_does_not_configure_the_committee():
    chair = SeatFactory(chair=True)

    with pytest.raises(Refused):
        chair.committee.configure(by=chair.user, quorum_percent=10)


def test_a_number_out_of_its_bounds_is_refused_with_its_sentence(team):
    with pytest.raises(ValidationError, match="Le quorum va de 1 à 100"):
        CommitteeFactory().configure(by=team, quorum_percent=101)


@pytest.mark.parametrize(
    ("numbers", "rule"),
    [
        ({"quorum_percent": 0}, "committee_quorum_is_a_share"),
        ({"quorum_percent": 101}, "committee_quorum_is_a_share"),
        ({"notice_days": 61}, "committee_numbers_are_sensible"),
        ({"secrecy_minimum": 2}, "committee_numbers_are_sensible"),
        ({"interest_distance": 6}, "committee_numbers_are_sensible"),
        ({"proxies_per_holder": 2}, "committee_proxies_are_one_at_most"),
    ],
)
def test_the_database_refuses_senseless_numbers(numbers, rule):
    with pytest.raises(IntegrityError, match=rule):
        CommitteeFactory(**numbers)


def test_a_seat_is_given_from_a_day(team):
    committee, user = CommitteeFactory(), UserFactory()

    seat = committee.give_seat(by=team, user=user, capacity=Seat.Capacity.CHAIR, starts_on=today())

    assert list(Seat.objects.active_on(today()).chairs()) == [seat]
    assert not Seat.objects.active_on(today() - timedelta(days=1)).exists()
    assert [e.verb for e in Event.objects.about(committee)] == ["seat.given"]


def test_only_the_team_gives_and_ends_seats():
    chair = SeatFactory(chair=True)

    with pytest.raises(Refused):
        chair.committee.give_seat(
            by=chair.user, user=UserFactory(), capacity="member", starts_on=today()
        )
    with pytest.raises(Refused):
        chair.vacate(by=chair.user, on=today())


def test_whoever_is_seated_under_way_is_kept_from_the_dossiers_of_their_service(team):
    service = EntityFactory()
    deliberation = DeliberationFactory()
    deliberation.services.add(service)

    seat = deliberation.committee.give_seat(
        by=team, user=UserFactory(entity=service), capacity="member", starts_on=today()
    )

    assert [i.person for i in deliberation.interests.all()] == [seat.user]
    assert not Deliberation.objects.declarable_by(seat.user).exists()


def test_the_last_day_of_a_mandate_counts_and_the_next_one_does_not(team):
    seat = SeatFactory()

    seat.vacate(by=team, on=today())

    assert Seat.objects.active_on(today()).contains(seat)
    assert not Seat.objects.active_on(today() + timedelta(days=1)).contains(seat)
    assert Event.objects.about(seat.committee).get().verb == "seat.vacated"


def test_a_mandate_does_not_end_before_it_began(team):
    with pytest.raises(IntegrityError, match="seat_ends_after_it_starts"):
        SeatFactory(starts_on=today()).vacate(by=team, on=today() - timedelta(days=1))


def test_who_counts_as_what():
    committee = CommitteeFactory()
    seats = {
        capacity: SeatFactory(committee=committee, capacity=capacity) for capacity in Seat.Capacity
    }

    def of(queryset):
        return {capacity for capacity in seats if queryset.contains(seats[capacity])}

    assert of(Seat.objects.voting()) == {"chair", "member"}
    assert of(Seat.objects.reviewing()) == {"chair", "member", "substitute"}
    assert of(Seat.objects.conducting()) == {"chair", "secretary"}
    assert of(Seat.objects.chairs()) == {"chair"}
    assert [s.capacity for s in committee.seats.in_order()] == list(Seat.Capacity)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"ends_on": today() - timedelta(days=40)}, "seat_ends_after_it_starts"),
        ({"user": "same"}, "seat_one_per_person_at_a_time"),
        ({"chair": True}, "seat_one_chair_at_a_time"),
        ({"substitutes": "chair"}, "seat_only_a_substitute_substitutes"),
    ],
)
def test_the_database_refuses_a_seat(fields, rule):
    chair = SeatFactory(chair=True)
    known = {"same": chair.user, "chair": chair}
    fields = {key: known.get(value, value) for key, value in fields.items()}

    with pytest.raises(IntegrityError, match=rule):
        SeatFactory(committee=chair.committee, **fields)


def test_a_person_sits_again_after_a_mandate_ended():
    past = SeatFactory(chair=True, past=True)

    again = SeatFactory(committee=past.committee, user=past.user, chair=True, starts_on=today())

    assert list(past.committee.seats.active_on(today())) == [again]


PEOPLE = {
    "staff": lambda c: UserFactory(staff=True),
    "chair": lambda c: SeatFactory(committee=c, chair=True).user,
    "secretary": lambda c: SeatFactory(committee=c, secretary=True).user,
    "member": lambda c: SeatFactory(committee=c).user,
    "observer": lambda c: SeatFactory(committee=c, observer=True).user,
    "past chair": lambda c: SeatFactory(committee=c, chair=True, past=True).user,
    "chair of another committee": lambda c: SeatFactory(chair=True).user,
    "stranger": lambda c: UserFactory(),
}
RIGHTS = {
    "staff": {"visible_to", "conducted_by", "manageable_by"},
    "chair": {"visible_to", "conducted_by"},
    "secretary": {"visible_to", "conducted_by"},
    "member": {"visible_to"},
    "observer": {"visible_to"},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("right", ["visible_to", "conducted_by", "manageable_by"])
def test_rights_on_a_committee(who, right):
    committee = CommitteeFactory()
    user = PEOPLE[who](committee)

    granted = getattr(Committee.objects, right)(user).contains(committee)

    assert granted == (right in RIGHTS.get(who, set()))


def test_a_substitute_stands_in_for_a_voice_of_the_same_committee(team):
    committee = CommitteeFactory()

    with pytest.raises(Refused, match="Le siège suppléé"):
        committee.give_seat(
            by=team,
            user=UserFactory(),
            capacity="substitute",
            starts_on=today(),
            substitutes=SeatFactory(),
        )
