from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.team import CommitteeForm, SeatEndForm, SeatForm, SeatTermsForm
from committees.models import Assignment, Committee, Seat
from committees.rulebook import rules_of


@require_safe
def committee_list(request):
    committees = Committee.objects.visible_to(request.user).order_by("name", "pk")
    return render(request, "committees/committee_list.html", {"page": page_of(request, committees)})


@require_safe
def committee(request, pk):
    committee = get_object_or_404(Committee.objects.visible_to(request.user), pk=pk)
    context = {
        "committee": committee,
        "seats": committee.seats.active_on(today()).in_order()[:100],
        "page": page_of(request, committee.rounds.order_by("-opens_at", "-pk")),
        "queue": Assignment.objects.queue_of(request.user).of_committee(committee)[:10],
        "sittings": committee.sittings.visible_to(request.user).to_come().order_by("meets_at")[:5],
        "can_manage": Committee.objects.manageable_by(request.user).contains(committee),
        "rules": rules_of(committee),
        "can_conduct": Committee.objects.conducted_by(request.user).contains(committee),
    }
    return render(request, "committees/committee.html", context)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def committee_new(request):
    form = CommitteeForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Committee.found(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le comité est constitué : donnez-lui maintenant ses membres."))
        return redirect(form.result)
    return form_page(request, "committees/committee_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def committee_rules(request, pk):
    committee = get_object_or_404(Committee.objects.manageable_by(request.user), pk=pk)
    form = CommitteeForm(request.POST or None, instance=committee)
    if form.is_valid() and carried_out(
        form, lambda: committee.configure(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les règles du comité sont enregistrées."))
        return redirect(committee)
    context = {"form": form, "committee": committee}
    return form_page(request, "committees/committee_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_list(request, pk):
    committee = get_object_or_404(Committee.objects.manageable_by(request.user), pk=pk)
    form = SeatForm(committee, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: committee.give_seat(by=request.user, **form.seat())
    ):
        messages.success(request, _("Le siège est attribué."))
        return redirect("committees:seat-list", committee.pk)
    page = page_of(request, committee.seats.in_order())
    context = {"form": form, "committee": committee, "page": page, "today": today()}
    return form_page(request, "committees/seat_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request, pk):
    seat = get_object_or_404(
        Seat.objects.vacatable_by(request.user).select_related("committee", "user"), pk=pk
    )
    form = SeatEndForm(request.POST or None, initial={"on": today()})
    if form.is_valid() and carried_out(
        form, lambda: seat.vacate(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La fin du mandat est enregistrée."))
        return redirect("committees:seat-list", seat.committee_id)
    return form_page(request, "committees/seat_end.html", {"form": form, "seat": seat})


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request, pk):
    seats = Seat.objects.vacatable_by(request.user).select_related("committee", "user")
    seat = get_object_or_404(seats, pk=pk)
    form = SeatTermsForm(seat, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: seat.qualify(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Ce que ce siège apporte est enregistré."))
        return redirect("committees:seat-list", seat.committee_id)
    return form_page(request, "committees/seat.html", {"form": form, "seat": seat})
