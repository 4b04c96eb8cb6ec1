"""The numbered acts under signed minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.pdf import pdf
from base.submission import carried_out, form_page
from committees.forms.minutes import NewRectificationForm, RectificationForm
from committees.models import Minutes, Rectification


@require_http_methods(["GET", "HEAD", "POST"])
def rectification_new(request, pk):
    minutes = get_object_or_404(Minutes.objects.rectifiable_by(request.user), sitting=pk)
    form = NewRectificationForm(request.user, minutes.sitting, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Rectification.draft(by=request.user, minutes=minutes, **form.cleaned_data)
    ):
        messages.success(request, _("La rectification est rédigée : elle attend deux signatures."))
        return redirect(form.result)
    context = {"form": form, "minutes": minutes}
    return form_page(request, "committees/rectification_new.html", context)


@require_safe
def rectification(request, pk):
    acts = Rectification.objects.visible_to(request.user)
    act = get_object_or_404(acts.select_related("minutes__sitting", "snapshot"), pk=pk)
    context = {
        "act": act,
        "signatures": act.signatures.select_related("signed_by").order_by("pk"),
        "can_sign": acts.signable_by(request.user).contains(act),
        "can_change": acts.draftable_by(request.user).contains(act),
    }
    return render(request, "committees/rectification.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rectification_text(request, pk):
    act = get_object_or_404(Rectification.objects.draftable_by(request.user), pk=pk)
    form = RectificationForm(request.POST or None, instance=act)
    if form.is_valid() and carried_out(
        form, lambda: act.reword(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La rectification est réécrite."))
        return redirect("committees:rectification", pk)
    return form_page(request, "committees/rectification_text.html", {"form": form, "act": act})


@require_POST
def rectification_signature(request, pk):
    act = get_object_or_404(Rectification.objects.visible_to(request.user), pk=pk)
    act.sign(by=request.user)
    messages.success(request, _("Votre signature est apposée."))
    return redirect(act)


@require_POST
def rectification_removal(request, pk):
    act = get_object_or_404(Rectification.objects.draftable_by(request.user), pk=pk)
    act.discard(by=request.user)
    messages.success(request, _("La rectification est abandonnée."))
    return redirect(act.minutes)


@require_safe
def rectification_pdf(request, pk):
    act = get_object_or_404(Rectification.objects.visible_to(request.user), pk=pk)
    name = f'attachment; filename="rectification-{pk}.pdf"'
    document = pdf("minutes", **act.printed())
    return HttpResponse(document, "application/pdf", headers={"Content-Disposition": name})
