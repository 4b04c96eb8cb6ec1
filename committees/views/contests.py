"""Comparing the dossiers of a sitting: a contest is prepared, voted, proclaimed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from base.submission import carried_out, form_page
from committees import places
from committees.forms.ballots import CancellationForm
from committees.forms.contests import ContestForm, PaperForm
from committees.models import Contest, Sitting


@require_http_methods(["GET", "HEAD", "POST"])
def contest_new(request, pk):
    held = Sitting.objects.conductable_by(request.user).open()
    sitting = get_object_or_404(held.select_related("committee"), pk=pk)
    method = request.GET.get("methode")
    method = method if method in Contest.Method.values else Contest.Method.JUDGEMENT.value
    form = ContestForm(sitting, method, request.user, request.POST or None)
    given = {"by": request.user, "sitting": sitting, "method": method}
    if form.is_valid() and carried_out(form, lambda: Contest.prepare(**given, **form.cleaned_data)):
        messages.success(request, _("Le scrutin est prêt : relisez-le, puis ouvrez-le."))
        return redirect(form.result)
    context = {"form": form, "sitting": sitting, "method": Contest.Method(method)}
    return form_page(request, "committees/contest_new.html", context | {"methods": Contest.Method})


@require_safe
def contest(request, pk):
    contests = Contest.objects.visible_to(request.user).for_page(request.user)
    contest = get_object_or_404(contests, pk=pk)
    told = contest.status == contest.Status.PROCLAIMED
    told = told or (contest.status == contest.Status.CLOSED and contest.conducted)
    candidates = contest.candidates.visible_to(request.user)
    context = turnout_of(contest, request.user) | {
        "candidates": candidates.in_order(),
        "places": places.places(contest, candidates) if told else None,
        "papers": places.papers(contest, candidates) if told else None,
    }
    return render(request, "committees/contest.html", context)


@require_safe
@conditional_page
def contest_turnout(request, pk):
    """How many voted, and who is awaited: the part of the page that follows the vote."""
    contests = Contest.objects.visible_to(request.user).for_page(request.user)
    contest = get_object_or_404(contests, pk=pk)
    context = turnout_of(contest, request.user)
    return render(request, "committees/poll_turnout.html", context)


def turnout_of(contest, user):
    """What its page says of the participation while it is open, to who may follow it."""
    shown = contest.status == contest.Status.OPEN and (contest.followed or contest.conducted)
    return {
        "poll": contest,
        "turnout": contest.voters(user) if shown else None,
        "awaited": contest.awaited_for(user) if shown else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def contest_vote(request, pk):
    contest = get_object_or_404(Contest.objects.votable_by(request.user), pk=pk)
    seats = contest.open_seats_of(request.user)
    asked = request.POST.get("seat") or request.GET.get("siege")
    seat = next((seat for seat in seats if str(seat.pk) == asked), next(iter(seats), None))
    if seat is None:
        status = 409 if request.method == "POST" else 200
        return render(request, "committees/contest_voted.html", {"ballot": contest}, status=status)
    judged = contest.judged_by(request.user, seat).in_order()
    form = PaperForm(contest, seat, judged, contest.paper_of(seat), request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: contest.cast(by=request.user, values=form.cleaned_data["values"], seat=seat)
    ):
        messages.success(request, _("Votre vote est enregistré."))
        return redirect(contest)
    context = {"form": form, "ballot": contest, "seats": seats, "seat": seat}
    return form_page(request, "committees/contest_vote.html", context)


@require_POST
def contest_opening(request, pk):
    contest = get_object_or_404(Contest.objects.conducted_by(request.user), pk=pk)
    contest.open(by=request.user)
    messages.success(request, _("Le scrutin est ouvert."))
    return redirect(contest)


@require_POST
def contest_closing(request, pk):
    contest = get_object_or_404(Contest.objects.conducted_by(request.user), pk=pk)
    contest.close(by=request.user)
    messages.success(request, _("Le scrutin est clos : relisez le résultat, puis proclamez-le."))
    return redirect(contest)


@require_POST
def contest_proclamation(request, pk):
    contest = get_object_or_404(Contest.objects.conducted_by(request.user), pk=pk)
    contest.proclaim(by=request.user)
    messages.success(request, _("Le résultat est proclamé."))
    return redirect(contest)


@require_http_methods(["GET", "HEAD", "POST"])
def contest_cancellation(request, pk):
    contest = get_object_or_404(Contest.objects.conducted_by(request.user).live(), pk=pk)
    form = CancellationForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: contest.cancel(by=request.user, reason=form.cleaned_data["cancellation"])
    ):
        messages.success(request, _("Le scrutin est annulé."))
        return redirect(contest)
    context = {"form": form, "ballot": contest}
    return form_page(request, "committees/contest_cancellation.html", context)
