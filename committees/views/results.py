from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from base import sheets
from base.paging import page_of
from committees.filters import ResultFilter
from committees.models import Round
from committees.ranking import ranking_of
from committees.table import HEADINGS, lines


TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def results(request, pk):
    round = round_of(request, pk)
    scored = round.deliberations.scores_visible_to(request.user).ranked().by_score()
    visible = round.deliberations.visible_to(request.user).ranked()
    ranking = ranking_of(round.deliberations.scores_visible_to(request.user))
    filterset = ResultFilter(request.GET, scored.with_coverage(), ranking=ranking, request=request)
    page = page_of(request, filterset.qs.select_related("snapshot", "round"))
    context = {
        "round": round,
        "filterset": filterset,
        "page": page,
        "rows": [(deliberation, ranking.places.get(deliberation.pk)) for deliberation in page],
        "ranking": ranking,
        "leanings": named_leanings(round, ranking, request.user),
        "hidden": visible.count() - scored.count(),
    }
    return render(request, "committees/results.html", context)


@require_safe
def results_file(request, pk, kind):
    """The same table as a file, of what its reader may read and nothing else."""
    round = round_of(request, pk)
    if kind not in TYPES:
        raise Http404
    readable = round.deliberations.scores_visible_to(request.user)
    ranking = ranking_of(readable)
    scored = readable.ranked().by_score().with_coverage().select_related("snapshot", "round")
    rows = lines(scored, ranking)
    headings = [str(heading) for heading in HEADINGS]
    title = _("Résultats")
    made = sheets.csv_of(headings, rows) if kind == "csv" else None
    response = HttpResponse(
        made or sheets.xlsx_of(headings, rows, title=title), content_type=TYPES[kind]
    )
    response["Content-Disposition"] = content_disposition_header(True, f"resultats-{pk}.{kind}")
    return response


def round_of(request, pk):
    rounds = Round.objects.visible_to(request.user).select_related("committee", "grid")
    return get_object_or_404(rounds, pk=pk)


def named_leanings(round, ranking, user):
    """(member, points) from the most generous, for those who conduct the round only."""
    if not Round.objects.conducted_by(user).contains(round):
        return []
    people = {seat.user_id: seat.user for seat in round.committee.seats.select_related("user")}
    leanings = (ranking.leanings or {}).items()
    ordered = sorted(leanings, key=lambda leaning: (-leaning[1], leaning[0]))
    return [(people[key], points) for key, points in ordered]
