from django.shortcuts import render
from django.views.decorators.http import require_safe

from base.paging import page_of
from committees.filters import QueueFilter
from committees.models import Assignment


@require_safe
def queue(request):
    mine = Assignment.objects.entrusted_to(request.user).with_lateness()
    filterset = QueueFilter(request.GET, mine.in_queue_order(), request=request)
    context = {
        "filterset": filterset,
        "page": page_of(request, filterset.qs),
        "counts": mine.counted(),
    }
    return render(request, "committees/queue.html", context)
