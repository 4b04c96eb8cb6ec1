from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.calendar import today
from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from projects.forms import OpeningForm, PromotionForm
from projects.models import Promotion


@require_safe
@team_only
def promotion_list(request):
    promotions = Promotion.objects.editable_by(request.user).annotate(
        project_count=Count("projects")
    )
    page = page_of(request, promotions.order_by("-starts_on", "-pk"))
    return render(request, "projects/team_promotion_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def new(request):
    form = PromotionForm(request.POST or None, initial={"starts_on": today()})
    if form.is_valid() and carried_out(
        form, lambda: Promotion.found(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La promotion est créée. Le public ne la voit pas encore."))
        return redirect("projects:team-promotion-list")
    return form_page(request, "projects/team_promotion_new.html", {"form": form})


@require_safe
@team_only
def promotion(request, slug):
    promotion = _promotion(request, slug)
    projects = promotion.projects.with_phase().select_related("entity")
    context = {
        "promotion": promotion,
        "page": page_of(request, projects.order_by("search_text", "pk")),
        "ready_count": promotion.applications_openable_by(request.user).count(),
    }
    return render(request, "projects/team_promotion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def amendment(request, slug):
    promotion = _promotion(request, slug)
    form = PromotionForm(request.POST or None, instance=promotion)
    if form.is_valid() and carried_out(
        form, lambda: promotion.amend(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La promotion est modifiée."))
        return redirect("projects:team-promotion", slug)
    context = {"promotion": promotion, "form": form}
    return form_page(request, "projects/team_promotion_amendment.html", context)


@require_POST
@team_only
def publication(request, slug):
    promotion = _promotion(request, slug)
    if promotion.published_at:
        promotion.withdraw(by=request.user)
        messages.success(request, _("La promotion n’est plus publique."))
    else:
        promotion.publish(by=request.user)
        messages.success(request, _("La promotion est publique."))
    return redirect("projects:team-promotion", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@team_only
def opening(request, slug):
    promotion = _promotion(request, slug)
    ready = promotion.applications_openable_by(request.user).order_by("title", "pk")
    initial = {"anchor": promotion.starts_on, "applications": ready}
    form = OpeningForm(request.POST or None, ready=ready, initial=initial)
    if form.is_valid() and carried_out(
        form, lambda: promotion.open_projects(by=request.user, **form.cleaned_data)
    ):
        count = len(form.cleaned_data["applications"])
        text = ngettext("%(count)d projet est ouvert.", "%(count)d projets sont ouverts.", count)
        messages.success(request, text % {"count": count})
        return redirect("projects:team-promotion", slug)
    context = {"promotion": promotion, "form": form, "is_empty": not ready.exists()}
    return form_page(request, "projects/team_promotion_opening.html", context)


def _promotion(request, slug):
    promotions = Promotion.objects.editable_by(request.user)
    return get_object_or_404(promotions.select_related("committee", "call"), slug=slug)
