from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.paging import page_of
from base.submission import carried_out, form_page
from calls.models import Application
from projects.forms import (
    MilestoneDayForm,
    MilestoneForm,
    MilestoneReportForm,
    MilestoneReviewForm,
    PlanForm,
)
from projects.models import Milestone, Term
from projects.schedule import committee_window
from projects.views.inside import followed


@require_safe
def milestones(request, slug):
    project = followed(request, slug)
    milestones = (
        project.milestones().select_related("term").order_by("-term__number", "due_on", "pk")
    )
    context = {
        "project": project,
        "page": page_of(request, milestones),
        "term": project.current_term(),
        "today": today(),
    }
    return render(request, "projects/milestones.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    project = followed(request, slug, may_staff=True)
    term = get_object_or_404(project.terms.not_ended())
    form = MilestoneForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Milestone.add(term, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le jalon est ajouté."))
        return redirect("projects:milestones", slug)
    context = {"project": project, "term": term, "form": form}
    return form_page(request, "projects/milestone_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request, slug, pk):
    project = followed(request, slug)
    milestone = get_object_or_404(_of(project), pk=pk)
    form = MilestoneReportForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: milestone.report_on(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le jalon est rendu."))
        return redirect("projects:milestones", slug)
    context = {
        "project": project,
        "milestone": milestone,
        "form": form,
        "may_read_application": Application.objects.visible_to(request.user)
        .filter(pk=project.application_id)
        .exists(),
        "may_report": Milestone.objects.reportable_by(request.user).contains(milestone),
        "may_move": Milestone.objects.movable_by(request.user).contains(milestone),
        "may_review": Milestone.objects.reviewable_by(request.user).contains(milestone),
    }
    return form_page(request, "projects/milestone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def day(request, slug, pk):
    project = followed(request, slug, may_staff=True)
    milestone = get_object_or_404(_of(project), pk=pk)
    form = MilestoneDayForm(request.POST or None, initial={"due_on": milestone.due_on})
    if form.is_valid() and carried_out(
        form, lambda: milestone.move_to(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le jalon est déplacé."))
        return redirect(milestone)
    context = {"project": project, "milestone": milestone, "form": form}
    return form_page(request, "projects/milestone_day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, slug, pk):
    project = followed(request, slug)
    reviewable = _of(project) & Milestone.objects.reviewable_by(request.user)
    milestone = get_object_or_404(reviewable, pk=pk)
    form = MilestoneReviewForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: milestone.review(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Votre avis est enregistré."))
        return redirect(milestone)
    context = {"project": project, "milestone": milestone, "form": form}
    return form_page(request, "projects/milestone_review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, slug):
    """The committee's day: first what it would move (GET), then the move (POST)."""
    project = followed(request, slug)
    term = get_object_or_404(project.terms.all() & Term.objects.plannable_by(request.user))
    form = PlanForm(
        request.POST or request.GET or None, initial={"committee_on": term.committee_on}
    )
    proposed = form.is_valid() and form.cleaned_data["committee_on"]
    if (
        request.method == "POST"
        and proposed
        and carried_out(form, lambda: term.replan(by=request.user, committee_on=proposed))
    ):
        messages.success(request, _("Le comité est fixé et le plan est à jour."))
        return redirect("projects:milestones", slug)
    context = {
        "project": project,
        "term": term,
        "form": form,
        "window": committee_window(term.ends_on),
        "proposed": proposed,
        "changes": term.plan_changes(proposed) if proposed else [],
    }
    return form_page(request, "projects/plan.html", context)


def _of(project):
    return project.milestones().select_related(
        "term__project", "reported_by", "reviewed_by", "condition__decision"
    )
