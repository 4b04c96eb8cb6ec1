from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.maskings import MaskingForm
from committees.models import Masking, Round


@require_safe
def masking_list(request, pk):
    round = get_object_or_404(Round.objects.checked_by(request.user), pk=pk)
    maskings = Masking.objects.visible_to(request.user).filter(deliberation__round=round)
    maskings = maskings.select_related("deliberation__snapshot", "approved_by")
    context = {"round": round, "page": page_of(request, maskings.awaited_first())}
    return render(request, "committees/masking_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def masking(request, pk):
    visible = Masking.objects.visible_to(request.user).select_related("original", "approved_by")
    related = visible.select_related("deliberation__snapshot", "deliberation__round__committee")
    masking = get_object_or_404(related, deliberation=pk)
    form = MaskingForm(masking, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: masking.mask(by=request.user, passages=form.passages())
    ):
        messages.success(request, _("La version que liront les membres est refaite : relisez-la."))
        return redirect(masking)
    context = {
        "form": form,
        "masking": masking,
        "can_check": Masking.objects.checkable_by(request.user).contains(masking),
    }
    return form_page(request, "committees/masking.html", context)


@require_POST
def masking_approval(request, pk):
    maskings = Masking.objects.visible_to(request.user).select_related("deliberation__round")
    masking = get_object_or_404(maskings, deliberation=pk)
    masking.approve(by=request.user)
    messages.success(request, _("Les membres peuvent lire ce dossier."))
    return redirect("committees:masking-list", masking.deliberation.round_id)
