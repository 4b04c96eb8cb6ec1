from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.doors import team_only
from base.lifecycle import Refused
from base.paging import page_of
from base.submission import carried_out, form_page
from calls.filters import BoardFilter, IrritantFilter, TeamIrritantFilter
from calls.forms import (
    ClosingForm,
    HidingForm,
    IrritantForm,
    MergeForm,
    PublicIrritantForm,
    ThemeForm,
)
from calls.models import Irritant


SUGGESTED_FROM = 8  # characters


@login_not_required
@require_safe
def irritant_list(request):
    visible = Irritant.objects.visible_to(request.user).counted().select_related("entity")
    kind = TeamIrritantFilter if request.user.is_staff else IrritantFilter
    listed = visible.exclude(status=Irritant.Status.MERGED).defer("search_text")
    found = kind(request.GET, queryset=listed.order_by("-pk"))
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "calls/irritant_list.html", context)


@require_safe
@team_only
def board(request):
    """The team's triage: what awaits it first, counts by state and by theme."""
    visible = Irritant.objects.visible_to(request.user)
    rows = visible.counted().with_applications().select_related("entity").defer("search_text")
    found = BoardFilter(request.GET, queryset=rows.in_order_of_triage())
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "states": visible.counted_by_status(),
        "themes": visible.counted_by_theme(),
    }
    return render(request, "calls/irritant_board.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def irritant_report(request):
    form = _report_form(request)
    similar = Irritant.objects.none()
    if form.is_valid():
        similar = Irritant.objects.published().similar_to(form.words())[:5]
        asked = "anyway" in request.POST or not similar
        if asked and carried_out(form, lambda: _report(request, form)):
            messages.success(request, _("Merci. L’équipe relit votre irritant, puis le publie."))
            known = request.user.is_authenticated
            return redirect(form.result if known else "calls:irritant-list")
    context = {"form": form, "similar": similar}
    response = form_page(request, "calls/irritant_report.html", context)
    return _patient(response) if getattr(form, "refused", False) else response


@login_not_required
@require_safe
def suggestions(request):
    """What was reported already, asked for while one types; nothing before a few letters."""
    words = request.GET.get("title", "")[:150]
    similar = Irritant.objects.none()
    if len(words.strip()) >= SUGGESTED_FROM:
        similar = Irritant.objects.published().similar_to(words)[:5]
    return render(request, "calls/irritant_suggestions.html", {"similar": similar})


@require_POST
def support(request, pk):
    irritant = get_object_or_404(Irritant.objects.reachable_by(request.user), pk=pk)
    if "withdraw" in request.POST:
        irritant.withdraw_support(by=request.user)
        messages.success(request, _("Votre « moi aussi » est repris."))
    else:
        irritant.support(by=request.user)
        messages.success(request, _("Votre « moi aussi » est compté."))
    return redirect(irritant)


@require_POST
def publication(request, pk):
    irritant = get_object_or_404(Irritant.objects.publishable_by(request.user), pk=pk)
    irritant.publish(by=request.user)
    messages.success(request, _("L’irritant est publié ; la personne en est prévenue."))
    return redirect(irritant)


@require_POST
def taking_up(request, pk):
    irritant = get_object_or_404(Irritant.objects.takeable_by(request.user), pk=pk)
    irritant.take_up(by=request.user)
    messages.success(request, _("L’irritant est pris en charge ; ceux qui le vivent le savent."))
    return redirect(irritant)


@require_http_methods(["GET", "HEAD", "POST"])
def hiding(request, pk):
    irritant = get_object_or_404(Irritant.objects.hideable_by(request.user), pk=pk)
    form = HidingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: irritant.hide(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’irritant est masqué ; la personne sait pourquoi."))
        return redirect(irritant)
    return form_page(request, "calls/irritant_hiding.html", {"irritant": irritant, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request, pk):
    irritant = get_object_or_404(Irritant.objects.closable_by(request.user), pk=pk)
    form = ClosingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: irritant.close(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’irritant est clos ; ceux qui le vivent savent pourquoi."))
        return redirect(irritant)
    return form_page(request, "calls/irritant_closing.html", {"irritant": irritant, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request, pk):
    irritant = get_object_or_404(Irritant.objects.classifiable_by(request.user), pk=pk)
    form = ThemeForm(request.POST or None, initial={"theme": irritant.theme})
    if form.is_valid() and carried_out(
        form, lambda: irritant.classify(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’irritant est classé."))
        return redirect(irritant)
    return form_page(request, "calls/irritant_theme.html", {"irritant": irritant, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, pk):
    """Two steps: which other says the same, and what will be carried to it."""
    mergeable = Irritant.objects.mergeable_by(request.user).counted()
    irritant = get_object_or_404(mergeable, pk=pk)
    form = MergeForm(request.POST or None, irritant=irritant)
    if form.is_valid() and "confirmed" not in request.POST:
        context = {"irritant": irritant, **form.cleaned_data}
        return render(request, "calls/irritant_merge_preview.html", context)
    if form.is_valid() and carried_out(
        form, lambda: irritant.merge(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les deux irritants n’en font plus qu’un."))
        return redirect(form.cleaned_data["into"])
    return form_page(request, "calls/irritant_merge.html", {"irritant": irritant, "form": form})


def _report_form(request):
    known = request.user.is_authenticated
    kind = IrritantForm if known else PublicIrritantForm
    initial = {"entity": request.user.entity} if known else {}
    address = reverse("calls:irritant-suggestions")
    return kind(request.POST or None, initial=initial, suggestions=address)


def _report(request, form):
    """Whoever has no account is counted by address, so that nobody floods the team (A-47)."""
    person = request.user if request.user.is_authenticated else None
    if person is None and not consume(request, action="report_irritant"):
        raise Refused(
            _("Trop de signalements viennent de votre réseau : réessayez dans une heure.")
        )
    return Irritant.report(by=person, **form.cleaned_data)


def _patient(response):
    """Only the limit refuses a report: what was typed stays on the page, for later."""
    response.status_code = 429
    response["Retry-After"] = "3600"
    return response
