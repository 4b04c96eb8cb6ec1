"""The hearings of a sitting, for who prepares it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from committees.forms.hearings import CancellationForm, SeriesForm, SlotForm
from committees.models import AgendaItem, Hearing, HearingPlan, HearingSlot, Sitting


@require_http_methods(["GET", "HEAD", "POST"])
def hearing_plan(request, pk):
    """The slots, who is heard in each, and the series that may be added."""
    sitting = get_object_or_404(Sitting.objects.hearable_by(request.user), pk=pk)
    form = SeriesForm(sitting, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: HearingPlan.lay_out(by=request.user, sitting=sitting, **form.series())
    ):
        messages.success(request, _("Les créneaux sont ouverts : invitez les porteurs."))
        return redirect("committees:hearing-plan", pk)
    slots = HearingSlot.objects.with_hearing_seen_by(request.user).filter(plan__sitting=sitting)
    items = sitting.items.visible_to(request.user).hearable().with_hearing().in_order()
    plan = HearingPlan.objects.manageable_by(request.user).filter(sitting=sitting).first()
    context = {"sitting": sitting, "form": form, "plan": plan, "slots": slots, "items": items}
    return form_page(request, "committees/hearing_plan.html", context)


@require_POST
def hearing_invitation(request, pk):
    plan = get_object_or_404(HearingPlan.objects.manageable_by(request.user), sitting=pk)
    plan.invite(by=request.user)
    messages.success(request, _("Les porteurs des dossiers sont invités à choisir un créneau."))
    return redirect("committees:hearing-plan", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def hearing_cancellation(request, pk):
    plan = get_object_or_404(HearingPlan.objects.manageable_by(request.user), sitting=pk)
    form = CancellationForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: plan.call_off(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les auditions sont annulées."))
        return redirect(plan.sitting)
    context = {"form": form, "sitting": plan.sitting}
    return form_page(request, "committees/hearing_cancellation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hearing_placement(request, pk):
    """Give a slot to a dossier whose people did not choose, or another one."""
    items = AgendaItem.objects.visible_to(request.user).hearable()
    item = get_object_or_404(items, pk=pk)
    plan = get_object_or_404(
        HearingPlan.objects.manageable_by(request.user), sitting=item.sitting_id
    )
    hearing = item.hearings.standing().first()
    slots = plan.slots.free_for(request.user)
    form = SlotForm(slots, request.POST or None, moving=bool(hearing))
    if form.is_valid() and carried_out(form, lambda: place(request.user, item, form.cleaned_data)):
        messages.success(request, _("Le créneau est donné."))
        return redirect("committees:hearing-plan", item.sitting_id)
    context = {"form": form, "item": item, "hearing": hearing, "slots": slots}
    return form_page(request, "committees/hearing_placement.html", context)


def place(user, item, chosen):
    reason = chosen.get("release_reason", "")
    return Hearing.place(by=user, item=item, slot=chosen["slot"], reason=reason)
