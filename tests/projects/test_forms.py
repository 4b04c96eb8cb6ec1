"""What a page answers to what is typed: done, 422 with the text kept, 409 with its sentence."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from base.calendar import today
from projects.models import Membership, Project, Promotion
from tests.factories import (
    ApplicationFactory,
    CommitteeFactory,
    MembershipFactory,
    MilestoneFactory,
    ProjectFactory,
    PromotionFactory,
    RoundFactory,
    UserFactory,
)


TEXTS = {"achievements": "a", "impact": "b", "learnings": "c", "request": "d"}


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def project(leader):
    return ProjectFactory(leader=leader, running=True)


@pytest.fixture
def milestone(project):
    return MilestoneFactory(term=project.terms.get())


@pytest.fixture
def send(client, project):
    """`send(user, page, **data)`: what a person posts to a page of the project."""

    def send(user, page, *args, **data):
        client.force_login(user)
        return client.post(reverse(f"projects:{page}", args=[project.slug, *args]), data)

    return send


def test_a_milestone_is_reported_on_its_page(send, leader, milestone):
    response = send(leader, "milestone", milestone.pk, report="Douze entretiens.")

    assertRedirects(response, milestone.term.project.milestones_url)
    milestone.refresh_from_db()
    assert milestone.report == "Douze entretiens."


def test_too_long_a_report_keeps_its_text(send, leader, milestone):
    text = "é" * 4001

    response = send(leader, "milestone", milestone.pk, report=text)

    assertContains(response, text, status_code=422)
    assertContains(response, "4\u00a0000", status_code=422)


def test_a_second_report_is_refused_with_its_sentence_and_keeps_its_text(send, leader, milestone):
    milestone.report_on(by=leader, report="Fait.")

    response = send(leader, "milestone", milestone.pk, report="Refait autrement.")

    assertContains(response, "Ce jalon est déjà rendu", status_code=409)
    assertContains(response, "Refait autrement.", status_code=409)


def test_a_newcomer_needs_an_account(send, leader, project):
    response = send(
        leader, "membership-new", email="inconnu@example.fr", role="developer", starts_on=today()
    )

    assertContains(response, "Personne n’a de compte à cette adresse", status_code=422)
    assert project.memberships.count() == 1


def test_a_newcomer_joins_by_the_address_of_the_account(send, leader, project):
    person = UserFactory(email="ada@example.gouv.fr")

    response = send(
        leader, "membership-new", email="ADA@example.gouv.fr", role="developer", starts_on=today()
    )

    assertRedirects(response, project.team_url)
    assert Membership.objects.filter(user=person, role="developer").exists()


def test_a_coach_is_not_welcomed_through_the_teams_form(send, leader):
    response = send(
        leader, "membership-new", email=UserFactory().email, role="coach", starts_on=today()
    )

    assert response.status_code == 422


def test_the_end_of_the_last_intrapreneur_is_refused_on_the_page(send, leader, project):
    membership = project.memberships.get()

    response = send(leader, "membership-end", membership.pk, on=today())

    assertContains(response, "au moins un intrapreneur", status_code=409)


def test_whoever_is_late_on_the_presentation_sees_both_texts_and_chooses(send, leader, project):
    project.present(by=leader, version=1, problem="Le texte de l’autre.")
    mine = {"title": project.title, "problem": "Mon texte."}

    late = send(leader, "presentation", version=1, **mine)
    knowingly = send(leader, "presentation", version=2, **mine)

    assertContains(late, "Le texte de l’autre.", status_code=409)
    assertContains(late, "Mon texte.", status_code=409)
    assertContains(late, 'name="version" value="2"', status_code=409)
    assert knowingly.status_code == 302
    project.refresh_from_db()
    assert project.problem == "Mon texte."


def test_a_review_is_saved_then_submitted_then_transmitted(send, leader, staff, project):
    round = RoundFactory(committee=project.promotion.committee)
    review = project.terms.get().review

    saved = send(leader, "term-review", version=1, **TEXTS)
    submitted = send(leader, "term-review-submission")
    transmitted = send(staff, "term-review-examination", review.pk, round=round.pk)

    assert [r.status_code for r in (saved, submitted, transmitted)] == [302, 302, 302]
    review.refresh_from_db()
    assert review.status == "examined"


def test_a_review_is_saved_as_one_types(send, leader, project):
    response = send(leader, "term-review-draft", version=1, achievements="Trois")

    assertContains(response, "Enregistré à")
    assertContains(response, 'value="2" hx-swap-oob="true"')
    assert project.terms.get().review.achievements == "Trois"


def test_a_stale_autosave_overwrites_nothing(send, leader, project):
    project.terms.get().review.save_draft(by=leader, version=1, impact="L’autre texte.")

    response = send(leader, "term-review-draft", version=1, impact="Le mien.")

    assertContains(response, "Une autre personne", status_code=409)
    assert project.terms.get().review.impact == "L’autre texte."


def test_the_answer_that_was_lost_is_no_conflict(send, leader):
    send(leader, "term-review-draft", version=1, **TEXTS)

    assert send(leader, "term-review-draft", version=1, **TEXTS).status_code == 200


def test_an_autosave_without_a_session_says_how_to_come_back(client, project):
    response = client.post(reverse("projects:term-review-draft", args=[project.slug]), TEXTS)

    assertContains(response, "reconnectez-vous", status_code=401)


def test_a_review_is_given_back_on_its_page(send, leader, staff, project):
    send(leader, "term-review", version=1, **TEXTS)
    send(leader, "term-review-submission")
    review = project.terms.get().review

    blank = send(staff, "term-review-return", review.pk, reason="")
    response = send(staff, "term-review-return", review.pk, reason="Chiffrez.")

    assert (blank.status_code, response.status_code) == (422, 302)


def test_a_plan_is_proposed_before_it_is_applied(client, staff, project):
    term = project.terms.get()
    day = term.ends_on - timedelta(days=40)
    while day.weekday() != 2:
        day += timedelta(days=1)
    client.force_login(staff)
    page = reverse("projects:plan", args=[project.slug])

    shown = client.get(page, {"committee_on": day.isoformat()})
    papers = term.milestones.get(kind="papers").due_on
    applied = client.post(page, {"committee_on": day.isoformat()})

    assertContains(shown, "Plan proposé")
    assert applied.status_code == 302
    assert term.milestones.get(kind="papers").due_on != papers
    assert term.milestones.get(kind="committee").due_on == day


def test_a_committee_out_of_its_window_is_refused_with_its_bounds(client, staff, project):
    client.force_login(staff)

    response = client.post(
        reverse("projects:plan", args=[project.slug]), {"committee_on": today().isoformat()}
    )

    assertContains(response, "45 à 30 jours avant la fin", status_code=409)


def test_consent_then_publication_by_their_buttons(send, leader, staff, project):
    send(leader, "consent")
    send(staff, "publish")

    assert Project.objects.public().contains(project)
    send(leader, "unpublish")
    assert not Project.objects.public().contains(project)


def test_a_refused_button_answers_409_with_the_way_back(send, staff, project):
    response = send(staff, "publish")

    assertContains(response, "accord de son équipe", status_code=409)
    assertContains(response, project.get_absolute_url(), status_code=409)


def test_a_promotion_is_created_published_and_filled(client, staff):
    client.force_login(staff)
    application = ApplicationFactory(selected=True, told=True)
    fields = {
        "name": "Promotion 7",
        "summary": "Sept produits.",
        "starts_on": "2026-08-31",
        "committee": CommitteeFactory().pk,
        "call": application.call.pk,
    }

    client.post(reverse("projects:team-promotion-new"), fields)
    client.post(reverse("projects:team-promotion-publication", args=["promotion-7"]))
    client.post(
        reverse("projects:team-promotion-opening", args=["promotion-7"]),
        {"applications": [application.pk], "anchor": "2026-08-31"},
    )

    promotion = Promotion.objects.public().get()
    assert promotion.projects.get().application == application


def test_two_promotions_of_one_name_are_refused_in_a_sentence(client, staff):
    client.force_login(staff)
    existing = PromotionFactory()
    fields = {
        "name": existing.name,
        "summary": "Sept produits.",
        "starts_on": "2026-08-31",
        "committee": existing.committee.pk,
    }

    response = client.post(reverse("projects:team-promotion-new"), fields)

    assertContains(response, "Une promotion porte déjà ce nom.", status_code=422)


def test_the_former_members_are_named_apart(client, leader, project):
    MembershipFactory(project=project, former=True, user__first_name="Ancienne")
    client.force_login(leader)

    response = client.get(project.team_url)

    assertContains(response, "Anciens membres")
