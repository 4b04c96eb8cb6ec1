from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from calls.forms import AnswerForm, DelegationForm, PlanForm
from calls.models import Application, Approval


@require_http_methods(["GET", "HEAD", "POST"])
def approval_request(request, pk):
    mine = Application.objects.led_by(request.user).select_related("call", "author")
    application = get_object_or_404(mine, pk=pk)
    form = PlanForm(request.POST or None, initial=application.last_plan())
    context = {
        "application": application,
        "form": form,
        "approval": application.approval(),
        "can_plan": Application.objects.plannable_by(request.user).contains(application),
        "can_resend": application.approvals.resendable_by(request.user).exists(),
    }
    if form.is_valid() and carried_out(
        form, lambda: Approval.request(application, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La demande est partie à votre responsable."))
        return redirect("calls:approval-request", pk)
    return form_page(request, "calls/approval_request.html", context)


@require_POST
def approval_resend(request, pk):
    mine = Application.objects.led_by(request.user)
    approval = get_object_or_404(mine, pk=pk).approval()
    get_object_or_404(Approval.objects.visible_to(request.user), pk=approval and approval.pk)
    approval.resend(by=request.user)
    messages.success(request, _("Un nouveau lien est parti ; le précédent ne sert plus."))
    return redirect(approval)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approval(request, token):
    """The manager's page behind her link; reading it changes nothing."""
    approval = get_object_or_404(_read(Approval.objects.linked_by(token)))
    return _answered(request, approval, reverse("calls:approval-delegation", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
def approval_direct(request, pk):
    """The same page for a manager with an account, who needs no link."""
    approval = get_object_or_404(_read(Approval.objects.addressed_to(request.user)), pk=pk)
    return _answered(request, approval, reverse("calls:approval-direct-delegation", args=[pk]))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request, token):
    """Where a manager without an account says who signs instead."""
    approval = get_object_or_404(_read(Approval.objects.answerable().linked_by(token)))
    return _delegated(request, approval, reverse("calls:approval", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
def direct_delegation(request, pk):
    answerable = _read(Approval.objects.answerable_by(request.user))
    approval = get_object_or_404(answerable, pk=pk)
    return _delegated(request, approval, reverse("calls:approval-direct", args=[pk]))


def _read(approvals):
    return approvals.select_related(
        "application__call", "application__author", "delegated_to", "delegated_from"
    )


def _signed_in(request):
    return request.user if request.user.is_authenticated else None


def _delegated(request, approval, back):
    form = DelegationForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: approval.delegate(by=_signed_in(request), **form.cleaned_data)
    ):
        messages.success(request, _("La demande est transmise. Merci."))
        return redirect(back)
    context = {
        "approval": approval,
        "application": approval.application,
        "form": form,
        "back": back,
    }
    return form_page(request, "calls/approval_delegation.html", context)


def _answered(request, approval, delegation):
    signed_in = _signed_in(request)
    form = AnswerForm(request.POST or None, initial={"plan_digest": approval.plan_digest})
    if form.is_valid() and carried_out(
        form, lambda: approval.answer(by=signed_in, **form.cleaned_data)
    ):
        messages.success(request, _("Votre réponse est enregistrée. Merci."))
        return redirect(request.path)
    application = approval.application
    context = {
        "approval": approval,
        "application": application,
        "form": form,
        "delegation": delegation,
        "is_open": Approval.objects.answerable().contains(approval),
        "is_applicant": signed_in in application.applicants(),
    }
    return form_page(request, "calls/approval.html", context)
