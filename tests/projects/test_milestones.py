from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.calendar import is_working_day, today
from base.lifecycle import Refused
from journal.models import Event
from notifications.models import Message
from projects.models import Milestone, Term
from projects.schedule import plan
from tests.factories import (
    MembershipFactory,
    MilestoneFactory,
    ProjectFactory,
    TermFactory,
    UserFactory,
)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def leader():
    return UserFactory()


@pytest.fixture
def term(leader):
    return ProjectFactory(leader=leader, running=True).terms.get()


@pytest.fixture
def milestone(term):
    return MilestoneFactory(term=term)


def test_the_plan_counts_back_from_the_end_on_working_days():
    days = plan(date(2026, 8, 31), date(2027, 2, 28))

    assert days == {
        "kick_off": date(2026, 9, 7),
        "research": date(2026, 11, 27),
        "booking": date(2027, 1, 14),
        "papers": date(2027, 1, 22),
        "committee": date(2027, 1, 29),
    }


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("months", [1, 2, 6, 10, 12])
def test_every_plan_falls_on_working_days_of_the_term(month, months):
    anchor = date(2027, month, 28)
    year, after = divmod(month - 1 + months, 12)

    days = plan(anchor, date(2027 + year, after + 1, 28))

    assert [day for day in days.values() if not is_working_day(day)] == []
    assert min(days.values()) >= anchor


def test_a_day_chosen_for_the_committee_moves_its_papers():
    days = plan(date(2026, 8, 31), date(2027, 2, 28), committee_on=date(2027, 1, 20))

    assert (days["committee"], days["papers"]) == (date(2027, 1, 20), date(2027, 1, 13))


def test_a_new_plan_moves_neither_what_is_done_nor_what_was_moved_by_hand(staff, leader):
    project = ProjectFactory(leader=leader, anchor=date(2026, 8, 31), running=True)
    term = project.terms.get()
    papers = term.milestones.get(kind="papers")
    committee = term.milestones.get(kind="committee")
    committee.move_to(by=staff, due_on=date(2027, 2, 1))

    proposed = term.plan_changes(date(2027, 1, 20))
    term.replan(by=staff, committee_on=date(2027, 1, 20))

    assert proposed == [(papers, date(2027, 1, 13))]
    committee.refresh_from_db()
    papers.refresh_from_db()
    assert (committee.due_on, papers.due_on) == (date(2027, 2, 1), date(2027, 1, 13))
    assert [e.verb for e in Event.objects.about(project)] == ["milestone.moved", "term.replanned"]
    assert [(m.recipient, m.notice) for m in Message.objects.all()] == [
        (leader, "projects/term_replanned")
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 1, 13), "45 à 30 jours"),
        (date(2027, 1, 30), "45 à 30 jours"),
        (date(2027, 1, 24), "pas ouvré"),
    ],
)
def test_the_committee_sits_in_its_window_on_a_working_day(staff, day, why):
    term = TermFactory(project__anchor=date(2026, 8, 31))

    with pytest.raises(Refused, match=why):
        term.replan(by=staff, committee_on=day)


def test_a_term_that_ended_is_not_planned_again(staff):
    term = TermFactory(project__anchor=date(2020, 1, 1))

    with pytest.raises(Refused, match="jusqu’à sa fin"):
        term.replan(by=staff, committee_on=date(2020, 5, 20))


def test_the_team_reports_a_milestone_and_the_incubator_reviews_it(milestone, leader, staff):
    milestone.report_on(by=leader, report="Douze entretiens menés.")
    milestone.review(by=staff, verdict="go")

    assert (milestone.status, milestone.verdict) == ("reviewed", "go")
    assert [e.verb for e in Event.objects.about(milestone.term.project)] == [
        "milestone.reported",
        "milestone.reviewed",
    ]


def test_a_late_report_is_accepted_and_its_lateness_said(term, leader):
    milestone = MilestoneFactory(term=term, due_on=today() - timedelta(days=3))

    milestone.report_on(by=leader, report="Enfin.")

    assert milestone.days_late == 3
    assert Event.objects.about(term.project).get().detail["lateness"] == "3"


@pytest.mark.parametrize("report", ["", "  \n"])
def test_a_report_says_something(milestone, leader, report):
    with pytest.raises(Refused, match="Écrivez"):
        milestone.report_on(by=leader, report=report)


def test_a_milestone_is_reported_once(milestone, leader):
    milestone.report_on(by=leader, report="Fait.")

    with pytest.raises(Refused, match="déjà rendu"):
        milestone.report_on(by=leader, report="Refait.")


def test_what_the_review_carries_out_is_not_reported_by_hand(term, leader):
    with pytest.raises(Refused):
        term.milestones.get(kind="papers").report_on(by=leader, report="Voici.")


