"""Which coach for a project: first who cannot and why, then who fits and by how much.

Filters and scores never mix: a coach is set aside for reasons, or ranked by points whose terms
add up to the total. The same request on the same data gives the same list.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.wording import day
from coaching import wording
from coaching.capacity import TWO_YEARS, peak, time_spent
from coaching.models import Coach, CoachAssignment, Expertise
from projects.models import Project


AREA_POINTS = 20
ROOM_POINTS = 30
PROMOTION_POINTS = 15
KNOWN_POINTS = 10
Status = CoachAssignment.Status


@dataclass(frozen=True)
class Request:
    """What is asked for a project: a half-open period, days a month, areas of expertise."""

    project: Project
    starts_on: date
    ends_on: date
    days_budget: Decimal
    needs: frozenset = frozenset()

    @classmethod
    def until(cls, last_day, **asked):
        """The same, said with the last day included."""
        return cls(ends_on=last_day + timedelta(days=1), **asked)

    def asked(self):
        """As the columns of an assignment hold it."""
        return vars(self) | {"needs": sorted(self.needs)}


@dataclass(frozen=True)
class Points:
    """One term of a score: where it comes from, how much, and why."""

    label: str
    value: int
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A coach whom nothing keeps away, with the terms of the score."""

    coach: Coach
    terms: tuple

    @property
    def total(self):
        return sum(term.value for term in self.terms)


@dataclass(frozen=True)
class Rejection:
    """A coach set aside, with every reason; `excusable` when an exception answers the only one."""

    coach: Coach
    reasons: tuple
    excusable: bool = False


