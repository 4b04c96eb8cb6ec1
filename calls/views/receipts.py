from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.pdf import pdf
from calls.models import Application, Attachment


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


def _found(request, pk, number):
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    receipts = application.receipts.select_related("snapshot").order_by("-version")
    if number is not None:
        receipts = receipts.filter(version=number)
    return application, get_object_or_404(receipts[:1])
