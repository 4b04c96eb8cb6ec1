"""From ranks to a promotion: scenarios side by side, and the list that people settle."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.paging import page_of
from base.submission import carried_out, form_page
from calls.forms.scenarios import ScenarioForm, ShortlistForm
from calls.models import Call, Scenario, Shortlist
from calls.scenario_reading import compared, consequences, settled_for


@require_http_methods(["GET", "HEAD", "POST"])
def portfolio(request, slug):
    call = get_object_or_404(Call.objects.reserved_by(request.user), slug=slug)
    form = ScenarioForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: Scenario.keep(
            call,
            by=request.user,
            name=form.cleaned_data["name"],
            basis=form.cleaned_data["basis"],
            rules=form.rules(),
        ),
    ):
        messages.success(request, _("Le scénario est enregistré."))
        return redirect(form.result)
    page = page_of(request, call.scenarios.select_related("made_by", "call").order_by("-pk"))
    columns, lines = compared(list(page), request.user)
    context = {"call": call, "form": form, "page": page, "columns": columns, "lines": lines}
    return form_page(request, "calls/portfolio.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request, slug, pk):
    call = get_object_or_404(Call.objects.reserved_by(request.user), slug=slug)
    scenario = get_object_or_404(call.scenarios.select_related("made_by", "call"), pk=pk)
    context = consequences(scenario, request.user)
    form = ShortlistForm(context["applications"], context["proposed"], request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: Shortlist.settle(
            scenario, by=request.user, kept=form.kept(), reasons=form.reasons()
        ),
    ):
        messages.success(request, _("La liste est arrêtée. Les séances décident."))
        return redirect(scenario)
    shortlist, entries = settled_for(scenario, request.user)
    context |= {"call": call, "scenario": scenario, "form": form, "shortlist": shortlist}
    return form_page(request, "calls/scenario.html", context | {"entries": entries})
