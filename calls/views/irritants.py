from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from calls.filters import IrritantFilter, TeamIrritantFilter
from calls.forms import HidingForm, IrritantForm
from calls.models import Application, Call, Irritant


@login_not_required
@require_safe
def irritant_list(request):
    visible = Irritant.objects.visible_to(request.user).counted().select_related("entity")
    kind = TeamIrritantFilter if request.user.is_staff else IrritantFilter
    found = kind(request.GET, queryset=visible.order_by("-pk"))
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "calls/irritant_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def irritant_report(request):
    form = IrritantForm(request.POST or None, initial={"entity": request.user.entity})
    similar = Irritant.objects.none()
    if form.is_valid():
        similar = Irritant.objects.published().similar_to(form.words())[:5]
        asked = "anyway" in request.POST or not similar
        if asked and carried_out(
            form, lambda: Irritant.report(by=request.user, **form.cleaned_data)
        ):
            messages.success(request, _("Merci. L’équipe relit votre irritant, puis le publie."))
            return redirect(form.result)
    context = {"form": form, "similar": similar}
    return form_page(request, "calls/irritant_report.html", context)


@login_not_required
@require_safe
def irritant(request, pk):
    visible = Irritant.objects.visible_to(request.user).counted().select_related("entity", "author")
    irritant = get_object_or_404(visible, pk=pk)
    applications = Application.objects.visible_to(request.user).filter(irritant=irritant)
    context = {
        "irritant": irritant,
        "similar": Irritant.objects.published().exclude(pk=pk).similar_to(irritant.title)[:5],
        "applications": applications.select_related("call").order_by("-pk")[:25],
        "open_calls": Call.objects.open().order_by("closes_at")[:5],
        "supported": Irritant.objects.supported_by(request.user).contains(irritant),
        "can_support": Irritant.objects.supportable_by(request.user).contains(irritant),
        "can_publish": Irritant.objects.publishable_by(request.user).contains(irritant),
        "can_hide": Irritant.objects.hideable_by(request.user).contains(irritant),
    }
    return render(request, "calls/irritant.html", context)


@require_POST
def support(request, pk):
    irritant = get_object_or_404(Irritant.objects.visible_to(request.user), pk=pk)
    if "withdraw" in request.POST:
        irritant.withdraw_support(by=request.user)
        messages.success(request, _("Votre « moi aussi » est repris."))
    else:
        irritant.support(by=request.user)
        messages.success(request, _("Votre « moi aussi » est compté."))
    return redirect(irritant)


@require_POST
def publication(request, pk):
    irritant = get_object_or_404(Irritant.objects.publishable_by(request.user), pk=pk)
    irritant.publish(by=request.user)
    messages.success(request, _("L’irritant est publié ; la personne en est prévenue."))
    return redirect(irritant)


@require_http_methods(["GET", "HEAD", "POST"])
def hiding(request, pk):
    irritant = get_object_or_404(Irritant.objects.hideable_by(request.user), pk=pk)
    form = HidingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: irritant.hide(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’irritant est masqué ; la personne sait pourquoi."))
        return redirect(irritant)
    return form_page(request, "calls/irritant_hiding.html", {"irritant": irritant, "form": form})
