from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.team import RoundDatesForm, RoundForm
from committees.models import Committee, Masking, Round


@require_safe
def round(request, pk):
    rounds = Round.objects.visible_to(request.user).select_related("committee", "grid")
    round = get_object_or_404(rounds, pk=pk)
    deliberations = round.deliberations.visible_to(request.user).with_progress(request.user)
    context = {
        "round": round,
        "page": page_of(request, deliberations.select_related("snapshot").order_by("pk")),
        "undeclared": round.deliberations.declarable_by(request.user).count(),
        "can_check": round.blind and Round.objects.checked_by(request.user).contains(round),
        "unchecked": Masking.objects.left_in(round, request.user) if round.blind else 0,
        "can_conduct": Round.objects.conducted_by(request.user).contains(round),
        "can_wish": round.committee.seats.reviewing_today().filter(user=request.user).exists(),
        "can_staff": Round.objects.staffable_by(request.user).contains(round),
    }
    return render(request, "committees/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request, pk):
    committee = get_object_or_404(Committee.objects.conducted_by(request.user), pk=pk)
    form = RoundForm(committee, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Round.open_for(committee, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le tour d’examen est prévu."))
        return redirect(form.result)
    return form_page(request, "committees/round_new.html", {"form": form, "committee": committee})


@require_http_methods(["GET", "HEAD", "POST"])
def round_dates(request, pk):
    rounds = Round.objects.running().conducted_by(request.user).select_related("committee")
    round = get_object_or_404(rounds, pk=pk)
    form = RoundDatesForm(request.POST or None, instance=round)
    if form.is_valid() and carried_out(
        form, lambda: round.reschedule(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les dates du tour sont changées."))
        return redirect(round)
    return form_page(request, "committees/round_dates.html", {"form": form, "round": round})
