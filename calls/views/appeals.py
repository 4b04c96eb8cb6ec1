"""A gracious appeal: filed by who was told a decision, sent by the team before other members."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from calls.appealing import last_day_to_appeal
from calls.forms import AppealForm, AppealRoundForm
from calls.models import Appeal, Application


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    """Her appeals on an application, and the form of another one where she may file it."""
    application = get_object_or_404(Application.objects.explained_to(request.user), pk=pk)
    decision = application.told_decision()
    can_appeal = Application.objects.appealable_by(request.user).contains(application)
    form = AppealForm(request.POST or None) if can_appeal or request.method == "POST" else None
    if (
        form
        and form.is_valid()
        and carried_out(
            form, lambda: Appeal.file(application, by=request.user, **form.cleaned_data)
        )
    ):
        messages.success(request, _("Votre recours est reçu ; un courriel vous le confirme."))
        return redirect("calls:appeal", pk)
    appeals = application.appeals.select_related("decision__deliberation").order_by("-pk")
    if decision is None or not (form or appeals):
        raise Http404
    until = last_day_to_appeal(decision.notified_at)
    context = {"application": application, "decision": decision, "until": until}
    context |= {"form": form, "appeals": appeals}
    return (
        form_page(request, "calls/appeal.html", context)
        if form
        else render(request, "calls/appeal.html", context)
    )


@require_POST
def withdrawal(request, pk):
    application = get_object_or_404(Application.objects.explained_to(request.user), pk=pk)
    appeal = get_object_or_404(application.appeals.withdrawable_by(request.user))
    appeal.withdraw(by=request.user)
    messages.success(request, _("Votre recours est retiré : la décision reste telle quelle."))
    return redirect(application)


@require_safe
@team_only
def team_appeal_list(request):
    appeals = Appeal.objects.handled_by(request.user).select_related("application")
    return render(
        request, "calls/team_appeal_list.html", {"page": page_of(request, appeals.order_by("pk"))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def team_appeal(request, pk):
    handled = Appeal.objects.handled_by(request.user)
    appeal = get_object_or_404(
        handled.select_related("application__call", "decision__deliberation"), pk=pk
    )
    examinable = Appeal.objects.examinable_by(request.user).contains(appeal)
    if not (examinable or request.method == "POST"):
        return render(request, "calls/team_appeal.html", {"appeal": appeal})
    form = AppealRoundForm(appeal, request.POST or None, user=request.user)
    if form.is_valid() and carried_out(
        form, lambda: appeal.examine(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("D’autres membres examinent ce recours."))
        return redirect(appeal)
    return form_page(request, "calls/team_appeal.html", {"appeal": appeal, "form": form})
