from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.submission import carried_out, form_page
from committees.forms.decisions import DecisionForm
from committees.models import Deliberation


@require_safe
def decision(request, pk):
    deliberation = get_object_or_404(Deliberation.objects.visible_to(request.user), pk=pk)
    decisions = deliberation.decisions.select_related("decided_by", "notified_by", "successor")
    every = Deliberation.objects.visible_to(request.user)
    context = {
        "deliberation": deliberation,
        "decisions": decisions.with_conditions().order_by("-pk"),
        "elsewhere": every.deciding_beside(deliberation),
        "ballot": deliberation.ballot_in_force(),
        "can_answer": Deliberation.objects.answerable_by(request.user).contains(deliberation),
        "can_conclude": Deliberation.objects.concludable_by(request.user).contains(deliberation),
        "can_supersede": Deliberation.objects.revisable_by(request.user).contains(deliberation),
    }
    return render(request, "committees/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(request, pk):
    deliberation = get_object_or_404(Deliberation.objects.concludable_by(request.user), pk=pk)
    ballot, contested = deliberation.ballot_in_force(), deliberation.contested_decision()
    form = DecisionForm(deliberation, ballot, request.POST or None, supersedes=contested)
    if form.is_valid() and carried_out(
        form, lambda: deliberation.conclude(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La décision est prise."))
        return redirect("committees:decision", pk)
    context = {"form": form, "deliberation": deliberation, "ballot": ballot}
    context["contested"] = contested
    return form_page(request, "committees/decision_conclusion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supersession(request, pk):
    deliberation = get_object_or_404(Deliberation.objects.revisable_by(request.user), pk=pk)
    current = deliberation.decision_in_force()
    form = DecisionForm(deliberation, current.ballot, request.POST or None, supersedes=current)
    if form.is_valid() and carried_out(
        form, lambda: current.supersede(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La nouvelle décision remplace la précédente."))
        return redirect("committees:decision", pk)
    context = {"form": form, "deliberation": deliberation, "decision": current}
    return form_page(request, "committees/decision_supersession.html", context)