@dataclass(frozen=True)
class Shortlist:
    """What the team is shown for a request: coaches by falling score, then those set aside."""

    request: Request
    ranked: list = field(default_factory=list)
    rejected: list = field(default_factory=list)

    def proposable(self):
        """Whom the team may ask: the ranked, and those whom a written exception would let in."""
        return [c.coach for c in self.ranked] + [r.coach for r in self.rejected if r.excusable]

    def objection_to(self, coach, *, exception):
        """Why a coach cannot be asked, or ""."""
        for rejection in self.rejected:
            if rejection.coach == coach and not (rejection.excusable and exception):
                return " ".join(rejection.reasons)
        if coach not in self.proposable():
            return _("Ce coach ne figure pas dans la liste proposée.")
        return ""

    def record(self):
        """What was shown, in words and numbers that stay true when profiles change."""
        return {
            "ranked": [
                {
                    "coach": candidate.coach.pk,
                    "name": str(candidate.coach),
                    "total": candidate.total,
                    "terms": [[t.label, t.value, t.reason] for t in candidate.terms],
                }
                for candidate in self.ranked
            ],
            "rejected": [
                {"coach": r.coach.pk, "name": str(r.coach), "reasons": list(r.reasons)}
                for r in self.rejected
            ],
        }

    @property
    def digest(self):
        """Tells whether the list that was read is still the list."""
        text = json.dumps(self.record(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def shortlist(request):
    """Sort every coach into ranked and set aside, in four queries whatever their number."""
    team = set(
        request.project.memberships.not_ended().exclude(role="coach").values_list("user", flat=True)
    )
    ranked, rejected = [], []
    for coach in _coaches(request):
        if reasons := list(_objections(coach, request, team)):
            excusable = [code for code, _sentence in reasons] == ["two_years"]
            sentences = tuple(sentence for _code, sentence in reasons)
            rejected.append(Rejection(coach, sentences, excusable))
        else:
            ranked.append(Candidate(coach, tuple(_terms(coach, request))))
    ranked.sort(key=lambda candidate: (-candidate.total, str(candidate.coach), candidate.coach.pk))
    rejected.sort(key=lambda rejection: (str(rejection.coach), rejection.coach.pk))
    return Shortlist(request, ranked, rejected)


def _coaches(request):
    """Every coach with what the filters and the scores look at."""
    promised = Q(
        status=Status.ACCEPTED, starts_on__lt=request.ends_on, ends_on__gt=request.starts_on
    )
    same_promotion = Q(
        status__in=[Status.ACCEPTED, Status.ENDED],
        project__promotion=request.project.promotion_id,
    )
    relevant = CoachAssignment.objects.filter(
        promised | same_promotion | Q(project=request.project)
    ).select_related("project")
    return Coach.objects.select_related("user__entity").prefetch_related(
        Prefetch("assignments", queryset=relevant, to_attr="relevant")
    )


def _objections(coach, request, team):
    """(code, sentence) pairs: why this coach cannot be asked."""
    if coach.user_id in team:
        yield "team", _("Fait partie de l’équipe du projet.")
    if not coach.user.is_active:
        yield "inactive", _("N’a plus de compte actif.")
    if _same_service(coach, request.project):
        yield "service", _("Travaille dans le même service que le projet.")
    yield from _unavailability(coach, request)
    yield from _past(coach, request)
    yield from _overload(coach, request)


def _past(coach, request):
    """What this coach and this project already have in common."""
    here = [a for a in coach.relevant if a.project_id == request.project.pk]
    if any(a.status == Status.DECLINED for a in here):
        yield "declined", _("A déjà décliné ce projet.")
    if any(a.status == Status.PROPOSED for a in here):
        yield "asked", _("Ce projet lui est déjà proposé, sa réponse est attendue.")
    if any(a.status == Status.ACCEPTED and a.ends_on > request.starts_on for a in here):
        yield "present", _("Accompagne déjà ce projet à ces dates.")
    settled = [a for a in here if a.status in (Status.ACCEPTED, Status.ENDED)]
    if time_spent(settled) + (request.ends_on - request.starts_on) > TWO_YEARS:
        yield "two_years", _("Dépasserait deux ans sur ce projet, sauf dérogation écrite.")


def _unavailability(coach, request):
    if not coach.available:
        yield "closed", _("N’accepte pas de nouveau projet.")
    if coach.available_from and coach.available_from > request.starts_on:
        yield (
            "later",
            _("N’est disponible qu’à partir du %(day)s.") % {"day": day(coach.available_from)},
        )
    if coach.available_until and coach.available_until < request.ends_on - timedelta(days=1):
        yield (
            "leaving",
            _("N’est disponible que jusqu’au %(day)s.") % {"day": day(coach.available_until)},
        )


def _overload(coach, request):
    load = _load(coach, request)
    if load.projects + 1 > coach.project_limit:
        yield (
            "projects",
            _("N’a plus de place à cette période : %(used)s sur %(limit)s projets.")
            % {
                "used": load.projects,
                "limit": coach.project_limit,
            },
        )
    if load.days + request.days_budget > coach.days_per_month:
        yield (
            "days",
            _("N’a plus que %(left)s par mois sur %(limit)s.")
            % {
                "left": wording.days(max(coach.days_per_month - load.days, Decimal(0))),
                "limit": wording.days(coach.days_per_month),
            },
        )


def _terms(coach, request):
    """The terms of the score, each an integer of its own: they add up to the total."""
    common = [
        Expertise(v).label for v in Expertise.values if v in request.needs and v in coach.expertise
    ]
    yield Points(
        _("Expertise commune"),
        AREA_POINTS * len(common),
        _("En commun : %(areas)s.") % {"areas": ", ".join(str(area) for area in common)}
        if common
        else _("Aucun domaine demandé en commun."),
    )
    left = coach.days_per_month - _load(coach, request).days
    yield Points(
        _("Disponibilité"),
        int(ROOM_POINTS * left / coach.days_per_month),
        _("Il lui reste %(left)s par mois sur %(limit)s.")
        % {"left": wording.days(left), "limit": wording.days(coach.days_per_month)},
    )
    others = {
        a.project_id
        for a in coach.relevant
        if a.project_id != request.project.pk
        and a.project.promotion_id == request.project.promotion_id
        and a.status in (Status.ACCEPTED, Status.ENDED)
    }
    yield Points(
        _("Promotion"),
        PROMOTION_POINTS if others else 0,
        ngettext(
            "Accompagne %(count)s autre projet de la promotion.",
            "Accompagne %(count)s autres projets de la promotion.",
            len(others),
        )
        % {"count": len(others)}
        if others
        else _("N’accompagne aucun autre projet de la promotion."),
    )
    known = any(
        a.project_id == request.project.pk and a.status in (Status.ACCEPTED, Status.ENDED)
        for a in coach.relevant
    )
    yield Points(
        _("Continuité"),
        KNOWN_POINTS if known else 0,
        _("A déjà accompagné ce projet.") if known else _("Découvrirait ce projet."),
    )


def _load(coach, request):
    promised = [
        a
        for a in coach.relevant
        if a.status == Status.ACCEPTED
        and a.starts_on < request.ends_on
        and a.ends_on > request.starts_on
    ]
    return peak(promised, starts_on=request.starts_on, ends_on=request.ends_on)


def _same_service(coach, project):
    """Same service, or one below the project's."""
    theirs, ours = coach.user.entity, project.entity
    return bool(theirs and ours and theirs.is_within(ours))
