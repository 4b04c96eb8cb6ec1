from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.calendar import today
from coaching.matching import Request, shortlist
from coaching.models import Expertise
from tests.factories import (
    CoachAssignmentFactory,
    CoachFactory,
    EntityFactory,
    MembershipFactory,
    ProjectFactory,
    UserFactory,
)


@pytest.fixture
def request_for(project):
    def build(**asked):
        asked = {"starts_on": today(), "days_budget": 2, "needs": frozenset(), **asked}
        return Request.until(today() + timedelta(days=180), project=project, **asked)

    return build


def rejections(request):
    return [reason for rejection in shortlist(request).rejected for reason in rejection.reasons]


def test_at_least_two_coaches_are_offered_when_they_exist(request_for):
    CoachFactory.create_batch(3)

    assert len(shortlist(request_for()).ranked) == 3


def test_the_terms_of_a_score_add_up_to_its_total(request_for):
    CoachFactory(expertise=["product", "design", "law"])

    candidate = shortlist(request_for(needs=frozenset({"product", "law"}))).ranked[0]

    assert [term.value for term in candidate.terms] == [40, 30, 0, 0]
    assert candidate.total == 70


def test_expertise_in_common_ranks_first(request_for):
    other = CoachFactory(expertise=["law"])
    expert = CoachFactory(expertise=["data"])

    ranked = shortlist(request_for(needs=frozenset({"data"}))).ranked

    assert [candidate.coach for candidate in ranked] == [expert, other]


def test_a_lighter_load_ranks_first(request_for):
    busy = CoachAssignmentFactory(accepted=True, coach=CoachFactory(days_per_month=10)).coach
    free = CoachFactory(days_per_month=10)

    ranked = shortlist(request_for()).ranked

    assert [(c.coach, c.terms[1].value) for c in ranked] == [(free, 30), (busy, 27)]


def test_a_coach_of_the_promotion_ranks_first(request_for, project):
    elsewhere = CoachAssignmentFactory(accepted=True).coach
    neighbour = ProjectFactory(promotion=project.promotion)
    inside = CoachAssignmentFactory(accepted=True, project=neighbour).coach

    ranked = shortlist(request_for()).ranked

    assert [candidate.coach for candidate in ranked] == [inside, elsewhere]
    assert ranked[0].terms[2].reason == "Accompagne 1 autre projet de la promotion."


def test_the_former_coach_of_the_project_is_known_to_it(request_for, project):
    former = CoachAssignmentFactory(project=project, ended=True).coach

    (candidate,) = shortlist(request_for()).ranked

    assert (candidate.coach, candidate.terms[3].value) == (former, 10)


def test_a_coach_with_enough_projects_is_set_aside(request_for):
    CoachAssignmentFactory(accepted=True, coach=CoachFactory(project_limit=1))

    assert rejections(request_for()) == ["N’a plus de place à cette période : 1 sur 1 projets."]


def test_a_coach_without_enough_days_is_set_aside(request_for):
    CoachAssignmentFactory(accepted=True, days_budget=3)

    assert rejections(request_for()) == ["N’a plus que 1 jour par mois sur 4 jours."]


def test_a_coach_is_free_again_after_an_assignment(request_for):
    CoachAssignmentFactory(accepted=True, days_budget=3, ends_on=today())

    assert rejections(request_for()) == []


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ({"available": False}, "N’accepte pas de nouveau projet."),
        ({"available_from": today() + timedelta(days=1)}, "N’est disponible qu’à partir du"),
        ({"available_until": today() + timedelta(days=179)}, "N’est disponible que jusqu’au"),
    ],
)
def test_an_unavailable_coach_is_set_aside(request_for, profile, reason):
    CoachFactory(**profile)

    (said,) = rejections(request_for())

    assert said.startswith(reason)


def test_a_coach_available_to_the_last_day_is_offered(request_for):
    CoachFactory(available_from=today(), available_until=today() + timedelta(days=180))

    assert rejections(request_for()) == []


