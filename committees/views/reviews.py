from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from committees.forms.reviews import ReviewForm
from committees.models import Review


def sheet_of(request, pk):
    """The user's own sheet for a dossier, whatever its state."""
    sheets = Review.objects.written_by(request.user)
    related = "assignment__seat", "assignment__deliberation__round__grid"
    return get_object_or_404(sheets.select_related(*related), assignment__deliberation=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    review = sheet_of(request, pk)
    writable = Review.objects.writable_by(request.user).contains(review)
    if request.method != "POST" and not writable:
        return redirect(review.deliberation)
    form = ReviewForm(review, request.POST or None)
    if form.is_valid() and carried_out(form, lambda: write(review, form, by=request.user)):
        if form.handing_in:
            messages.success(request, _("Votre évaluation est remise au comité."))
            return redirect(review.deliberation)
        messages.success(request, _("Brouillon enregistré. Il n’est pas encore remis."))
        return redirect(review)
    context = {"form": form, "review": review, "kept": kept_beside(review, form)}
    return form_page(request, "committees/review.html", context)


def write(review, form, *, by):
    verb = review.hand_in if form.handing_in else review.save_draft
    verb(by=by, **form.sheet())


def kept_beside(review, form):
    """What is stored, to be shown beside what was typed on an older version; else nothing."""
    if not form.is_bound or str(review.version) == form["version"].value():
        return None
    own = Review.objects.visible_to(review.assignment.seat.user)
    return own.with_answers().get(pk=review.pk)


@require_POST
def review_draft(request, pk):
    """Saves as one types; answers the line that says so, and the version to send next time."""
    review = sheet_of(request, pk)
    form = ReviewForm(review, request.POST)
    form.handing_in = False
    saved = form.is_valid() and carried_out(form, lambda: write(review, form, by=request.user))
    context = {"form": form, "review": review, "saved": saved}
    status = 200 if saved else 409 if getattr(form, "refused", False) else 422
    return render(request, "committees/review_saved.html", context, status=status)
