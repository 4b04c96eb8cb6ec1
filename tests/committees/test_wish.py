import pytest

from base.lifecycle import Refused
from committees.models import Wish
from committees.models.expertise import subjects
from journal.models import Event
from tests.factories import (
    DeclarationFactory,
    InterestFactory,
    RoundFactory,
    SeatFactory,
    UserFactory,
)
from tests.factories.staffing import (
    ExpertiseFactory,
)


@pytest.fixture
def seat(round, dossiers):
    seat = SeatFactory(committee=round.committee)
    DeclarationFactory(person=seat.user, up_to=dossiers[-1], round=round)
    return seat


def wishes(seat):
    return dict(seat.wishes.values_list("deliberation", "leaning"))


def test_a_member_who_declared_says_what_they_would_rather_review(round, dossiers, seat):
    Wish.express(round, by=seat.user, leanings={dossiers[0]: "wanted", dossiers[1]: "unwanted"})
    Wish.express(round, by=seat.user, leanings={dossiers[0]: "", dossiers[1]: "wanted"})

    assert wishes(seat) == {dossiers[1].pk: "wanted"}
    assert [e.verb for e in Event.objects.about(round)] == ["wishes.expressed"] * 2


UNFIT = {
    "who has not declared": lambda round, dossiers: SeatFactory(committee=round.committee).user,
    "an observer": lambda round, dossiers: (
        SeatFactory(committee=round.committee, observer=True, declared=dossiers[-1]).user
    ),
    "a stranger": lambda round, dossiers: UserFactory(),
    "the team": lambda round, dossiers: UserFactory(staff=True),
    "who has an interest": lambda round, dossiers: InterestFactory(deliberation=dossiers[0]).person,
}


@pytest.mark.parametrize("who", UNFIT)
def test_a_wish_is_not_heard_from(who, round, dossiers):
    with pytest.raises(Refused):
        Wish.express(round, by=UNFIT[who](round, dossiers), leanings={dossiers[0]: "wanted"})

    assert not Wish.objects.exists()


def test_a_wish_comes_too_late_once_the_round_is_closed(seat):
    closed = RoundFactory(closed=True, committee=seat.committee)

    with pytest.raises(Refused):
        Wish.express(closed, by=seat.user, leanings={})


def test_the_team_says_what_a_seat_brings_and_bears(seat):
    team = UserFactory(staff=True)
    ExpertiseFactory(seat=seat, subject="work")

    seat.qualify(by=team, max_load=4, letter="SG/2026/118", subjects=["housing", "culture"])

    seat.refresh_from_db()
    assert (seat.max_load, seat.letter) == (4, "SG/2026/118")
    assert sorted(map(str, seat.expertises.all())) == ["culture et sport", "logement et ville"]
    assert Event.objects.about(seat.committee).get().verb == "seat.qualified"
    with pytest.raises(Refused):
        seat.qualify(by=seat.user, max_load=1, letter="", subjects=[])


@pytest.mark.parametrize(
    ("own", "rounds", "limit"), [(None, None, None), (4, 9, 4), (9, 4, 4), (0, None, 0)]
)
def test_the_least_maximum_counts(own, rounds, limit):
    assert SeatFactory(max_load=own).limit_in(RoundFactory(max_load=rounds)) == limit


def test_subjects_are_what_the_committee_may_examine():
    assert subjects()["housing"] == "logement et ville"
