"""Projects in bulk, from the selected dossiers: teams, terms, milestones, figures, sessions."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from base.calendar import months_after, today
from base.search import plain
from coaching.models import Coach, CoachAssignment, Session
from incubator.volume.stage import people
from projects.models import (
    Indicator,
    Membership,
    Milestone,
    Observation,
    PhaseChange,
    Project,
    Promotion,
    Term,
    TermReview,
)


DAY = timedelta(days=1)
BATCH = 2000
PER_COACH = 10
TITLES = [
    ("kick_off", "Lancement", 7),
    ("research", "Retour des usagers", 90),
    ("papers", "Bilan", 150),
]


def open_projects(stage, applications):
    """A project for each selected application, half a year old at most; the projects."""
    selected = [row for row in applications if row.status == "selected"]
    now = timezone.now()
    promotions = {
        call.pk: Promotion.objects.create(
            slug=f"volume-{number}",
            name=f"Promotion de volume nº {number + 1}",
            summary="Pour mesurer le portail.",
            starts_on=call.promotion_starts_on,
            committee=stage.committee,
            call=call,
            published_at=now,
            published_by=stage.staff,
        )
        for number, call in enumerate(stage.calls)
    }
    projects = Project.objects.bulk_create(
        (
            Project(
                slug=f"volume-{number}",
                title=row.title,
                pitch="Un projet pour mesurer le portail.",
                problem=row.texts["q1"],
                promotion=promotions[row.call_id],
                application=row,
                entity=row.entity,
                anchor=row.call.promotion_starts_on,
                consented_at=now,
                consented_by=row.author,
                published_at=now,
                published_by=stage.staff,
                search_text=plain(row.title),
            )
            for number, row in enumerate(selected)
        ),
        batch_size=BATCH,
    )
    _teams(stage, projects)
    _terms(projects)
    _figures(stage, projects)
    _coaching(stage, projects)
    return projects


def _teams(stage, projects):
    Membership.objects.bulk_create(
        (
            Membership(
                project=project,
                user=project.application.author,
                role="intrapreneur",
                starts_on=project.anchor,
            )
            for project in projects
        ),
        batch_size=BATCH,
    )
    PhaseChange.objects.bulk_create(
        (
            PhaseChange(
                project=project,
                phase="investigation",
                effective_on=project.anchor,
                recorded_by=stage.staff,
            )
            for project in projects
        ),
        batch_size=BATCH,
    )


def _terms(projects):
    terms = Term.objects.bulk_create(
        (
            Term(
                project=project,
                number=1,
                months=6,
                starts_on=project.anchor,
                ends_on=months_after(project.anchor, 6),
            )
            for project in projects
        ),
        batch_size=BATCH,
    )
    TermReview.objects.bulk_create((TermReview(term=term) for term in terms), batch_size=BATCH)
    Milestone.objects.bulk_create(
        (_milestone(term, *title) for term in terms for title in TITLES), batch_size=BATCH
    )


def _milestone(term, kind, title, days):
    due_on = term.starts_on + days * DAY
    milestone = Milestone(term=term, kind=kind, title=title, due_on=due_on)
    if due_on < today():
        milestone.status = "reported"
        milestone.report = "Fait."
        milestone.reported_at = timezone.now()
        milestone.reported_by = term.project.application.author
    return milestone


def _figures(stage, projects):
    indicators = Indicator.objects.bulk_create(
        (
            Indicator(project=project, name=name, unit="usagers", public=True, position=position)
            for project in projects
            for position, name in enumerate(["Usagers", "Heures gagnées"])
        ),
        batch_size=BATCH,
    )
    Observation.objects.bulk_create(
        (
            Observation(
                indicator=indicator,
                on=indicator.project.anchor + 20 * DAY * month,
                value=Decimal(month * 11 + 3),
                recorded_by=stage.staff,
            )
            for indicator in indicators
            for month in range(5)
        ),
        batch_size=BATCH,
    )


def _coaching(stage, projects):
    users = people("coach", max(1, -(-len(projects) // PER_COACH)), [None])
    coaches = Coach.objects.bulk_create(
        Coach(user=user, expertise=["product"], days_per_month=Decimal(20), project_limit=20)
        for user in users
    )
    assignments = CoachAssignment.objects.bulk_create(
        (
            CoachAssignment(
                project=project,
                coach=coaches[number // PER_COACH],
                status="accepted",
                days_budget=Decimal(1),
                starts_on=project.anchor,
                ends_on=months_after(project.anchor, 6),
                reasons="Volume de mesure.",
                shortlist=[],
                proposed_by=stage.staff,
                answered_at=timezone.now(),
            )
            for number, project in enumerate(projects)
        ),
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        (
            Membership(
                project=assignment.project,
                user=assignment.coach.user,
                role="coach",
                starts_on=assignment.starts_on,
            )
            for assignment in assignments
        ),
        batch_size=BATCH,
    )
    Session.objects.bulk_create(
        (
            Session(
                assignment=assignment,
                held_on=min(assignment.starts_on + 14 * DAY * number, today()),
                minutes=60,
                shared_summary="Séance de volume.",
                submission=uuid4(),
            )
            for assignment in assignments
            for number in range(1, 4)
        ),
        batch_size=BATCH,
    )
