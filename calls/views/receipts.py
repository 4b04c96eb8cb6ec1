from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.pdf import pdf
from calls.models import Application


@require_safe
def receipt(request, pk):
    application, receipt = _found(request, pk)
    context = {"application": application, "receipt": receipt, "snapshot": receipt.snapshot}
    return render(request, "calls/receipt.html", context)


@require_safe
def receipt_pdf(request, pk):
    _application, receipt = _found(request, pk)
    response = HttpResponse(pdf("receipt", **receipt.printed()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="recepisse-{receipt.number}.pdf"'
    return response


def _found(request, pk):
    """The last receipt of an application that the reader may see."""
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    receipts = application.receipts.select_related("snapshot").order_by("-pk")
    return application, get_object_or_404(receipts[:1])
