"""The running promotion of the demonstration: milestones, measures, coaches, sessions."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from base.calendar import today
from coaching.matching import Request, shortlist
from coaching.models import Coach, CoachAssignment, Session
from incubator.demo.clock import at
from projects.models import Indicator, Milestone, OpenLab, Role


def enrol_coaches(people, *, on):
    with at(on):
        for user, expertise, words in [
            (people.coach, ["product", "research", "deployment"], "Dix ans de produits publics."),
            (people.coach_usages, ["research", "design", "change"], "Les usages avant les écrans."),
        ]:
            Coach.enrol(
                by=people.equipe,
                user=user,
                expertise=expertise,
                presentation=words,
                days_per_month=Decimal(6),
                project_limit=3,
            )


def accompany(people, project, user, *, on, reasons):
    """Propose a coach from the shortlist for the first term, and let them accept the day after."""
    coach = Coach.objects.get(user=user)
    term = project.terms.get(number=1)
    with at(on):
        asked = Request(
            project=project,
            starts_on=on,
            ends_on=term.ends_on,
            days_budget=Decimal(2),
            needs=frozenset({"product", "research"}),
        )
        assignment = CoachAssignment.propose(
            by=people.equipe, shortlist=shortlist(asked), coach=coach, reasons=reasons
        )
    with at(on, 14):
        assignment.accept(by=user)
    return assignment


def meet(assignment, *, on, summary, note="", actions=()):
    with at(on, 16):
        return Session.log(
            by=assignment.coach.user,
            assignment=assignment,
            submission=uuid4(),
            held_on=on,
            minutes=90,
            shared_summary=summary,
            private_note=note,
            actions=actions,
        )


def report_until(people, project, by, *, until, leaving=()):
    """Report each milestone on its day, but those kinds that are left open; the team reads most."""
    due = Milestone.objects.filter(term__project=project, due_on__lte=until)
    for milestone in due.order_by("due_on").exclude(kind__in=leaving):
        with at(milestone.due_on, 17):
            if not Milestone.objects.reportable_by(by).contains(milestone):
                continue
            milestone.report_on(by=by, report="Fait avec les usagers ; compte rendu partagé.")
        if milestone.due_on < until - timedelta(days=40):
            with at(milestone.due_on + timedelta(days=2)):
                milestone.review(by=people.equipe, verdict="go", comment="Continuez ainsi.")


def measure(project, by, *, name, unit, start, step, since):
    """A monthly measure since a day, with one month missing and said so."""
    with at(since):
        indicator = Indicator.define(project, by=by, name=name, unit=unit, public=True)
    for month in range(5):
        day = since + timedelta(days=30 * month)
        if day > today():
            return
        with at(day, 18):
            missing = month == 2
            indicator.observe(
                by=by,
                on=day,
                value=None if missing else Decimal(start + step * month),
                comment="Personne n’a pu faire le relevé ce mois-ci." if missing else "",
            )


def show(people, project, leader, *, texts, on):
    """The team presents its project and agrees; the incubator publishes it."""
    with at(on):
        project.present(by=leader, version=project.version, **texts)
        project.consent(by=leader)
        project.publish(by=people.equipe)
        project.welcome(
            by=people.equipe, user=people.developpeuse, role=Role.DEVELOPER, starts_on=on
        )


def open_lab(project, by, *, on):
    with at(on, 18):
        OpenLab.log(
            project,
            by=by,
            held_on=on,
            participants=6,
            place="Sous-préfecture de Montreuil",
            learnings="Trois personnes sur six cherchent la date d’abord : elle passe en haut.",
        )
