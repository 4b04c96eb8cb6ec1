from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.submission import carried_out, form_page
from projects.forms import ExaminationForm, ReturnForm, TermReviewForm
from projects.models import TermReview
from projects.views.inside import followed


@require_http_methods(["GET", "HEAD", "POST"])
def term_review(request, slug):
    """The review of the last term: written by those who make the project, else read."""
    project = followed(request, slug)
    reviews = TermReview.objects.visible_to(request.user).filter(term__project=project)
    review = reviews.select_related("term", "submitted_by").order_by("-term__number").first()
    context = {"project": project, "review": review}
    if not TermReview.objects.writable_by(request.user).filter(pk=review and review.pk).exists():
        context |= {"may_examine": _examinable(request).filter(pk=review and review.pk).exists()}
        status = 409 if request.method == "POST" else 200
        return render(request, "projects/term_review_reading.html", context, status=status)
    form = TermReviewForm(
        request.POST or None, instance=review, initial={"version": review.version}
    )
    if form.is_valid() and carried_out(
        form, lambda: review.save_draft(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Enregistré. La revue n’est pas encore remise."))
        return redirect("projects:term-review", slug)
    context |= {
        "form": form,
        "stored": form.texts_of_another(),
        "due_on": review.due_on(),
        "missing": review.missing_parts(),
    }
    return form_page(request, "projects/term_review.html", context)


@login_not_required
@require_POST
def draft(request, slug):
    """Saves as one types; answers the line that says so and the next version, or 401."""
    if not request.user.is_authenticated:
        return render(request, "projects/term_review_saved.html", {"slug": slug}, status=401)
    project = followed(request, slug)
    mine = TermReview.objects.writable_by(request.user).filter(term__project=project)
    review = get_object_or_404(mine.order_by("-term__number")[:1])
    form = TermReviewForm(request.POST, instance=review)
    saved = form.is_valid() and carried_out(
        form, lambda: review.save_draft(by=request.user, **form.cleaned_data)
    )
    status = 200 if saved else 409 if getattr(form, "refused", False) else 422
    context = {"review": review, "form": form, "saved": saved}
    return render(request, "projects/term_review_saved.html", context, status=status)


@require_POST
def submission(request, slug):
    project = followed(request, slug)
    submittable = TermReview.objects.submittable_by(request.user).filter(term__project=project)
    review = get_object_or_404(submittable.order_by("-term__number")[:1])
    review.submit(by=request.user)
    messages.success(request, _("La revue est remise à l’équipe de l’incubateur."))
    return redirect("projects:term-review", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def returning(request, slug, pk):
    project = followed(request, slug)
    review = get_object_or_404(_examinable(request).filter(term__project=project), pk=pk)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: review.send_back(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La revue est rendue à l’équipe du projet."))
        return redirect("projects:follow-up", slug)
    context = {"project": project, "review": review, "form": form}
    return form_page(request, "projects/term_review_return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def examination(request, slug, pk):
    project = followed(request, slug)
    review = get_object_or_404(_examinable(request).filter(term__project=project), pk=pk)
    rounds = project.promotion.rounds_receptive_to(request.user)
    form = ExaminationForm(request.POST or None, rounds=rounds)
    if form.is_valid() and carried_out(
        form, lambda: review.examine(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La revue est devant le comité."))
        return redirect("projects:follow-up", slug)
    context = {"project": project, "review": review, "form": form, "rounds": rounds}
    return form_page(request, "projects/term_review_examination.html", context)


def _examinable(request):
    return TermReview.objects.examinable_by(request.user).select_related("term__project")
