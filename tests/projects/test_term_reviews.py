from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.lifecycle import Refused
from committees.models import Deliberation
from journal.models import Event
from notifications.models import Message
from projects.models import Phase, TermReview
from tests.factories import (
    EntityFactory,
    IndicatorFactory,
    MembershipFactory,
    ObservationFactory,
    ProjectFactory,
    RoundFactory,
    TermReviewFactory,
    UserFactory,
)
from tests.projects.reviews import decided, examined


TEXTS = {
    "achievements": "Trois départements.",
    "impact": "Douze préfectures.",
    "learnings": "Les courriels ne suffisent pas.",
    "request": "Six mois de plus.",
}


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def project(leader):
    return ProjectFactory(leader=leader, anchor=date(2026, 8, 31), running=True)


@pytest.fixture
def draft(project):
    return project.terms.get().review


@pytest.fixture
def review(draft, leader):
    """A review handed in."""
    draft.save_draft(by=leader, version=1, **TEXTS)
    draft.submit(by=leader)
    return draft


def test_what_is_typed_is_kept_whole_or_not(draft, leader):
    version = draft.save_draft(by=leader, version=1, achievements="Trois")

    assert (version, draft.version, draft.achievements) == (2, 2, "Trois")
    assert draft.missing_parts() == [
        "ce que cela change",
        "ce que nous avons appris",
        "ce que nous demandons",
    ]


def test_a_stale_version_overwrites_nothing(draft, leader):
    draft.save_draft(by=leader, version=1, achievements="Trois")

    with pytest.raises(Refused, match="Une autre personne"):
        draft.save_draft(by=leader, version=1, achievements="Quatre")

    draft.refresh_from_db()
    assert draft.achievements == "Trois"


def test_a_whole_review_is_submitted_and_its_papers_are_in(review, project):
    assert review.status == "submitted"
    assert project.milestones().get(kind="papers").verdict == "go"
    assert [e.verb for e in Event.objects.about(review)] == ["termreview.submitted"]


def test_a_review_with_a_blank_part_is_not_submitted(draft, leader):
    draft.save_draft(by=leader, version=1, **TEXTS | {"impact": " "})

    with pytest.raises(Refused, match="Il manque : ce que cela change"):
        draft.submit(by=leader)


def test_a_submitted_review_is_read_not_written(review, leader):
    with pytest.raises(Refused, match="est remise"):
        review.save_draft(by=leader, version=review.version, impact="Treize.")
    with pytest.raises(Refused, match="déjà remise"):
        review.submit(by=leader)


def test_members_write_and_intrapreneurs_submit(draft, project):
    developer = MembershipFactory(project=project, role="developer").user
    draft.save_draft(by=developer, version=1, **TEXTS)

    with pytest.raises(Refused, match="remettre"):
        draft.submit(by=developer)
    with pytest.raises(Refused, match="écrire"):
        draft.save_draft(by=MembershipFactory(project=project, coach=True).user, version=2, **TEXTS)


def test_the_incubator_gives_a_review_back_and_says_why(review, leader, staff):
    review.send_back(by=staff, reason="Chiffrez l’impact.")

    assert (review.status, review.submitted_at) == ("draft", None)
    message = Message.objects.get(notice="projects/review_returned")
    assert (message.recipient, "Chiffrez l’impact." in message.body) == (leader, True)


def test_a_review_is_given_back_before_any_committee_reads_it(review, staff):
    examined(review)

    with pytest.raises(Refused, match="n’attend pas"):
        review.send_back(by=staff, reason="Chiffrez l’impact.")


def test_the_committee_reads_what_was_frozen(review, project):
    ObservationFactory(indicator=IndicatorFactory(project=project, name="Alertes", unit="alertes"))

    snapshot = examined(review).snapshot

    assert snapshot.title == "Alerte sécheresse, revue du mandat nº 1"
    headings = [heading for heading, _text in snapshot.sections]
    assert headings == [
        "Le mandat",
        "Ce que nous avons fait",
        "Ce que cela change",
        "Ce que nous avons appris",
        "Ce que nous demandons",
        "Jalons",
        "Indicateurs",
    ]
    assert "Alertes : 12 alertes" in dict(snapshot.sections)["Indicateurs"]


