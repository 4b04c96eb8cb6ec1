from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.calendar import today
from base.paging import page_of
from committees.models import Committee


@require_safe
def committee_list(request):
    committees = Committee.objects.visible_to(request.user).order_by("name", "pk")
    return render(request, "committees/committee_list.html", {"page": page_of(request, committees)})


@require_safe
def committee(request, pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    seats = committee.seats.active_on(today()).select_related("user").order_by("pk")
    rounds = committee.rounds.order_by("-opens_at", "-pk")
    context = {"committee": committee, "seats": seats, "page": page_of(request, rounds)}
    return render(request, "committees/committee.html", context)
