"""Questions and answers about a call, in public."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from calls.forms import InquiryForm, ReplyForm
from calls.models import Call, Inquiry


@login_not_required
@require_safe
def inquiry_list(request, slug):
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    inquiries = Inquiry.objects.visible_to(request.user).filter(call=call).in_reading_order()
    context = {"call": call, "page": page_of(request, inquiries)}
    context["can_ask"] = Call.objects.questionable().contains(call)
    return render(request, "calls/inquiry_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def inquiry_new(request, slug):
    """An agent asks; the team writes the question and its answer together."""
    call = get_object_or_404(Call.objects.questionable(), slug=slug)
    staff = request.user.is_staff
    form = (ReplyForm if staff else InquiryForm)(request.POST or None)
    verb = Inquiry.publish if staff else Inquiry.ask
    if form.is_valid() and carried_out(
        form, lambda: verb(by=request.user, call=call, **form.cleaned_data)
    ):
        said = _("C’est publié.") if staff else _("L’équipe a reçu votre question.")
        messages.success(request, said)
        return redirect("calls:inquiry-list", slug)
    return form_page(request, "calls/inquiry_new.html", {"form": form, "call": call})


@require_http_methods(["GET", "HEAD", "POST"])
def inquiry(request, pk):
    inquiries = Inquiry.objects.answerable_by(request.user).select_related("call")
    inquiry = get_object_or_404(inquiries, pk=pk)
    form = ReplyForm(request.POST or None, instance=inquiry)
    if form.is_valid() and carried_out(
        form, lambda: inquiry.reply(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La réponse est publiée."))
        return redirect(inquiry)
    return form_page(request, "calls/inquiry.html", {"form": form, "call": inquiry.call})
