from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from base.calendar import today
from base.lifecycle import Refused
from coaching.models import Coach
from journal.models import Event
from tests.factories import CoachAssignmentFactory, CoachFactory, UserFactory


def test_the_team_enrols_a_coach(team):
    user = UserFactory()

    coach = Coach.enrol(by=team, user=user, expertise=["law"], days_per_month=3)

    assert (coach.user, coach.expertise, coach.days_per_month) == (user, ["law"], 3)
    assert [event.verb for event in Event.objects.about(coach)] == ["coach.enrolled"]


def test_nobody_else_enrols_a_coach():
    with pytest.raises(Refused, match="Seule l’équipe"):
        Coach.enrol(by=UserFactory(), user=UserFactory())


def test_a_person_is_a_coach_once(team):
    coach = CoachFactory()

    with pytest.raises(Refused, match="déjà coach"):
        Coach.enrol(by=team, user=coach.user)


def test_an_unknown_area_is_refused(team):
    with pytest.raises(ValidationError):
        Coach.enrol(by=team, user=UserFactory(), expertise=["astrology"])


def test_coaches_describe_themselves():
    coach = CoachFactory()

    coach.describe(by=coach.user, presentation="Designer.", days_per_month=6)

    coach.refresh_from_db()
    assert (coach.presentation, coach.days_per_month) == ("Designer.", 6)
    assert [event.verb for event in Event.objects.about(coach)] == ["coach.described"]


def test_nobody_describes_another_coach():
    with pytest.raises(Refused, match="pas le vôtre"):
        CoachFactory().describe(by=UserFactory(), presentation="Autre.")


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        ({"project_limit": 1}, "suivrait 2 projets à la fois, pour une limite de 1"),
        ({"days_per_month": 1}, "donnerait 2 jours par mois, pour une offre de 1 jour"),
    ],
)
def test_an_offer_never_falls_below_what_is_promised(profile, sentence):
    coach = CoachFactory()
    CoachAssignmentFactory.create_batch(2, coach=coach, accepted=True)

    with pytest.raises(Refused, match=sentence):
        coach.describe(by=coach.user, **profile)

    coach.refresh_from_db()
    assert (coach.project_limit, coach.days_per_month) == (3, 4)


def test_a_full_coach_may_still_close_the_door():
    coach = CoachFactory(project_limit=1)
    CoachAssignmentFactory(coach=coach, accepted=True)

    coach.describe(by=coach.user, available=False)

    assert not Coach.objects.get(pk=coach.pk).available


def test_the_load_counts_what_runs_today():
    coach = CoachFactory()
    CoachAssignmentFactory.create_batch(2, coach=coach, accepted=True)
    CoachAssignmentFactory(coach=coach)
    CoachAssignmentFactory(coach=coach, ended=True)

    loaded = Coach.objects.with_load(on=today()).get(pk=coach.pk)

    assert (loaded.days_used, loaded.projects_used) == (2, 2)
    assert (loaded.days_left, loaded.projects_left, loaded.is_full) == (2, 1, False)


@pytest.mark.parametrize(
    "profile",
    [
        {"available": False},
        {"project_limit": 1},
        {"days_per_month": 1},
        {"available_from": date(2999, 1, 1)},
        {"available_until": date(2001, 1, 1)},
    ],
)
def test_a_coach_without_room_is_not_offered(profile):
    coach = CoachFactory()
    CoachAssignmentFactory(coach=coach, accepted=True)
    Coach.objects.filter(pk=coach.pk).update(**profile)
    free = CoachFactory()

    assert list(Coach.objects.with_room(on=today())) == [free]
    assert Coach.objects.room(on=today()) == {"coaches": 1, "projects": free.project_limit}


@pytest.mark.parametrize(
    ("profile", "constraint"),
    [
        ({"days_per_month": 23}, "coach_days_fit_a_month"),
        ({"project_limit": 21}, "coach_project_limit_is_human"),
        (
            {"available_from": date(2026, 2, 1), "available_until": date(2026, 1, 1)},
            "coach_is_available_before_leaving",
        ),
    ],
)
def test_a_profile_holds_in_the_database(profile, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CoachFactory(**profile)


RIGHTS = {
    "coach": {"visible_to", "describable_by"},
    "staff": {"visible_to", "describable_by"},
    "superuser": {"visible_to", "describable_by"},
}


@pytest.mark.parametrize("right", ["visible_to", "describable_by"])
def test_rights_on_a_profile(right, people, assignment):
    granted = {
        who: getattr(Coach.objects, right)(user).contains(assignment.coach)
        for who, user in people.items()
    }

    assert granted == {who: right in RIGHTS.get(who, set()) for who in people}
