from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from base.doors import team_only
from base.submission import carried_out, form_page
from calls.columns import rows_of
from calls.filters import ApplicationFilter
from calls.forms import SavedViewForm, SelectionForm
from calls.models import Application, SavedView
from calls.selection import MOST


@require_POST
@team_only
def selection(request):
    """Three steps: which dossiers and what to do, what would happen, what happened."""
    applications = _chosen(request)
    asked = request.POST if "action" in request.POST else None
    form = SelectionForm(asked, user=request.user, applications=applications)
    context = {"form": form, "applications": applications, "most": MOST}
    if not form.is_valid():
        return form_page(request, "calls/selection.html", context)
    if "confirmed" in request.POST:
        outcome = form.request().carry_out(applications, by=request.user)
        return _told(request, context | {"outcome": outcome})
    fitting = form.request().fitting(request.user).filter(pk__in=[a.pk for a in applications])
    fitting = set(fitting.values_list("pk", flat=True))
    context["fit"] = [a for a in applications if a.pk in fitting]
    context["unfit"] = [a for a in applications if a.pk not in fitting]
    return render(request, "calls/selection_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def view_new(request):
    """Keep the filters of an address under a name."""
    query = request.POST.get("query", request.GET.urlencode())
    query = ApplicationFilter.address_of(query)
    form = SavedViewForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: SavedView.keep(by=request.user, query=query, **form.cleaned_data)
    ):
        messages.success(request, _("La vue est enregistrée ; son adresse peut être envoyée."))
        return redirect(form.result)
    context = {"form": form, "query": query}
    return form_page(request, "calls/saved_view_new.html", context)


@require_POST
def view_removal(request, pk):
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    view.discard(by=request.user)
    messages.success(request, _("La vue est retirée."))
    return redirect("calls:desk")


def _chosen(request):
    """The dossiers that were ticked, or all those of the filters in force: MOST at a time."""
    received = rows_of(Application.objects.received_by(request.user)).by_deposit()
    if "everything" in request.POST:
        query = QueryDict(request.POST.get("query", "")[:1000])
        received = ApplicationFilter(query, queryset=received, request=request).qs
    else:
        keys = [int(k) for k in request.POST.getlist("dossiers") if k.isdecimal() and len(k) < 16]
        received = received.filter(pk__in=keys[:MOST])
    return list(received[:MOST])


def _told(request, context):
    """Back to the desk where all went well; else the refused, each with its sentence."""
    done, refused = context["outcome"]
    said = ngettext("Fait pour %(count)s dossier.", "Fait pour %(count)s dossiers.", len(done))
    messages.success(request, said % {"count": len(done)})
    if not refused:
        return redirect("calls:desk")
    return render(request, "calls/selection_outcome.html", context, status=409)
