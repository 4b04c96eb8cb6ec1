from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.paging import page_of
from committees import progress
from committees.models import Round


@require_safe
def round_progress(request, pk):
    rounds = Round.objects.conducted_by(request.user).select_related("committee")
    round = get_object_or_404(rounds, pk=pk)
    visible = round.deliberations.visible_to(request.user).select_related("snapshot", "calibration")
    page = page_of(request, visible.order_by("review_count", "pk"), size=50)
    context = {
        "round": round,
        "page": page,
        "total": progress.entrusted(round, request.user).aggregate(**progress.counts()),
        "members": progress.of_members(round, request.user),
        "dossiers": progress.of_dossiers(page.object_list, request.user),
    }
    return render(request, "committees/round_progress.html", context)
