"""The dossiers of a call among which people choose a promotion, as far as one may read them."""

from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from calls.models.application import Application
from calls.models.classification import Classification
from calls.portfolio import Candidate
from committees.models import Deliberation
from committees.ranking import ranking_of


class Contender(NamedTuple):
    """An application before the committee, and what the choice knows of it."""

    application: Any
    candidate: Candidate


def contenders_of(call, user, *, adjusted):
    """Those that have a mark which this person may read, the best first.

    In a blind round nobody but the team balances services and territories: they would tell whose
    a dossier is.
    """
    kind = ContentType.objects.get_for_model(Application)
    subjects = Application.objects.unhidden_from(user).filter(call=call).values("pk")
    examined = Deliberation.objects.scores_visible_to(user).filter(
        subject_type=kind, subject_id__in=subjects
    )
    examined = examined.exclude(status=Deliberation.Status.VOID)
    ranks = _ranks(ranking_of(examined), adjusted)
    rows = examined.filter(pk__in=ranks).select_related("round").order_by("pk")
    last = {row.subject_id: row for row in rows}
    applications = Application.objects.filter(pk__in=last).select_related("entity", "call")
    themes = dict(
        Classification.objects.filter(application__in=last).values_list("application", "theme")
    )
    found = [
        Contender(a, _candidate(a, ranks[last[a.pk].pk], themes, last[a.pk].round, user))
        for a in applications
    ]
    return sorted(found, key=lambda contender: (contender.candidate.rank, contender.candidate.key))


def _ranks(ranking, adjusted):
    """Deliberation → rank; by their own marks where members do not compare."""
    return {
        key: place.adjusted_rank if adjusted and place.adjusted_rank else place.rank
        for key, place in ranking.places.items()
    }


def _candidate(application, rank, themes, round, user):
    told = application.entity if user.is_staff or not round.blind else None
    return Candidate(
        key=application.pk,
        rank=rank,
        service=str(told.pk) if told else "",
        territory=told.department if told else "",
        theme=themes.get(application.pk, ""),
    )
