"""What was deposited, version by version, and what is written since and counts not yet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calls.comparison import compared
from calls.models import Amendment, Application


@require_safe
def version_list(request, pk):
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    receipts = application.receipts.select_related("snapshot").order_by("-version")
    if not receipts:
        raise Http404
    mine = Application.objects.carried_by(request.user)
    asides = Amendment.objects.aside().filter(application__in=mine.filter(pk=pk))
    context = {"application": application, "receipts": receipts, "asides": asides}
    return render(request, "calls/version_list.html", context)


@require_safe
def comparison(request, pk, number):
    """A version and the one before it."""
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    receipts = application.receipts.select_related("snapshot")
    receipt = get_object_or_404(receipts, version=number)
    former = get_object_or_404(receipts, version=number - 1)
    rows = compared(former.contents(), receipt.contents())
    context = {"application": application, "receipt": receipt, "former": former, "rows": rows}
    return render(request, "calls/comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request, pk):
    """What is written since the deposit, beside it; the button opens it for writing."""
    application = get_object_or_404(Application.objects.carried_by(request.user), pk=pk)
    if request.method == "POST":
        application.amend(by=request.user)
        return redirect("calls:writing", pk)
    receipt = get_object_or_404(application.receipts.order_by("-version")[:1])
    context = {
        "application": application,
        "receipt": receipt,
        "rows": compared(receipt.contents(), application.as_written().contents()),
        "can_amend": Application.objects.amendable_by(request.user).contains(application),
        "can_write": Application.objects.amended_by(request.user).contains(application),
    }
    return render(request, "calls/amendment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_drop(request, pk):
    application = get_object_or_404(Application.objects.amended_by(request.user), pk=pk)
    if request.method == "POST":
        application.drop_changes(by=request.user)
        messages.success(
            request, _("Vos modifications sont abandonnées : le dépôt reste tel quel.")
        )
        return redirect(application)
    return render(request, "calls/amendment_drop.html", {"application": application})


@require_safe
def aside(request, pk, number):
    """Changes that were never deposited, word for word."""
    application = get_object_or_404(Application.objects.carried_by(request.user), pk=pk)
    amendment = get_object_or_404(application.amendments.aside(), pk=number)
    counts = application.last_receipt().contents()
    rows = compared(counts, application.as_written(amendment).contents())
    context = {"application": application, "amendment": amendment, "rows": rows}
    return render(request, "calls/aside.html", context)