def test_a_coach_of_the_same_service_is_set_aside(request_for, project):
    direction = EntityFactory()
    project.entity = direction
    CoachFactory(user__entity=EntityFactory(parent=direction))
    elsewhere = CoachFactory(user__entity=EntityFactory())

    found = shortlist(request_for())

    assert [candidate.coach for candidate in found.ranked] == [elsewhere]
    assert found.rejected[0].reasons == ("Travaille dans le même service que le projet.",)


def test_a_coach_who_declined_is_set_aside(request_for, project):
    CoachAssignmentFactory(project=project, declined=True)

    assert rejections(request_for()) == ["A déjà décliné ce projet."]


def test_a_coach_already_asked_is_set_aside(request_for, project):
    CoachAssignmentFactory(project=project)

    assert rejections(request_for()) == ["Ce projet lui est déjà proposé, sa réponse est attendue."]


def test_the_present_coach_is_set_aside(request_for, project):
    CoachAssignmentFactory(project=project, accepted=True)

    assert rejections(request_for()) == ["Accompagne déjà ce projet à ces dates."]


def test_the_present_coach_may_follow_on(request_for, project):
    assignment = CoachAssignmentFactory(project=project, accepted=True, ends_on=today())

    (candidate,) = shortlist(request_for()).ranked

    assert candidate.coach == assignment.coach


def test_a_member_of_the_team_is_set_aside(request_for, project):
    CoachFactory(user=MembershipFactory(project=project, role="designer").user)

    assert rejections(request_for()) == ["Fait partie de l’équipe du projet."]


def test_an_inactive_account_is_set_aside(request_for):
    CoachFactory(user=UserFactory(is_active=False))

    assert rejections(request_for()) == ["N’a plus de compte actif."]


def test_two_years_on_a_project_may_be_excused(request_for, project):
    coach = CoachAssignmentFactory(
        project=project, ended=True, starts_on=today() - timedelta(days=600)
    ).coach

    found = shortlist(request_for())

    assert found.rejected[0].reasons == (
        "Dépasserait deux ans sur ce projet, sauf dérogation écrite.",
    )
    assert found.proposable() == [coach]
    assert found.objection_to(coach, exception="") != ""
    assert found.objection_to(coach, exception="Personne d’autre.") == ""


def test_two_objections_are_not_excusable(request_for, project):
    coach = CoachFactory(available=False)
    CoachAssignmentFactory(
        project=project, ended=True, coach=coach, starts_on=today() - timedelta(days=600)
    )

    assert shortlist(request_for()).proposable() == []


def test_a_list_that_changes_changes_its_digest(request_for):
    CoachFactory()
    before = shortlist(request_for()).digest

    CoachFactory()

    assert shortlist(request_for()).digest != before


def test_the_same_request_gives_the_same_list(request_for):
    CoachFactory.create_batch(3)

    assert shortlist(request_for()).digest == shortlist(request_for()).digest


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    needs=st.frozensets(st.sampled_from(Expertise.values)),
    knows=st.sets(st.sampled_from(Expertise.values)),
    offer=st.decimals(min_value=2, max_value=22, places=1),
)
def test_every_score_is_the_sum_of_its_integers(request_for, needs, knows, offer):
    coach = CoachFactory(expertise=sorted(knows), days_per_month=offer)

    found = shortlist(request_for(needs=needs))
    candidate = next(c for c in found.ranked if c.coach == coach)

    assert candidate.total == sum(term.value for term in candidate.terms)
    assert candidate.terms[0].value == 20 * len(needs & knows)
    coach.delete()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_shortlist_asks_as_many_questions_for_one_coach_as_for_thirty(
    count, request_for, django_assert_num_queries
):
    for coach in CoachFactory.create_batch(count):
        CoachAssignmentFactory(accepted=True, coach=coach)
    request = request_for()

    with django_assert_num_queries(3):
        shortlist(request)
