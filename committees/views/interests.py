from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.examinations import DeclarationForm, InterestForm, SettlementForm
from committees.forms.team import TrialForm
from committees.interest_reading import RoundInterests, trials
from committees.models import Committee, Deliberation, Interest, Round


PAGE = 20  # dossiers that a person answers for at once


@require_http_methods(["GET", "HEAD", "POST"])
def interests(request, pk):
    round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    awaiting = round.deliberations.declarable_by(request.user).recognisable().order_by("pk")
    form = DeclarationForm(awaiting[:PAGE], request.POST or None)
    if form.is_valid() and carried_out(form, lambda: declare(request, round, form)):
        messages.success(request, _("Votre déclaration est enregistrée."))
        return redirect(round if not awaiting.exists() else request.path)
    context = {"form": form, "round": round, "left": awaiting.count()}
    return form_page(request, "committees/interests.html", context)


def declare(request, round, form):
    """What the page listed, and not what it would list now, is what the person answers for."""
    keys = request.POST.get("shown", "").split(",")
    shown = [int(key) for key in keys if key.isascii() and key.isdecimal()]
    round.declare_interests(by=request.user, shown=shown, ties=form.ties())


@require_http_methods(["GET", "HEAD", "POST"])
def interest(request, pk):
    deliberations = Deliberation.objects.visible_to(request.user).recusable_by(request.user)
    deliberation = get_object_or_404(deliberations, pk=pk)
    form = InterestForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: deliberation.declare_interest(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Votre lien d’intérêt est enregistré."))
        return redirect(deliberation.round)
    context = {"form": form, "deliberation": deliberation}
    return form_page(request, "committees/interest.html", context)


@require_safe
def interest_report(request, pk):
    round = get_object_or_404(Round.objects.conducted_by(request.user), pk=pk)
    interests = Interest.objects.visible_to(request.user).filter(deliberation__round=round)
    interests = interests.select_related("person", "settled_by", "deliberation__snapshot")
    interests = interests.prefetch_related("neutralisations")
    report = RoundInterests(round, request.user)
    page = page_of(request, interests.of_participants().suspected_first())
    ranks = report.ranks(page.object_list)
    context = {
        "round": round,
        "page": page,
        "rows": [(interest, ranks.get(interest.pk)) for interest in page],
        "undeclared": round.undeclared_seats(request.user)[:100],
        "unjustified": report.unjustified(),
        "mostly_out": report.mostly_out(),
        "short": report.short_of_voices()[:50],
    }
    return render(request, "committees/interest_report.html", context)


@require_safe
def interest_trial(request, pk):
    rounds = Round.objects.conducted_by(request.user).filter(
        committee__in=Committee.objects.manageable_by(request.user)
    )
    round = get_object_or_404(rounds.select_related("committee"), pk=pk)
    form = TrialForm(request.GET or None)
    context = {"form": form, "round": round}
    if form.is_valid():
        dossiers = round.deliberations.live().visible_to(request.user).order_by("pk")
        page = page_of(request, dossiers.recognisable(), size=PAGE)
        person = form.cleaned_data["email"]
        context |= {"person": person, "page": page, "trials": trials(round, person, list(page))}
    return form_page(request, "committees/interest_trial.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interest_settlement(request, pk):
    interests = Interest.objects.visible_to(request.user).select_related("person")
    interest = get_object_or_404(interests, pk=pk)
    form = SettlementForm(request.POST or None)
    if form.is_valid() and carried_out(form, lambda: form.settle(interest, by=request.user)):
        messages.success(request, _("Votre appréciation est enregistrée."))
        return redirect("committees:interest-report", interest.deliberation.round_id)
    context = {"form": form, "interest": interest}
    return form_page(request, "committees/interest_settlement.html", context)
