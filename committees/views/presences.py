"""Who is at a sitting, and who votes for whom."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.submission import carried_out, form_page
from committees.forms.sittings import ArrivalForm, ProxyForm
from committees.models import Attendance, Proxy, Sitting


@require_safe
def presences(request, pk):
    sitting = get_object_or_404(Sitting.objects.conductable_by(request.user), pk=pk)
    here = {stay.seat_id: stay for stay in sitting.attendances.here()}
    seats = sitting.seats().select_related("user").order_by("capacity", "user__last_name", "pk")
    context = {"sitting": sitting, "rows": [(seat, here.get(seat.pk)) for seat in seats]}
    return render(request, "committees/attendance_list.html", context)


@require_POST
def arrival(request, pk):
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user), pk=pk)
    form = ArrivalForm(sitting, request.POST)
    if not form.is_valid():
        raise Http404
    Attendance.begin(by=request.user, sitting=sitting, **form.cleaned_data)
    messages.success(request, _("La présence est notée."))
    return back(request, form.cleaned_data["seat"], sitting)


@require_POST
def departure(request, pk):
    attendance = get_object_or_404(Attendance.objects.endable_by(request.user), pk=pk)
    attendance.end(by=request.user)
    messages.success(request, _("Le départ est noté."))
    return back(request, attendance.seat, attendance.sitting)


def back(request, seat, sitting):
    """To the live page from there, to the list of presences when noting somebody else's."""
    own = seat.user_id == request.user.pk
    return redirect(sitting) if own else redirect("committees:presences", sitting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def proxies(request, pk):
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user).to_come(), pk=pk)
    form = ProxyForm(request.user, sitting, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Proxy.give(by=request.user, sitting=sitting, **form.cleaned_data)
    ):
        messages.success(request, _("Le pouvoir est enregistré."))
        return redirect("committees:proxies", pk)
    context = {
        "form": form,
        "sitting": sitting,
        "proxies": sitting.proxies.standing().select_related("principal__user", "holder__user"),
        "revocable": set(Proxy.objects.revocable_by(request.user).values_list("pk", flat=True)),
    }
    return form_page(request, "committees/proxy_list.html", context)


@require_POST
def proxy_revocation(request, pk):
    proxy = get_object_or_404(Proxy.objects.revocable_by(request.user), pk=pk)
    proxy.revoke(by=request.user)
    messages.success(request, _("Le pouvoir est repris."))
    return redirect("committees:proxies", proxy.sitting_id)
