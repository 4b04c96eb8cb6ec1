from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from calls.models import Application, Call, Irritant
from projects.irritant_thread import thread_of


@login_not_required
@require_safe
def irritant(request, pk):
    """A pain, who shares it, and what it led to: the page lives on the floor of projects."""
    reachable = Irritant.objects.reachable_by(request.user).counted()
    irritant = get_object_or_404(reachable.select_related("entity", "author"), pk=pk)
    if irritant.merged_into:
        return redirect(irritant.merged_into)
    applications = Application.objects.visible_to(request.user).filter(
        irritant__in=irritant.reports().values("pk")
    )
    context = {
        "irritant": irritant,
        "thread": thread_of(irritant, request.user),
        "similar": Irritant.objects.published().exclude(pk=pk).similar_to(irritant.title)[:5],
        "applications": applications.select_related("call").order_by("-pk")[:25],
        "open_calls": Call.objects.open().order_by("closes_at")[:5],
        "supported": Irritant.objects.supported_by(request.user).contains(irritant),
        "can": _acts(irritant, request.user),
    }
    return render(request, "projects/irritant.html", context)


def _acts(irritant, user):
    """What this person may do with it, by the name that the page gives it."""
    rights = {
        "support": Irritant.objects.supportable_by(user),
        "publish": Irritant.objects.publishable_by(user),
        "take_up": Irritant.objects.takeable_by(user),
        "close": Irritant.objects.closable_by(user),
        "hide": Irritant.objects.hideable_by(user),
        "merge": Irritant.objects.mergeable_by(user),
        "classify": Irritant.objects.classifiable_by(user),
    }
    return {act: right.contains(irritant) for act, right in rights.items()}