def test_the_whole_team_is_kept_away_its_coaches_included(review, project, leader):
    coach = MembershipFactory(project=project, coach=True, starts_on=date(2026, 9, 1)).user
    MembershipFactory(project=project, user=coach, role="other", starts_on=date(2026, 9, 1))
    gone = MembershipFactory(
        project=project, role="designer", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 1)
    ).user

    deliberation = examined(review)

    assert {i.person: i.reason for i in deliberation.interests.all()} == {
        leader: "Cette personne fait partie de l’équipe du projet (intrapreneur).",
        coach: "Cette personne fait partie de l’équipe du projet (coach, autre).",
        gone: "Cette personne fait partie de l’équipe du projet (design).",
    }


def test_the_services_of_the_project_and_of_its_people_are_named(review, project, leader):
    project.entity, leader.entity = EntityFactory(), EntityFactory()
    project.save()
    leader.save()

    services = TermReview.objects.get(pk=review.pk).services()

    assert {service.pk for service in services} == {project.entity.pk, leader.entity.pk}


@pytest.mark.parametrize(
    ("outcome", "last_day", "phase"),
    [
        ("extended", date(2027, 8, 30), Phase.INVESTIGATION),
        ("accelerated", date(2027, 8, 30), Phase.ACCELERATION),
        ("pivoted", date(2027, 8, 30), Phase.INVESTIGATION),
        ("transferred", date(2027, 2, 27), Phase.TRANSFERRED),
        ("stopped", date(2027, 2, 27), Phase.INCONCLUSIVE),
    ],
)
def test_the_decision_creates_what_comes_next(review, project, outcome, last_day, phase):
    decision = decided(review, outcome)

    assert review.status == outcome
    assert project.last_term().last_day == last_day
    assert project.phase_at(date(2027, 2, 27)) == Phase.INVESTIGATION
    assert project.phase_at(date(2027, 2, 28)) == phase
    assert decision.status == "notified"


def test_a_renewed_term_carries_its_decision_its_plan_and_its_review(review, project):
    decision = decided(review, "extended")

    term = project.last_term()
    assert (term.number, term.decision) == (2, decision)
    assert term.milestones.count() == 5
    assert term.review.status == "draft"


def test_a_project_in_construction_that_stops_is_abandoned(review, project, staff):
    project.change_phase(by=staff, phase=Phase.CONSTRUCTION, effective_on=date(2026, 10, 1))

    decided(review, "stopped")

    assert project.phase_at(date(2027, 2, 28)) == Phase.STOPPED


def test_the_whole_team_is_told_of_the_decision_with_its_reason(review, project, leader):
    coach = MembershipFactory(project=project, coach=True).user
    MembershipFactory(project=project, former=True)

    decided(review, "stopped", reason="Le problème n’existe plus.")

    messages = Message.objects.filter(notice="projects/term_decided").order_by("pk")
    assert [message.recipient for message in messages] == [leader, coach]
    assert "Le problème n’existe plus." in messages[0].body


def test_a_decision_that_replaces_a_stop_grants_the_term_and_corrects_the_phase(review, project):
    first = decided(review, "stopped")

    second = decided(review, "extended", supersedes=first)

    assert review.status == "extended"
    assert project.last_term().decision == second
    assert project.phase_at(date(2027, 2, 28)) == Phase.INVESTIGATION


def test_a_term_that_began_is_not_taken_back(review):
    first = decided(review, "extended")

    with pytest.raises(Refused, match="Impossible"):
        decided(review, "stopped", supersedes=first)


def test_a_review_joins_only_a_round_that_is_not_closed(review, staff):
    closed = RoundFactory(closed=True)

    with pytest.raises(Refused):
        review.examine(by=staff, round=closed)

    assert not Deliberation.objects.about(review).exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"submitted_at": timezone.now()}, "termreview_submitted_by_someone_unless_draft"),
        ({"status": "submitted"}, "termreview_submitted_by_someone_unless_draft"),
    ],
)
def test_the_database_refuses_a_status_without_its_stamps(draft, change, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        TermReview.objects.filter(pk=draft.pk).update(**change, **TEXTS)


def test_the_database_refuses_a_submitted_review_with_a_blank_part():
    with pytest.raises(IntegrityError, match="termreview_submitted_says_everything"):
        TermReviewFactory(submitted=True, impact="")
