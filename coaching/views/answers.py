from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.submission import carried_out, form_page
from coaching.forms import ClosingForm, RefusalForm
from coaching.models import CoachAssignment, Session


@require_safe
def assignment(request, pk):
    """What is asked of a coach or agreed with them, and what each may do about it now."""
    assignments = CoachAssignment.objects.with_people()
    assignment = get_object_or_404(assignments.visible_to(request.user), pk=pk)
    sessions = Session.objects.visible_to(request.user).filter(assignment=assignment)
    context = {
        "assignment": assignment,
        "sessions": sessions.order_by("-held_on", "-pk")[:10],
        "can_answer": assignments.answerable_by(request.user).contains(assignment),
        "can_withdraw": assignments.withdrawable_by(request.user).contains(assignment),
        "can_log": assignments.loggable_by(request.user).contains(assignment),
        "can_end": assignments.endable_by(request.user).contains(assignment),
        "reads_choice": request.user.is_staff or assignment.coach.user == request.user,
    }
    return render(request, "coaching/assignment.html", context)


@require_POST
def acceptance(request, pk):
    assignment = get_object_or_404(CoachAssignment.objects.of(request.user), pk=pk)
    assignment.accept(by=request.user)
    messages.success(
        request, _("Vous accompagnez « %(project)s ».") % {"project": assignment.project}
    )
    return redirect(assignment)


@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request, pk):
    assignment = get_object_or_404(CoachAssignment.objects.answerable_by(request.user), pk=pk)
    form = RefusalForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: assignment.decline(by=request.user, reason=form.cleaned_data["decline_reason"]),
    ):
        messages.success(request, _("Votre réponse est transmise."))
        return redirect("coaching:desk")
    context = {"form": form, "assignment": assignment}
    return form_page(request, "coaching/refusal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, pk):
    assignment = get_object_or_404(CoachAssignment.objects.endable_by(request.user), pk=pk)
    form = ClosingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: assignment.end(by=request.user, reason=form.cleaned_data["close_reason"])
    ):
        messages.success(request, _("L’accompagnement est terminé."))
        return redirect(assignment)
    return form_page(request, "coaching/end.html", {"form": form, "assignment": assignment})


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request, pk):
    assignment = get_object_or_404(CoachAssignment.objects.withdrawable_by(request.user), pk=pk)
    form = ClosingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: assignment.withdraw(by=request.user, reason=form.cleaned_data["close_reason"])
    ):
        messages.success(request, _("La proposition est retirée."))
        return redirect(assignment)
    return form_page(request, "coaching/withdrawal.html", {"form": form, "assignment": assignment})