def test_nobody_reports_in_the_teams_place(milestone, staff):
    for user in [
        staff,
        UserFactory(),
        MembershipFactory(project=milestone.term.project, coach=True).user,
    ]:
        with pytest.raises(Refused):
            milestone.report_on(by=user, report="Fait.")


def test_what_must_be_done_again_is_planned_again(milestone, leader, staff):
    milestone.report_on(by=leader, report="Trois entretiens.")
    again_on = today() + timedelta(days=20)

    milestone.review(by=staff, verdict="revise", comment="Il en faut dix.", again_on=again_on)

    assert (milestone.resumption.title, milestone.resumption.due_on) == (
        milestone.title,
        again_on,
    )
    assert milestone.resumption.status == "planned"


def test_what_must_be_done_again_says_what_and_when(milestone, leader, staff):
    milestone.report_on(by=leader, report="Trois entretiens.")

    with pytest.raises(Refused, match="ce qu’il faut reprendre"):
        milestone.review(by=staff, verdict="revise", comment="Il en faut dix.")


def test_an_overdue_milestone_without_report_can_only_be_missed(term, staff):
    milestone = MilestoneFactory(term=term, due_on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="être manqué"):
        milestone.review(by=staff, verdict="go")

    milestone.review(by=staff, verdict="missed")

    assert (milestone.status, milestone.reported_at) == ("reviewed", None)


def test_a_milestone_to_come_awaits_no_review(milestone, staff):
    with pytest.raises(Refused, match="n’attend pas d’avis"):
        milestone.review(by=staff, verdict="missed")


def test_the_team_does_not_review_itself(milestone, leader):
    milestone.report_on(by=leader, report="Fait.")

    with pytest.raises(Refused):
        milestone.review(by=leader, verdict="go")


def test_an_intrapreneur_adds_and_moves_milestones(term, leader):
    milestone = Milestone.add(term, by=leader, title="Démonstration", due_on=today())
    milestone.move_to(by=leader, due_on=today() + timedelta(days=2))

    assert (milestone.due_on, milestone.moved_by) == (today() + timedelta(days=2), leader)
    assert not Milestone.objects.followed_by_the_plan().contains(milestone)


def test_other_members_neither_add_nor_move_milestones(term, milestone):
    developer = MembershipFactory(project=term.project, role="developer").user

    with pytest.raises(Refused, match="plan revient"):
        Milestone.add(term, by=developer, title="Démonstration", due_on=today())
    with pytest.raises(Refused, match="déplacé"):
        milestone.move_to(by=developer, due_on=today())


def test_a_milestone_stays_in_its_term(term, milestone, leader):
    for day in [term.starts_on - timedelta(days=1), term.ends_on]:
        with pytest.raises(Refused, match="jour du mandat"):
            milestone.move_to(by=leader, due_on=day)
        with pytest.raises(Refused, match="jour du mandat"):
            Milestone.add(term, by=leader, title="Démonstration", due_on=day)


def test_a_reported_milestone_does_not_move(milestone, leader):
    milestone.report_on(by=leader, report="Fait.")

    with pytest.raises(Refused, match="ne peut plus être déplacé"):
        milestone.move_to(by=leader, due_on=today())


@pytest.mark.parametrize(
    ("traits", "change", "constraint"),
    [
        ({"kind": "kick_off"}, {"kind": "research"}, "milestone_planned_once"),
        ({}, {"moved_at": timezone.now()}, "milestone_moved_by_someone"),
        ({}, {"status": "reported"}, "milestone_reported_as_its_status_says"),
        ({"reported": True}, {"report": " "}, "milestone_reported_as_its_status_says"),
        ({"reported": True}, {"status": "reviewed"}, "milestone_reviewed_as_its_status_says"),
        ({"reported": True}, {"verdict": "go"}, "milestone_reviewed_as_its_status_says"),
    ],
)
def test_the_database_refuses_a_status_without_its_stamps(traits, change, constraint):
    milestone = MilestoneFactory(**traits)
    MilestoneFactory(term=milestone.term, kind="research")

    with pytest.raises(IntegrityError, match=constraint):
        Milestone.objects.filter(pk=milestone.pk).update(**change)


def test_the_database_refuses_to_send_back_without_a_word(milestone, staff):
    Milestone.objects.filter(pk=milestone.pk).update(
        status="reported", report="Fait.", reported_at=timezone.now(), reported_by=staff
    )

    with pytest.raises(IntegrityError, match="milestone_sent_back_says_why"):
        Milestone.objects.filter(pk=milestone.pk).update(
            status="reviewed", verdict="revise", reviewed_at=timezone.now(), reviewed_by=staff
        )


def test_a_term_lays_down_each_kind_once(term):
    with pytest.raises(IntegrityError, match="milestone_planned_once_per_term_and_kind"):
        Term.objects.get(pk=term.pk).plan_milestones()
