from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from base.calendar import today
from coaching.forms import RequestForm
from coaching.matching import shortlist
from coaching.models import ActionItem, Coach, CoachAssignment, Note, Session
from tests.factories import (
    ActionItemFactory,
    CoachAssignmentFactory,
    CoachFactory,
    NoteFactory,
    SessionFactory,
    UserFactory,
)


@pytest.fixture
def written(leader):
    """A session as a coach types it."""
    return {
        "submission": str(uuid4()),
        "held_on": today().isoformat(),
        "minutes": "90",
        "shared_summary": "Nous avons relu les entretiens.",
        "private_note": "Elle doute.",
        "audience": "author",
        "title_1": "Appeler la DDT",
        "owner_1": str(leader.pk),
        "due_on_1": (today() + timedelta(days=7)).isoformat(),
    }


def page(response):
    return response.content.decode()


def test_a_coach_accepts_in_one_click(project, signed_in):
    assignment = CoachAssignmentFactory(project=project)

    signed_in(assignment.coach.user).post(reverse("coaching:acceptance", args=[assignment.pk]))

    assert CoachAssignment.objects.get(pk=assignment.pk).status == "accepted"


def test_a_full_coach_is_told_why_in_a_sentence(signed_in):
    coach = CoachFactory(project_limit=1)
    CoachAssignmentFactory(coach=coach, accepted=True)
    proposal = CoachAssignmentFactory(coach=coach)

    response = signed_in(coach.user).post(reverse("coaching:acceptance", args=[proposal.pk]))

    assert response.status_code == 409
    assert "suivrait 2 projets à la fois" in page(response)


def test_a_coach_declines_with_a_reason(signed_in):
    assignment = CoachAssignmentFactory()
    client = signed_in(assignment.coach.user)
    url = reverse("coaching:refusal", args=[assignment.pk])

    assert client.post(url, {"decline_reason": ""}).status_code == 422
    client.post(url, {"decline_reason": "Trop de projets."})

    assert CoachAssignment.objects.get().decline_reason == "Trop de projets."


def test_the_team_withdraws_a_proposal(team, signed_in):
    assignment = CoachAssignmentFactory()

    signed_in(team).post(
        reverse("coaching:withdrawal", args=[assignment.pk]), {"close_reason": "Erreur."}
    )

    assert CoachAssignment.objects.get().status == "withdrawn"


def test_the_team_ends_an_assignment(team, assignment, signed_in):
    signed_in(team).post(
        reverse("coaching:end", args=[assignment.pk]), {"close_reason": "Projet transféré."}
    )

    assert CoachAssignment.objects.get().status == "ended"


def test_a_coach_logs_a_session_in_one_form(assignment, written, leader, signed_in):
    url = reverse("coaching:session-new", args=[assignment.pk])

    response = signed_in(assignment.coach.user).post(url, written)

    session = Session.objects.get()
    assert response.url == session.get_absolute_url()
    assert Note.objects.get().text == "Elle doute."
    assert [(a.title, a.owner) for a in session.actions.all()] == [("Appeler la DDT", leader)]


def test_a_form_sent_twice_leads_to_the_same_session(assignment, written, signed_in):
    client = signed_in(assignment.coach.user)
    url = reverse("coaching:session-new", args=[assignment.pk])

    assert client.post(url, written).url == client.post(url, written).url
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"minutes": "0"}, "minutes", 422),
        ({"minutes": "mille"}, "minutes", 422),
        ({"held_on": "hier"}, "held_on", 422),
        ({"shared_summary": " "}, "shared_summary", 422),
        ({"shared_summary": "x" * 4001}, "shared_summary", 422),
        ({"due_on_1": ""}, "due_on_1", 422),
        ({"owner_1": ""}, "owner_1", 422),
        ({"title_1": ""}, "title_1", 422),
        ({"due_on_1": "2001-01-01"}, "due_on_1", 422),
        ({"private_note": "\x00"}, "private_note", 422),
        ({"held_on": "2001-01-01"}, "__all__", 409),
    ],
)
def test_a_wrong_session_keeps_what_was_typed(wrong, field, status, assignment, written, signed_in):
    url = reverse("coaching:session-new", args=[assignment.pk])
    second = {f"{part}_2": written[f"{part}_1"] for part in ("owner", "due_on")}
    second["title_2"] = "Relire"

    response = signed_in(assignment.coach.user).post(url, written | second | wrong)

    assert response.status_code == status
    assert field in response.context["form"].errors
    assert "Nous avons relu" in page(response) or "shared_summary" in wrong
    assert 'value="Relire"' in page(response)
    assert not Session.objects.exists()


def test_an_action_of_a_stranger_is_not_offered(assignment, written, signed_in):
    url = reverse("coaching:session-new", args=[assignment.pk])

    response = signed_in(assignment.coach.user).post(url, written | {"owner_1": UserFactory().pk})

    assert "owner_1" in response.context["form"].errors


