from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.comparison import levels_of
from committees.models import Calibration, Deliberation


@require_safe
def calibration(request, pk):
    visible = Calibration.objects.visible_to(request.user)
    related = visible.select_related("deliberation__snapshot", "deliberation__round__grid")
    calibration = get_object_or_404(related, deliberation=pk)
    comparable = Calibration.objects.comparable_by(request.user).contains(calibration)
    conducted = Calibration.objects.conducted_by(request.user).contains(calibration)
    context = {
        "calibration": calibration,
        "comparable": comparable,
        "can_conduct": conducted,
        "progress": calibration.progress() if conducted else None,
        "criteria": levels_of(calibration, request.user) if comparable else [],
    }
    return render(request, "committees/calibration.html", context)


@require_POST
def calibration_mark(request, pk):
    deliberation = get_object_or_404(Deliberation.objects.assignable_by(request.user), pk=pk)
    calibration = Calibration.mark(by=request.user, deliberation=deliberation)
    messages.success(request, _("Le dossier est proposé à tous les membres, pour l’étalonnage."))
    return redirect(calibration)


@require_POST
def calibration_opening(request, pk):
    conducted = Calibration.objects.conducted_by(request.user)
    calibration = get_object_or_404(conducted, deliberation=pk)
    calibration.reveal(by=request.user)
    messages.success(request, _("La comparaison est ouverte."))
    return redirect(calibration)


@require_POST
def calibration_end(request, pk):
    conducted = Calibration.objects.conducted_by(request.user)
    calibration = get_object_or_404(conducted, deliberation=pk)
    calibration.give_back(by=request.user)
    messages.success(request, _("Le dossier est rendu au tour : il compte comme les autres."))
    return redirect(calibration.deliberation)
