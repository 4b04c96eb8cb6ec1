"""The results of a call leave by two people: what is ready, what is prepared, what has left."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from calls.batches import batches_of
from calls.forms import ReleaseCancellingForm
from calls.letters import parts_of, subject_of
from calls.models import Application, Call, Release
from committees.models import Deliberation, Round


@require_http_methods(["GET", "HEAD", "POST"])
def results(request, slug):
    """All at once; for a rolling call, the list of its rounds, each released by itself."""
    call = get_object_or_404(Call.objects.prepared_by(request.user).timed(), slug=slug)
    if request.method == "POST":
        return _prepared(request, call)
    if call.is_rolling:
        context = {"call": call, "page": page_of(request, batches_of(call, request.user))}
        return render(request, "calls/batch_list.html", context)
    seen = call.applications.handled_by(request.user)
    context = _letters(request, call, seen) | {"waiting": seen.awaiting_a_decision().count()}
    context["can_prepare"] = Call.objects.releasable_by(request.user).contains(call)
    return render(request, "calls/results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request, slug, number):
    """What one round of a rolling call decided, and the preparation of its letters."""
    answering = Call.objects.answering_by_rounds(request.user).timed()
    call = get_object_or_404(answering, slug=slug)
    own = Q(committee=call.committee_id)
    on_appeal = Q(pk__in=call.applications.with_rounds().values("in_round"))
    rounds = Round.objects.visible_to(request.user).filter(own | on_appeal)
    round = get_object_or_404(rounds, pk=number)
    if request.method == "POST":
        return _prepared(request, call, round=round)
    seen = call.applications.handled_by(request.user).examined_in(round)
    waiting = seen.under_way().count()
    context = _letters(request, call, seen, round=round)
    context |= {"waiting": waiting, "can_prepare": not waiting}
    return render(request, "calls/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request, pk):
    """What was prepared, letter by letter, and its sending by somebody else."""
    release = _found(request, pk)
    if request.method == "POST":
        sent = release.confirm(by=request.user)
        said = ngettext("%(count)s lettre est partie.", "%(count)s lettres sont parties.", sent)
        messages.success(request, said % {"count": sent})
        return redirect(release)
    letters = release.letters.visible_to(request.user).with_readings()
    letters = letters.select_related("application", "decision")
    seen = release.dossiers().handled_by(request.user).decided().untold().with_answer()
    context = {
        "release": release,
        "page": page_of(
            request, letters.order_by("pk") if release.sent_at else seen.order_by("pk")
        ),
        "unread": letters.unread().count(),
        "can_confirm": Release.objects.confirmable_by(request.user).contains(release),
        "can_cancel": Release.objects.cancellable_by(request.user).contains(release),
        "can_remind": Release.objects.remindable_by(request.user).contains(release),
    }
    return render(request, "calls/release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cancelling(request, pk):
    cancellable = Release.objects.cancellable_by(request.user).select_related("call", "round")
    release = get_object_or_404(cancellable, pk=pk)
    form = ReleaseCancellingForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: release.cancel(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’envoi est annulé : rien n’est parti."))
        return redirect(release)
    context = {"form": form, "release": release}
    return form_page(request, "calls/release_cancelling.html", context)


@require_POST
def reminder(request, pk):
    release = _found(request, pk)
    reminded = release.remind(by=request.user)
    said = ngettext("%(count)s rappel est parti.", "%(count)s rappels sont partis.", reminded)
    messages.success(request, said % {"count": reminded})
    return redirect(release)


@require_safe
def letter_preview(request, pk):
    """A letter as it will leave, before anybody is told."""
    handled = Application.objects.handled_by(request.user).decided().untold()
    application = get_object_or_404(handled.select_related("call", "author"), pk=pk)
    decision = application.decision_to_tell()
    examinations = Deliberation.objects.answerable_by(request.user)
    context = {
        "application": application,
        "subject": subject_of(application),
        "parts": parts_of(application, decision),
        "deliberation": examinations.filter(pk=decision.deliberation_id).first(),
    }
    return render(request, "calls/letter_preview.html", context)


def _found(request, pk):
    visible = Release.objects.visible_to(request.user)
    related = visible.select_related("call", "round", "prepared_by", "sent_by", "cancelled_by")
    return get_object_or_404(related, pk=pk)


def _prepared(request, call, *, round=None):
    release = Release.prepare(call, by=request.user, round=round)
    messages.success(
        request, _("L’envoi est préparé : une autre personne de l’équipe le relit et le confirme.")
    )
    return redirect(release)


def _letters(request, call, seen, *, round=None):
    """What would be told of the dossiers that the reader handles: how many of each outcome."""
    letters = seen.decided().untold()
    releases = Release.objects.visible_to(request.user).filter(call=call, round=round)
    return {
        "call": call,
        "round": round,
        "counts": letters.counted_by_answer(),
        "letters": letters.count(),
        "page": page_of(request, letters.with_answer().select_related("author").order_by("pk")),
        "releases": releases.select_related("prepared_by", "sent_by").order_by("-pk")[:10],
        "prepared": releases.prepared().first(),
    }
