"""What awaits a person on this floor."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.calendar import end_of_day, today
from base.duty import Duty
from projects.models import Milestone, Promotion, TermReview
from projects.schedule import LATEST


MILESTONE_HORIZON = timedelta(days=30)
REVIEW_HORIZON = LATEST * 2
MOST = 20


def awaiting(user):
    """The person's duties on all projects; the incubator's team has its own."""
    mine = _milestones(user).filter(due_on__lte=today() + MILESTONE_HORIZON)
    found = [_report(m) for m in mine[:MOST]]
    ending = _reviews(user).filter(term__ends_on__lte=today() + REVIEW_HORIZON)
    found += [_writing(r) for r in ending[:MOST]]
    if user.is_staff:
        found += [_judging(m) for m in _to_review(user)[:MOST]]
        found += [_sending(r) for r in _to_examine(user)[:MOST]]
        found += [_opening(promotion) for promotion in _to_open(user)]
    return found


def of_project(project, user):
    """The same, for one project and without a horizon."""
    found = [_report(m) for m in _milestones(user).filter(term__project=project)[:5]]
    found += [_writing(r) for r in _reviews(user).filter(term__project=project)[:1]]
    if user.is_staff:
        found += [_judging(m) for m in _to_review(user).filter(term__project=project)[:5]]
        found += [_sending(r) for r in _to_examine(user).filter(term__project=project)[:5]]
    return sorted(found, key=lambda duty: duty.urgency)


def _milestones(user):
    return _with_project(Milestone.objects.reportable_by(user)).order_by("due_on", "pk")


def _to_review(user):
    return _with_project(Milestone.objects.reviewable_by(user)).order_by("reported_at", "pk")


def _with_project(milestones):
    return milestones.select_related("term__project")


def _reviews(user):
    writable = TermReview.objects.writable_by(user).select_related("term__project")
    return writable.order_by("term__ends_on", "pk")


def _to_examine(user):
    return (
        TermReview.objects.examinable_by(user)
        .select_related("term__project")
        .order_by("term__ends_on", "pk")
    )


def _to_open(user):
    """Promotions whose selected applications have no project yet, with their number."""
    ready = Q(call__applications__in=Promotion.ready_applications())
    promotions = Promotion.objects.editable_by(user).annotate(
        ready=Count("call__applications", filter=ready)
    )
    return promotions.filter(ready__gt=0).order_by("-starts_on", "-pk")[:MOST]


def _report(milestone):
    return Duty(
        title=_("Rendre le jalon « %(milestone)s »") % {"milestone": milestone},
        url=milestone.get_absolute_url(),
        due_at=end_of_day(milestone.due_on),
        context=milestone.term.project.title,
        kind=_("jalon"),
    )


def _judging(milestone):
    return Duty(
        title=_("Relire le jalon « %(milestone)s »") % {"milestone": milestone},
        url=milestone.get_absolute_url(),
        context=milestone.term.project.title,
        kind=_("jalon"),
    )


def _writing(review):
    term = review.term
    return Duty(
        title=_("Remettre la revue du mandat nº %(number)s") % {"number": term.number},
        url=term.project.review_url,
        due_at=end_of_day(review.due_on()),
        context=term.project.title,
        kind=_("revue de fin de mandat"),
    )


def _sending(review):
    term = review.term
    return Duty(
        title=_("Transmettre au comité la revue du mandat nº %(number)s") % {"number": term.number},
        url=review.get_absolute_url(),
        due_at=end_of_day(term.last_day),
        context=term.project.title,
        kind=_("revue de fin de mandat"),
    )


def _opening(promotion):
    return Duty(
        title=ngettext(
            "Ouvrir %(count)d projet d’une candidature retenue",
            "Ouvrir %(count)d projets de candidatures retenues",
            promotion.ready,
        )
        % {"count": promotion.ready},
        url=reverse("projects:team-promotion", args=[promotion.slug]),
        context=promotion.name,
        kind=_("promotion"),
    )
