from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.submission import carried_out, form_page
from calls.models import Application
from calls.models.sketch import near_applications
from projects.forms import ResemblanceForm
from projects.models import Project, Resemblance
from projects.models.resemblance import near_projects


@require_safe
def resemblance_list(request, pk):
    """What an application looks like, and what the team made of it: the page of both floors."""
    application = _received(request, pk)
    concluded = Resemblance.objects.visible_to(request.user).of(application)
    context = {
        "application": application,
        "applications": near_applications(application, request.user),
        "projects": near_projects(application, request.user),
        "concluded": concluded.select_related("application", "other", "project", "concluded_by"),
    }
    return render(request, "projects/resemblance_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def resemblance(request, pk, other):
    """What to do of two applications that look alike."""
    return _conclusion(request, _received(request, pk), other=_received(request, other))


@require_http_methods(["GET", "HEAD", "POST"])
def project_resemblance(request, pk, slug):
    """What to do of an application that looks like a project."""
    application = _received(request, pk)
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    return _conclusion(request, application, project=project)


def _received(request, pk):
    received = Application.objects.received_by(request.user).select_related("call", "author")
    return get_object_or_404(received, pk=pk)


def _conclusion(request, application, **alike):
    form = ResemblanceForm(request.POST or None, with_project="project" in alike)
    if form.is_valid() and carried_out(
        form,
        lambda: Resemblance.conclude(application, by=request.user, **alike, **form.cleaned_data),
    ):
        messages.success(request, _("La conclusion est notée ; les équipes concernées le savent."))
        return redirect("projects:resemblance-list", application.pk)
    context = {"application": application, "form": form, **alike}
    return form_page(request, "projects/resemblance.html", context)
