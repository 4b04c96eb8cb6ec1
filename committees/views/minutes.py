from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from base.pdf import pdf
from committees.models import Minutes, Sitting


@require_safe
def minutes(request, pk):
    visible = Minutes.objects.visible_to(request.user).select_related("sitting", "snapshot")
    minutes = get_object_or_404(visible, sitting=pk)
    amendments = minutes.amendments.visible_to(request.user).for_page()
    context = {
        "minutes": minutes,
        "sections": minutes.sections_for(request.user),
        "signatures": minutes.signatures.select_related("signed_by").order_by("pk"),
        "can_sign": Minutes.objects.signable_by(request.user).contains(minutes),
        "can_generate": Sitting.objects.recordable_by(request.user).filter(pk=pk).exists(),
        "can_rectify": Minutes.objects.rectifiable_by(request.user).contains(minutes),
        "amendments": amendments,
        "standing": any(one.dropped_at is None for one in amendments),
        "acts": minutes.rectifications.visible_to(request.user).for_page(),
    }
    return render(request, "committees/minutes.html", context)


@require_POST
def minutes_generation(request, pk):
    sitting = get_object_or_404(Sitting.objects.conductable_by(request.user), pk=pk)
    choice = request.POST.get("amendments", "")
    Minutes.generate(by=request.user, sitting=sitting, amendments=choice)
    messages.success(request, _("Le procès-verbal est établi : relisez-le, puis signez-le."))
    return redirect("committees:minutes", pk)


@require_POST
def minutes_signature(request, pk):
    minutes = get_object_or_404(Minutes.objects.visible_to(request.user), sitting=pk)
    minutes.sign(by=request.user)
    messages.success(request, _("Votre signature est apposée."))
    return redirect(minutes)


@require_safe
def minutes_pdf(request, pk):
    visible = Minutes.objects.visible_to(request.user).select_related("sitting", "snapshot")
    minutes = get_object_or_404(visible, sitting=pk)
    document = pdf("minutes", **minutes.printed_for(request.user))
    name = f'attachment; filename="proces-verbal-{pk}.pdf"'
    return HttpResponse(document, "application/pdf", headers={"Content-Disposition": name})
