"""A sitting from its preparation to its end, and the page on which it is followed live."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.sittings import (
    AgendaForm,
    ConvocationForm,
    SecondConvocationForm,
    SittingForm,
)
from committees.models import AgendaItem, Committee, Minutes, Sitting
from committees.models.dissent import dissentable_by
from committees.views.live import floor_of


@require_safe
def sitting_list(request):
    sittings = Sitting.objects.visible_to(request.user).select_related("committee")
    context = {
        "page": page_of(request, sittings.order_by("-meets_at", "-pk")),
        "committees": Committee.objects.conducted_by(request.user).order_by("name", "pk")[:25],
    }
    return render(request, "committees/sitting_list.html", context)


@require_safe
def sitting(request, pk):
    """Live: who is there, what is on the table, what the reader can do now."""
    user = request.user
    sitting = get_object_or_404(Sitting.objects.visible_to(user).for_page(user), pk=pk)
    items = list(sitting.items.visible_to(user).for_page(user).with_hearing())
    context = floor_of(sitting, user, items) | {
        "sitting": sitting,
        "items": items,
        "contests": sitting.contests.visible_to(user).for_page(user).order_by("pk"),
        "dissentable": set(dissentable_by(user).filter(sitting=pk).values_list("pk", flat=True)),
        "has_minutes": sitting.is_over
        and Minutes.objects.visible_to(user).filter(sitting=sitting).exists(),
    }
    return render(request, "committees/sitting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sitting_new(request, pk):
    committee = get_object_or_404(Committee.objects.conducted_by(request.user), pk=pk)
    form = SittingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Sitting.prepare(by=request.user, committee=committee, **form.cleaned_data)
    ):
        messages.success(request, _("La séance est prête à recevoir son ordre du jour."))
        return redirect("committees:agenda", form.result.pk)
    return form_page(request, "committees/sitting_new.html", {"form": form, "committee": committee})


@require_http_methods(["GET", "HEAD", "POST"])
def sitting_plan(request, pk):
    sitting = get_object_or_404(Sitting.objects.preparable_by(request.user), pk=pk)
    initial = {"meets_at": sitting.meets_at, "place": sitting.place}
    form = SittingForm(request.POST or None, initial=initial)
    if form.is_valid() and carried_out(
        form, lambda: sitting.replan(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La date et le lieu sont enregistrés."))
        return redirect("committees:agenda", pk)
    return form_page(request, "committees/sitting_plan.html", {"form": form, "sitting": sitting})


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request, pk):
    sitting = get_object_or_404(Sitting.objects.preparable_by(request.user), pk=pk)
    form = AgendaForm(request.user, sitting, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: AgendaItem.add_all(by=request.user, sitting=sitting, **form.cleaned_data)
    ):
        messages.success(request, _("L’ordre du jour est à jour."))
        return redirect("committees:agenda", pk)
    items = sitting.items.visible_to(request.user).in_order()
    context = {"form": form, "sitting": sitting, "items": items}
    return form_page(request, "committees/sitting_agenda.html", context)


@require_POST
def agenda_rise(request, pk):
    item = get_object_or_404(AgendaItem.objects.movable_by(request.user), pk=pk)
    item.rise(by=request.user)
    return redirect("committees:agenda", item.sitting_id)


@require_POST
def agenda_removal(request, pk):
    item = get_object_or_404(AgendaItem.objects.movable_by(request.user), pk=pk)
    item.remove(by=request.user)
    messages.success(request, _("Le dossier n’est plus à l’ordre du jour."))
    return redirect("committees:agenda", item.sitting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def convocation(request, pk):
    sitting = get_object_or_404(Sitting.objects.preparable_by(request.user), pk=pk)
    form = ConvocationForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: sitting.convene(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La convocation est partie."))
        return redirect(sitting)
    items = sitting.items.visible_to(request.user).in_order()
    context = {"form": form, "sitting": sitting, "items": items}
    return form_page(request, "committees/sitting_convocation.html", context)


@require_POST
def sitting_opening(request, pk):
    sitting = get_object_or_404(Sitting.objects.conductable_by(request.user), pk=pk)
    sitting.open(by=request.user)
    messages.success(request, _("La séance est ouverte : notez les présences."))
    return redirect(sitting)


@require_POST
def sitting_closing(request, pk):
    sitting = get_object_or_404(Sitting.objects.conductable_by(request.user), pk=pk)
    sitting.close(by=request.user)
    messages.success(request, _("La séance est levée : établissez son procès-verbal."))
    return redirect(sitting)


@require_POST
def sitting_adjournment(request, pk):
    sitting = get_object_or_404(Sitting.objects.conductable_by(request.user), pk=pk)
    sitting.adjourn(by=request.user)
    messages.success(request, _("La séance est ajournée : convoquez-la une seconde fois."))
    return redirect(sitting)


@require_http_methods(["GET", "HEAD", "POST"])
def second_convocation(request, pk):
    sitting = get_object_or_404(Sitting.objects.reconvenable_by(request.user), pk=pk)
    form = SecondConvocationForm(request.POST or None, initial={"place": sitting.place})
    if form.is_valid() and carried_out(
        form, lambda: sitting.reconvene(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La seconde convocation est partie."))
        return redirect(sitting.second)
    context = {"form": form, "sitting": sitting}
    return form_page(request, "committees/sitting_second_convocation.html", context)
