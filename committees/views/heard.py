"""When and how one is heard, for those who carry a dossier; the page is their waiting room too."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from base.submission import carried_out, form_page
from committees.calendar import calendar_of
from committees.forms.hearings import SlotForm
from committees.models import AgendaItem, Hearing


@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request, pk):
    """Choose a slot, or move to another one; the same page tells all about the hearing."""
    item = get_object_or_404(AgendaItem.objects.heard_for(request.user).for_hearing(), pk=pk)
    mine, plan = item.hearings.standing().first(), item.sitting.hearing_plan
    form = SlotForm(plan.free_slots(), request.POST or None, moving=bool(mine))
    if form.is_valid() and carried_out(
        form, lambda: choose(request.user, item, mine, form.cleaned_data)
    ):
        messages.success(request, _("Votre créneau est retenu."))
        return redirect("committees:hearing", pk)
    context = {"form": form, "item": item, "hearing": mine, "plan": plan}
    context |= {"may_choose": plan.takes_choice(item, mine), "capacities": capacities(item.sitting)}
    return form_page(request, "committees/hearing.html", context)


def choose(user, item, hearing, chosen):
    if hearing is None:
        return Hearing.choose(by=user, item=item, slot=chosen["slot"])
    return hearing.move(by=user, slot=chosen["slot"], reason=chosen["release_reason"])


def capacities(sitting):
    """Who will be there, in capacities: names of members never reach those who are heard."""
    return list(dict.fromkeys(seat.get_capacity_display() for seat in sitting.seats().in_order()))


@require_safe
@conditional_page
def hearing_state(request, pk):
    """What the waiting room says now."""
    item = get_object_or_404(AgendaItem.objects.heard_for(request.user).for_hearing(), pk=pk)
    context = {"item": item, "hearing": item.hearings.standing().first()}
    return render(request, "committees/hearing_state.html", context)


@require_safe
def hearing_calendar(request, pk):
    item = get_object_or_404(AgendaItem.objects.heard_for(request.user).for_hearing(), pk=pk)
    hearing = get_object_or_404(item.hearings.standing())
    response = HttpResponse(calendar_of(hearing), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audition-{pk}.ics"'
    return response
