"""The reserve list of a call: its order, then the places that come free."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from calls.forms.reserve import ArrangementForm
from calls.models import Call, Reserve


@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request, slug):
    call = get_object_or_404(Call.objects.reserved_by(request.user), slug=slug)
    reserve = Reserve.of(call)
    waiting = reserve.to_arrange(request.user)
    form = ArrangementForm(waiting, request.POST or None, instance=reserve)
    if form.is_valid() and carried_out(
        form,
        lambda: Reserve.arrange(
            call, by=request.user, applications=form.ordered(), ends_on=reserve.ends_on
        ),
    ):
        messages.success(request, _("La liste de réserve est enregistrée."))
        return redirect("calls:reserve", slug)
    places = reserve.told_to(request.user)
    context = {"call": call, "reserve": reserve, "form": form, "waiting": waiting}
    context |= {"places": places, "next": next((p for p in places if p.stands), None)}
    context["vacancies"] = reserve.vacancies(request.user)
    return form_page(request, "calls/reserve.html", context)


@require_POST
def reserve_promotion(request, slug):
    call = get_object_or_404(Call.objects.reserved_by(request.user), slug=slug)
    promoted = Reserve.of(call).promote(by=request.user)
    said = _("%(application)s est retenue ; la lettre est partie.")
    messages.success(request, said % {"application": promoted})
    return redirect("calls:reserve", slug)
