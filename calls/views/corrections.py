from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from calls.forms import CorrectionForm
from calls.models import Application, Correction


@require_http_methods(["GET", "HEAD", "POST"])
def correction_new(request, pk):
    application = get_object_or_404(Application.objects.correctable_by(request.user), pk=pk)
    form = CorrectionForm(application, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Correction.request(application, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le complément est demandé ; la personne est prévenue."))
        return redirect("calls:team-application", pk)
    context = {"form": form, "application": application}
    return form_page(request, "calls/correction_new.html", context)


@require_POST
def correction_cancelling(request, pk):
    asked = Correction.objects.received_by(request.user)
    correction = get_object_or_404(asked.select_related("application"), pk=pk)
    correction.cancel(by=request.user)
    messages.success(request, _("La demande de complément est annulée ; la personne le sait."))
    return redirect("calls:team-application", correction.application_id)
