"""The versions of a call's form: prepared beside the published one, compared, published."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calls.models import Call, FormRevision
from calls.models.rewording import reworded


@require_safe
def versions(request, slug):
    """Two versions side by side: the last two, or those that the address names."""
    call = get_object_or_404(Call.objects.prepared_by(request.user), slug=slug)
    revisions = list(call.revisions.order_by("number"))
    numbered = {str(revision.number): revision for revision in revisions}
    asked = [request.GET.get("avant", ""), request.GET.get("apres", "")]
    before = numbered.get(asked[0], revisions[-2:][0])
    after = numbered.get(asked[1], revisions[-1])
    rows = reworded(before, after)
    context = {"call": call, "revisions": revisions, "before": before, "after": after}
    context["changed"] = [row for row in rows if row.change]
    context["same"] = [row for row in rows if not row.change]
    return render(request, "calls/team_call_versions.html", context)


@require_POST
def version_new(request, slug):
    call = get_object_or_404(Call.objects.rewritable_by(request.user), slug=slug)
    FormRevision.prepare(call, by=request.user)
    messages.success(request, _("Écrivez la nouvelle version : l’ancienne reste en service."))
    return redirect("calls:team-call-questions", slug)


@require_POST
def version_publication(request, slug):
    call = get_object_or_404(Call.objects.rewritable_by(request.user), slug=slug)
    call.form_in_hand().publish(by=request.user)
    messages.success(request, _("La nouvelle version est publiée : les brouillons la suivent."))
    return redirect("calls:team-call-questions", slug)


@require_POST
def version_removal(request, slug):
    call = get_object_or_404(Call.objects.rewritable_by(request.user), slug=slug)
    call.form_in_hand().discard(by=request.user)
    messages.success(request, _("La version en préparation est abandonnée."))
    return redirect("calls:team-call-questions", slug)
