from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.examinations import AssignmentForm, DeclineForm
from committees.models import Assignment, Deliberation


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request, pk):
    conducted = Deliberation.objects.conducted_by(request.user).visible_to(request.user)
    deliberation = get_object_or_404(conducted.select_related("round__committee"), pk=pk)
    form = AssignmentForm(deliberation, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: deliberation.assign(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le dossier est proposé à ce membre."))
        return redirect("committees:assignments", deliberation.pk)
    context = {
        "form": form,
        "deliberation": deliberation,
        "page": page_of(
            request, deliberation.assignments.select_related("seat__user").order_by("pk")
        ),
        "replacement": deliberation.replacement(by=request.user),
        "can_assign": Deliberation.objects.assignable_by(request.user).contains(deliberation),
    }
    return form_page(request, "committees/assignments.html", context)


@require_POST
def assignment_replacement(request, pk):
    assignments = Assignment.objects.replaceable_by(request.user).select_related("deliberation")
    assignment = get_object_or_404(assignments, pk=pk)
    proposed = assignment.replace(by=request.user, seat=request.POST.get("seat"))
    messages.success(request, _("Le dossier est proposé à %s.") % proposed.seat.user)
    return redirect("committees:assignments", assignment.deliberation_id)


@require_POST
def assignment_acceptance(request, pk):
    assignment = get_object_or_404(Assignment.objects.proposed_to(request.user), deliberation=pk)
    assignment.accept(by=request.user)
    messages.success(request, _("Le dossier est à vous : voici sa fiche d’évaluation."))
    return redirect(assignment)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_refusal(request, pk):
    own = Assignment.objects.proposed_to(request.user).select_related("deliberation__snapshot")
    assignment = get_object_or_404(own, deliberation=pk)
    form = DeclineForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: assignment.decline(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le dossier n’est plus à votre charge."))
        return redirect(assignment.deliberation.round)
    context = {"form": form, "assignment": assignment}
    return form_page(request, "committees/assignment_refusal.html", context)
