from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.submission import carried_out, form_page
from calls.forms import ErasureForm, KeepingForm
from calls.models import Application, Erasure


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request, pk):
    received = Application.objects.handled_by(request.user).received_by(request.user)
    application = get_object_or_404(received.select_related("call"), pk=pk)
    form = ErasureForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Erasure.grant(application, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les données sont effacées ; les personnes sont prévenues."))
        return redirect("calls:desk")
    over = Application.objects.erasable_by(request.user).filter(pk=pk).first()
    context = {"form": form, "application": application, "over": over}
    return form_page(request, "calls/erasure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request, pk):
    over = Application.objects.erasable_by(request.user).received_by(request.user)
    application = get_object_or_404(over, pk=pk)
    form = KeepingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: application.keep_longer(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le dossier est conservé jusqu’à ce jour."))
        return redirect("calls:erasure", pk)
    context = {"form": form, "application": application}
    return form_page(request, "calls/keeping.html", context)
