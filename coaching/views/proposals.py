from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from coaching.forms import ProposalForm, RequestForm
from coaching.matching import shortlist
from coaching.models import CoachAssignment
from projects.models import Project


@require_safe
@team_only
def project_list(request):
    """Projects that nobody accompanies."""
    projects = CoachAssignment.objects.projects_without_a_coach().select_related("promotion")
    context = {"page": page_of(request, projects.order_by("anchor", "pk"))}
    return render(request, "coaching/project_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request, slug):
    """The ranking for what the address asks, and the form that asks one of its coaches."""
    project = get_object_or_404(Project.objects.steerable_by(request.user), slug=slug)
    asked = RequestForm(project, request.GET)
    if not asked.is_valid():
        context = {"project": project, "asked": asked, "form": asked}
        return form_page(request, "coaching/proposal_new.html", context)
    found = shortlist(asked.request())
    form = ProposalForm(found, request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: CoachAssignment.propose(by=request.user, shortlist=found, **form.proposal()),
    ):
        messages.success(request, _("La proposition est envoyée au coach."))
        return redirect("coaching:project-coaching", slug=project.slug)
    context = {"project": project, "asked": asked, "found": found, "form": form}
    return form_page(request, "coaching/proposal_new.html", context)
