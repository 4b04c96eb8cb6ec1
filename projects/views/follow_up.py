from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.paging import page_of
from base.submission import carried_out, form_page
from projects.duties import of_project
from projects.forms import PhaseForm
from projects.models import PhaseChange, TermReview
from projects.timeline import events_of, upcoming
from projects.views.inside import followed


@require_safe
def follow_up(request, slug):
    project = followed(request, slug)
    term = project.current_term()
    context = {
        "project": project,
        "term": term,
        "last_term": term or project.last_term(),
        "duties": of_project(project, request.user),
        "upcoming": upcoming(project, term),
        "page": page_of(request, events_of(project)),
    }
    return render(request, "projects/follow_up.html", context)


@require_safe
def terms(request, slug):
    project = followed(request, slug)
    terms = project.terms.select_related("review", "decision").order_by("-number")
    context = {"project": project, "page": page_of(request, terms), "today": today()}
    return render(request, "projects/terms.html", context)


@require_safe
def term(request, slug, number):
    project = followed(request, slug)
    terms = project.terms.select_related("review", "decision")
    term = get_object_or_404(terms, number=number)
    reviews = TermReview.objects.visible_to(request.user).filter(term=term)
    context = {
        "project": project,
        "term": term,
        "review": reviews.select_related("submitted_by").first(),
        "outcome": term.review.decision(),
        "may_examine": TermReview.objects.examinable_by(request.user).contains(term.review),
        "milestones": term.milestones.order_by("due_on", "pk")[:50],
    }
    return render(request, "projects/term.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phases(request, slug):
    project = followed(request, slug)
    form = PhaseForm(request.POST or None, initial={"effective_on": today()})
    if form.is_valid() and carried_out(
        form, lambda: project.change_phase(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La phase est notée."))
        return redirect("projects:phases", slug)
    changes = project.phase_changes.in_force().select_related("recorded_by", "supersedes")
    context = {
        "project": project,
        "form": form,
        "page": page_of(request, changes.order_by("-effective_on", "-pk")),
        "today": today(),
    }
    return form_page(request, "projects/phases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phase_correction(request, slug, pk):
    project = followed(request, slug)
    correctable = PhaseChange.objects.correctable_by(request.user).filter(project=project)
    change = get_object_or_404(correctable, pk=pk)
    form = PhaseForm(request.POST or None, initial=PhaseForm.telling(change))
    if form.is_valid() and carried_out(
        form, lambda: change.correct(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La phase est corrigée ; la première version reste lisible."))
        return redirect("projects:phases", slug)
    context = {"project": project, "change": change, "form": form}
    return form_page(request, "projects/phase_correction.html", context)
