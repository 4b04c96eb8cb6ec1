from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from calls.filters import ApplicationFilter
from calls.forms import ExportForm
from calls.models import Application, Export
from calls.tasks import write_export


CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@require_safe
@team_only
def export_list(request):
    """One's files: how far they are, until when they are kept."""
    exports = Export.objects.visible_to(request.user).defer("subjects")
    context = {
        "page": page_of(request, exports.with_total().order_by("-pk")),
        "running": exports.pending().exists(),
    }
    return render(request, "calls/export_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def export_new(request):
    """Ask for a file of what the desk's filters show."""
    query = request.POST.get("query", request.GET.urlencode())
    query = ApplicationFilter.address_of(query)
    found = _found(request, query)
    form = ExportForm(request.POST if "format" in request.POST else None)
    if form.is_valid() and carried_out(form, lambda: _request(request, form, found)):
        queued = partial(write_export.delay, export_id=form.result.pk)
        transaction.on_commit(queued, robust=True)
        messages.success(request, _("Le fichier se prépare ; un message vous dira qu’il est prêt."))
        return redirect("calls:export-list")
    context = {"form": form, "query": query, "count": found.qs.count()}
    return form_page(request, "calls/export_new.html", context)


@require_safe
def export_file(request, pk):
    export = get_object_or_404(Export.objects.downloadable_by(request.user), pk=pk)
    return FileResponse(
        export.open(),
        as_attachment=True,
        filename=export.file_name,
        content_type=CONTENT_TYPES[export.format],
    )


def _found(request, query):
    received = Application.objects.received_by(request.user).by_deposit()
    return ApplicationFilter(QueryDict(query), queryset=received, request=request)


def _request(request, form, found):
    """The columns that are shown; the answers too where the list is of one call."""
    asked = found.form.cleaned_data if found.form.is_valid() else {}
    return Export.request(
        by=request.user,
        applications=found.qs,
        columns=[column.key for column in found.columns],
        call=asked.get("appel"),
        **form.cleaned_data,
    )