def test_an_action_is_ticked_and_ticked_off(assignment, leader, signed_in):
    action = ActionItemFactory(session=SessionFactory(assignment=assignment), owner=leader)
    client = signed_in(leader)

    client.post(reverse("coaching:completion", args=[action.pk]))
    assert ActionItem.objects.get().done_by == leader
    client.post(reverse("coaching:reopening", args=[action.pk]))

    assert ActionItem.objects.get().done_by is None


def test_who_may_see_but_not_tick_is_told_why(team, assignment, signed_in):
    action = ActionItemFactory(session=SessionFactory(assignment=assignment))

    response = signed_in(team).post(reverse("coaching:completion", args=[action.pk]))

    assert response.status_code == 409
    assert "n’est pas la vôtre" in page(response)


def test_a_coach_keeps_a_note_to_themself(assignment, signed_in):
    note = NoteFactory(session=SessionFactory(assignment=assignment), audience="coaches")

    signed_in(note.author).post(reverse("coaching:narrowing", args=[note.pk]))

    assert Note.objects.get().audience == "author"


def test_a_note_that_one_cannot_read_does_not_exist(team, assignment, signed_in):
    note = NoteFactory(session=SessionFactory(assignment=assignment), audience="coaches")

    response = signed_in(team).post(reverse("coaching:narrowing", args=[note.pk]))

    assert response.status_code == 404


def test_coaches_write_their_profile(signed_in):
    coach = CoachFactory()

    signed_in(coach.user).post(
        reverse("coaching:profile"),
        {
            "presentation": "Designer.",
            "expertise": ["design", "law"],
            "days_per_month": "2.5",
            "project_limit": "2",
        },
    )

    coach.refresh_from_db()
    assert (coach.presentation, coach.expertise, coach.days_per_month, coach.available) == (
        "Designer.",
        ["design", "law"],
        2.5,
        False,
    )


def test_a_profile_below_its_promises_is_refused_with_what_was_typed(signed_in):
    coach = CoachAssignmentFactory(accepted=True).coach

    response = signed_in(coach.user).post(
        reverse("coaching:profile"),
        {"presentation": "Plus rien.", "days_per_month": "0", "project_limit": "3"},
    )

    assert response.status_code == 409
    assert "Plus rien." in page(response)
    assert Coach.objects.get().days_per_month == 4


def test_the_team_enrols_a_coach_by_address(team, signed_in):
    user = UserFactory()
    client, url = signed_in(team), reverse("coaching:enrolment")
    offer = {"expertise": ["law"], "days_per_month": "3", "project_limit": "2"}

    unknown = client.post(url, offer | {"email": "personne@example.fr"})
    client.post(url, offer | {"email": user.email.upper()})
    again = client.post(url, offer | {"email": user.email})

    assert (unknown.status_code, again.status_code) == (422, 409)
    assert Coach.objects.get().user == user


@pytest.fixture
def choice(project):
    """What the form of the proposal page posts, for the usual request."""
    asked = RequestForm(project, {})
    assert asked.is_valid()
    found = shortlist(asked.request())
    return {"coach": found.ranked[0].coach.pk, "reasons": "Elle sait.", "shown": found.digest}


@pytest.fixture
def two_coaches():
    return CoachFactory.create_batch(2)


def test_the_team_proposes_a_coach_of_the_list(two_coaches, choice, project, team, signed_in):
    url = reverse("coaching:proposal-new", args=[project.slug])

    response = signed_in(team).post(url, choice)

    assert response.status_code == 302
    assert CoachAssignment.objects.get().coach in two_coaches


def test_a_list_that_has_changed_is_read_again(two_coaches, choice, project, team, signed_in):
    CoachFactory()
    client, url = signed_in(team), reverse("coaching:proposal-new", args=[project.slug])

    response = client.post(url, choice)

    assert response.status_code == 422
    assert "Le classement a changé" in page(response)
    assert "Elle sait." in page(response)
    assert client.post(url, choice | {"shown": response.context["found"].digest}).url


@pytest.mark.parametrize("missing", ["coach", "reasons"])
def test_a_proposal_names_a_coach_and_says_why(
    missing, two_coaches, choice, project, team, signed_in
):
    url = reverse("coaching:proposal-new", args=[project.slug])

    response = signed_in(team).post(url, choice | {missing: ""})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [missing])


@pytest.mark.parametrize(
    "query",
    ["starts_on=demain", "starts_on=2026-01-02&last_day=2026-01-01", "starts_on=&days_budget=-1"],
)
def test_a_request_that_makes_no_sense_gets_a_sentence(query, project, team, signed_in):
    url = reverse("coaching:proposal-new", args=[project.slug])

    assert signed_in(team).get(f"{url}?{query}").status_code == 422


def test_coaches_are_filtered_by_name_area_and_room(team, signed_in):
    lawyer = CoachFactory(expertise=["law"], user__last_name="Moreau")
    CoachFactory(expertise=["data"], user__last_name="Petit", available=False)
    client, url = signed_in(team), reverse("coaching:coach-list")

    for query in ["q=moreau", "domaine=law", "place=oui"]:
        response = client.get(f"{url}?{query}")
        assert list(response.context["page"]) == [lawyer]
