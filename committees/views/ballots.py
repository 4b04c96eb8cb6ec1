"""An examination in a sitting: the item opens, a ballot is held, its result is proclaimed."""

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
from committees.forms.ballots import BallotForm, CancellationForm, PostponementForm, VoteForm
from committees.models import AgendaItem, Ballot, Deliberation, Vote


@require_POST
def item_opening(request, pk):
    item = get_object_or_404(AgendaItem.objects.conducted_by(request.user), pk=pk)
    item.open(by=request.user)
    messages.success(request, _("L’examen du dossier est ouvert."))
    return redirect(item)


@require_http_methods(["GET", "HEAD", "POST"])
def item_postponement(request, pk):
    item = get_object_or_404(AgendaItem.objects.postponable_by(request.user), pk=pk)
    form = PostponementForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: item.postpone(by=request.user, reason=form.cleaned_data["postponement"])
    ):
        messages.success(request, _("L’examen du dossier est reporté."))
        return redirect(item)
    context = {"form": form, "item": item}
    return form_page(request, "committees/sitting_item_postponement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ballot_new(request, pk):
    item = get_object_or_404(AgendaItem.objects.postponable_by(request.user), pk=pk)
    form = BallotForm(item, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Ballot.prepare(by=request.user, item=item, **form.cleaned_data)
    ):
        messages.success(request, _("Le scrutin est prêt : relisez-le, puis ouvrez-le."))
        return redirect(form.result)
    return form_page(request, "committees/ballot_new.html", {"form": form, "item": item})


@require_safe
def ballot(request, pk):
    ballots = Ballot.objects.visible_to(request.user).for_page(request.user)
    ballot = get_object_or_404(ballots, pk=pk)
    told = ballot.status == ballot.Status.PROCLAIMED
    told = told or (ballot.status == ballot.Status.CLOSED and ballot.conducted)
    votes = Vote.objects.visible_to(request.user).filter(ballot=ballot)
    context = turnout_of(ballot) | {
        "votes": votes.select_related("seat__user", "cast_by").order_by("pk"),
        "tally": ballot.tally() if told else None,
        "result": ballot.result() if told else None,
    }
    return render(request, "committees/ballot.html", context)


@require_safe
@conditional_page
def ballot_turnout(request, pk):
    """How many voted, and who is awaited: the part of the page that follows the vote."""
    ballots = Ballot.objects.visible_to(request.user).for_turnout(request.user)
    ballot = get_object_or_404(ballots, pk=pk)
    return render(request, "committees/poll_turnout.html", turnout_of(ballot))


def turnout_of(ballot):
    """What its page says of the participation while it is open, to who may follow it."""
    shown = ballot.status == ballot.Status.OPEN and (ballot.followed or ballot.conducted)
    return {
        "poll": ballot,
        "turnout": ballot.voted_seats().count() if shown else None,
        "awaited": ballot.awaited_seats() if shown else [],
    }


@require_POST
def ballot_opening(request, pk):
    ballot = get_object_or_404(Ballot.objects.conducted_by(request.user), pk=pk)
    ballot.open(by=request.user)
    messages.success(request, _("Le scrutin est ouvert."))
    return redirect(ballot)


@require_POST
def ballot_closing(request, pk):
    ballot = get_object_or_404(Ballot.objects.conducted_by(request.user), pk=pk)
    ballot.close(by=request.user)
    messages.success(request, _("Le scrutin est clos : relisez le résultat, puis proclamez-le."))
    return redirect(ballot)


@require_POST
def ballot_proclamation(request, pk):
    ballot = get_object_or_404(Ballot.objects.conducted_by(request.user), pk=pk)
    ballot.proclaim(by=request.user)
    messages.success(request, _("Le résultat est proclamé."))
    return redirect(ballot)


@require_http_methods(["GET", "HEAD", "POST"])
def ballot_cancellation(request, pk):
    ballot = get_object_or_404(Ballot.objects.conducted_by(request.user).live(), pk=pk)
    form = CancellationForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: ballot.cancel(by=request.user, reason=form.cleaned_data["cancellation"])
    ):
        messages.success(request, _("Le scrutin est annulé."))
        return redirect(ballot.item)
    context = {"form": form, "ballot": ballot}
    return form_page(request, "committees/ballot_cancellation.html", context)


@require_POST
def ballot_revote(request, pk):
    ballot = get_object_or_404(Ballot.objects.conducted_by(request.user), pk=pk)
    again = ballot.revote(by=request.user)
    messages.success(request, _("Le nouveau scrutin est prêt : relisez-le, puis ouvrez-le."))
    return redirect(again)


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request, pk):
    """The address of the deliberation, so that a member finds the vote before the ballot opens."""
    deliberation = get_object_or_404(Deliberation.objects.visible_to(request.user), pk=pk)
    votable = Ballot.objects.votable_by(request.user).filter(item__deliberation=deliberation)
    ballot = votable.select_related("item__sitting__committee").first()
    seats = ballot.open_seats_of(request.user) if ballot else []
    if not seats:
        status = 409 if request.method == "POST" else 200
        context = {"deliberation": deliberation, "ballot": ballot}
        return render(request, "committees/vote_none.html", context, status=status)
    form = VoteForm(ballot, seats, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: ballot.cast(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Votre vote est enregistré."))
        return redirect(ballot)
    context = {"form": form, "ballot": ballot, "deliberation": deliberation}
    return form_page(request, "committees/vote.html", context)
