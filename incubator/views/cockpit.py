from django.shortcuts import render
from django.views.decorators.http import require_safe

from base.doors import team_only
from incubator.cockpit import flow, integrity, obstacles


@require_safe
@team_only
def cockpit(request):
    context = {"flow": flow(request.user), "obstacles": obstacles(request.user)}
    context |= integrity(request.user)
    return render(request, "incubator/cockpit.html", context)
