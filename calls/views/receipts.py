from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.pdf import pdf
from base.submission import carried_out, form_page
from calls.forms import ReceiptWordsForm
from calls.models import Application, Attachment, Call


@require_safe
def receipt(request, pk, number=None):
    """The receipt of a version, or of the last one."""
    application, receipt = _found(request, pk, number)
    files = Attachment.objects.visible_to(request.user).handed_in(receipt.snapshot)
    context = {"application": application, "receipt": receipt, "snapshot": receipt.snapshot}
    context["files"] = files
    return render(request, "calls/receipt.html", context)


@require_safe
def receipt_pdf(request, pk, number=None):
    _application, receipt = _found(request, pk, number)
    response = HttpResponse(pdf("receipt", **receipt.printed()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{receipt.number}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def team_call_receipt(request, slug):
    """What the next receipts of a call will say, published or not."""
    call = get_object_or_404(Call.objects.acknowledged_by(request.user), slug=slug)
    form = ReceiptWordsForm(request.POST or None, instance=call)
    if form.is_valid() and carried_out(
        form, lambda: call.word_receipts(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les prochains récépissés le diront ; les autres restent."))
        return redirect("calls:team-call", slug)
    return form_page(request, "calls/team_call_receipt.html", {"form": form, "call": call})


def _found(request, pk, number):
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    receipts = application.receipts.select_related("snapshot").order_by("-version")
    if number is not None:
        receipts = receipts.filter(version=number)
    return application, get_object_or_404(receipts[:1])
