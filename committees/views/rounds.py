from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.paging import page_of
from committees.models import Round


@require_safe
def round(request, pk):
    rounds = Round.objects.visible_to(request.user).select_related("committee", "grid")
    round = get_object_or_404(rounds, pk=pk)
    deliberations = round.deliberations.visible_to(request.user).order_by("pk")
    context = {"round": round, "page": page_of(request, deliberations.select_related("snapshot"))}
    return render(request, "committees/round.html", context)
