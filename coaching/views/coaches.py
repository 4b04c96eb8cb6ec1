from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from coaching.filters import CoachFilter
from coaching.forms import EnrolmentForm
from coaching.models import Coach, CoachAssignment


@require_safe
@team_only
def coach_list(request):
    coaches = Coach.objects.visible_to(request.user).with_load(on=today()).select_related("user")
    filterset = CoachFilter(request.GET, coaches)
    ordered = filterset.qs.order_by("user__last_name", "user__first_name", "pk")
    context = {
        "filterset": filterset,
        "page": page_of(request, ordered),
        "uncoached": CoachAssignment.objects.projects_without_a_coach().count(),
    }
    return render(request, "coaching/coach_list.html", context)


@require_safe
@team_only
def coach(request, pk):
    coaches = Coach.objects.visible_to(request.user).with_load(on=today()).select_related("user")
    coach = get_object_or_404(coaches, pk=pk)
    assignments = coach.assignments.select_related("project").order_by("-starts_on", "-pk")
    context = {"coach": coach, "page": page_of(request, assignments)}
    return render(request, "coaching/coach.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def enrolment(request):
    form = EnrolmentForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Coach.enrol(by=request.user, user=form.user, **form.profile())
    ):
        messages.success(request, _("%(person)s est coach.") % {"person": form.user})
        return redirect("coaching:coach-list")
    return form_page(request, "coaching/enrolment.html", {"form": form})
