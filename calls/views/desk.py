from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from calls.columns import rows_of
from calls.filters import ApplicationFilter
from calls.forms import DismissalForm, ReferralForm
from calls.models import Application, Attachment, Call, SavedView
from calls.models.sketch import near_applications
from committees.models import Deliberation


@require_safe
@team_only
def desk(request):
    received = Application.objects.received_by(request.user).by_deposit()
    found = ApplicationFilter(request.GET, queryset=rows_of(received), request=request)
    columns, page = found.columns, page_of(request, found.qs)
    context = {
        "filter": found,
        "page": page,
        "columns": columns,
        "rows": [(row, [(c.key, c.value(row)) for c in columns]) for row in page],
        "views": SavedView.objects.visible_to(request.user).order_by("name"),
        "query": ApplicationFilter.address_of(request.GET.urlencode()),
    }
    return render(request, "calls/desk.html", context)


@require_safe
def team_application(request, pk):
    received = Application.objects.received_by(request.user).select_related("call", "author")
    application = get_object_or_404(received, pk=pk)
    examinations = Deliberation.objects.about(application).visible_to(request.user)
    receipt, visible = application.last_receipt(), Attachment.objects.visible_to(request.user)
    context = {
        "application": application,
        "sections": application.sections(),
        "files": receipt and visible.handed_in(receipt.snapshot),
        "approval": application.approval(),
        "receipt": receipt,
        "deliberation": examinations.last(),
        "near": near_applications(application, request.user)[:3],
        "can_check": Application.objects.checkable_by(request.user).contains(application),
        "corrections": application.corrections.latest_first(),
        "can_correct": Application.objects.correctable_by(request.user).contains(application),
        "can_refer": Application.objects.examinable_by(request.user).contains(application),
        "can_erase": Application.objects.handled_by(request.user).contains(application),
    }
    return render(request, "calls/team_application.html", context)


@require_POST
def admission(request, pk):
    application = get_object_or_404(Application.objects.received_by(request.user), pk=pk)
    application.admit(by=request.user)
    messages.success(request, _("La candidature est recevable."))
    return redirect("calls:team-application", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def dismissal(request, pk):
    application = get_object_or_404(Application.objects.checkable_by(request.user), pk=pk)
    form = DismissalForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: application.dismiss(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La candidature est irrecevable ; la personne sait pourquoi."))
        return redirect("calls:team-application", pk)
    context = {"form": form, "application": application}
    return form_page(request, "calls/dismissal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request, slug):
    """Two steps: what would be sent, then the sending."""
    call = get_object_or_404(Call.objects.prepared_by(request.user), slug=slug)
    form = ReferralForm(call, request.POST or None, user=request.user)
    context = {"form": form, "call": call}
    if form.is_valid() and "confirmed" not in request.POST:
        return render(request, "calls/referral_preview.html", context | form.cleaned_data)
    if form.is_valid() and carried_out(
        form, lambda: call.send_to_committee(by=request.user, **form.cleaned_data)
    ):
        sent = len(form.result)
        said = ngettext("%(count)s dossier transmis.", "%(count)s dossiers transmis.", sent)
        messages.success(request, said % {"count": sent})
        return redirect("calls:team-call", slug)
    return form_page(request, "calls/referral.html", context)
