from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calls.models import Call, Irritant
from projects.models import Project


@login_not_required
@require_safe
def home(request):
    """What the incubator is, what one can do now, and what it has made."""
    projects = Project.objects.public().with_phase().select_related("promotion", "entity")
    context = {
        "open_calls": Call.objects.open().order_by("closes_at", "pk")[:3],
        "irritants": Irritant.objects.published().counted().order_by("-support_count", "-pk")[:3],
        "projects": projects.order_by("-anchor", "-pk")[:6],
    }
    return render(request, "incubator/home.html", context)
