"""Products from before the portal: terms, decisions and figures, told with their own dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from base.calendar import start_of_day, today
from base.lifecycle import Refused
from committees.models import Decision, Deliberation, Round
from journal.models import Event
from projects.models.indicator import Indicator
from projects.models.outcome import RENEWING, TermReviewOutcome
from projects.models.term import TERM_MONTHS, Term
from projects.models.term_review import PARTS, TermReview
from projects.schedule import plan


@dataclass(frozen=True)
class PastTerm:
    """How a past term ended: what its committee decided, when and why, after which review."""

    outcome: str
    reason: str
    decided_by: object
    review: dict  # achievements, impact, learnings, request: four texts
    reason_code: str = "other"
    months: int = TERM_MONTHS
    decided_on: date | None = None  # by default the day that the plan gives to the committee


def tell(project, *, by, grid, terms, phases, figures=(), members=()):
    """Write down a project's past, row by row, under every constraint of the present.

    `phases` are (phase, first day) pairs, one at the anchor at least; `figures` are indicators as
    {name, unit, values: (day, value or None)}; `members` are (user, role, starts_on, ends_on).
    A last outcome that grants a term begins it: it is then the project's running or open one.
    Nobody is written to.
    """
    _enter(project, phases, by=by)
    for user, role, starts_on, ends_on in members:
        project.memberships.create(user=user, role=role, starts_on=starts_on, ends_on=ends_on)
    for figure in figures:
        _measure(project, by=by, **figure)
    _walk(project, terms, by=by, grid=grid)


def _enter(project, phases, *, by):
    for phase, day in phases:
        project.phase_changes.create(phase=phase, effective_on=day, recorded_by=by)
    if project.phase_at(project.anchor) is None:
        raise Refused(_("Dites la phase du projet à son entrée."), subject=project.promotion)


def _walk(project, terms, *, by, grid):
    """Each term to its decision, and the next where the decision grants one."""
    months = terms[0].months if terms else TERM_MONTHS
    term = Term.begin(project, number=1, starts_on=project.anchor, months=months)
    for past, following in zip(terms, [*terms[1:], None], strict=False):
        decision = _decide(term, past, by=by, grid=grid)
        if past.outcome in RENEWING:
            months = following.months if following else TERM_MONTHS
            term = _renew(term, decision, months=months)
    _settle(term.milestones.filter(due_on__lt=today()).manual(), by=by)


def _renew(term, decision, *, months):
    return Term.begin(
        term.project,
        number=term.number + 1,
        starts_on=term.ends_on,
        months=months,
        decision=decision,
    )


def _decide(term, past, *, by, grid):
    """The term's review, handed in, examined and decided on the days when it was."""
    days = plan(term.starts_on, term.ends_on)
    decided_at = _noon(past.decided_on or days["committee"])
    review = term.review
    TermReview.objects.filter(pk=review.pk).update(**{part: past.review[part] for part in PARTS})
    _settle(term.milestones.filter(due_on__lt=term.ends_on).planned(), by=by)
    handed_in = min(_noon(days["papers"]), decided_at)
    review.move(TermReview.Status.SUBMITTED, submitted_at=handed_in, submitted_by=by)
    review.move(TermReview.Status.EXAMINED)
    deliberation = Deliberation.objects.create(
        subject=review,
        snapshot=review.freeze(by=by),
        round=_round(term, by=by, grid=grid, decided_at=decided_at),
        status=Deliberation.Status.CONCLUDED,
        prepared_at=handed_in,
        opened_at=decided_at,
    )
    outcome = TermReviewOutcome(past.outcome)
    decision = Decision.objects.create(
        deliberation=deliberation,
        outcome=outcome,
        sense=TermReview.SENSES[outcome],
        reason_code=past.reason_code,
        reason=past.reason,
        decided_by=past.decided_by,
        decided_at=decided_at,
        status=Decision.Status.NOTIFIED,
        notified_at=decided_at,
        notified_by=by,
    )
    review.move(outcome)
    Event.record("termreview.submitted", actor=by, subject=review, at=handed_in)
    Event.record("termreview.decided", actor=past.decided_by, subject=review, at=decided_at)
    return decision


def _round(term, *, by, grid, decided_at):
    """The committee's session of that month, planned as any other."""
    committee = term.project.promotion.committee
    name = f"Fins de mandat, {decided_at:%m/%Y}"
    found = Round.objects.filter(committee=committee, name=name).first()
    return found or Round.open_for(
        committee,
        by=by,
        grid=grid,
        name=name,
        opens_at=decided_at - timedelta(days=30),
        soft_closes_at=decided_at,
        closes_at=decided_at + timedelta(days=31),
    )


def _settle(milestones, *, by):
    """What was due by then was reached: nobody is asked for it today."""
    for milestone in milestones:
        milestone.happen(
            by=by, report=_("Repris de l’histoire du projet."), at=_noon(milestone.due_on)
        )


def _measure(project, *, by, name, unit, values):
    indicator = Indicator.objects.create(
        project=project,
        name=name,
        unit=unit,
        public=True,
        position=project.indicators.count(),
    )
    for day, value in values:
        comment = "" if value is not None else _("Mesure absente des archives.")
        indicator.observations.create(
            on=day, value=value, comment=comment, recorded_by=by, recorded_at=timezone.now()
        )


def _noon(day):
    return start_of_day(day) + timedelta(hours=12)
