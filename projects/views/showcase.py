from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.calendar import today
from base.paging import page_of
from projects.charts import chart_of
from projects.filters import ProjectFilter
from projects.models import Project, Promotion


@login_not_required
@require_safe
def project_list(request):
    projects = Project.objects.visible_to(request.user).with_phase().order_by("-anchor", "-pk")
    found = ProjectFilter(
        request.GET, queryset=projects.select_related("promotion", "entity"), request=request
    )
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "projects/project_list.html", context)


@login_not_required
@require_safe
def project(request, slug):
    projects = Project.objects.visible_to(request.user).select_related(
        "promotion", "entity", "application__irritant__merged_into"
    )
    project = get_object_or_404(projects.with_phase(), slug=slug)
    indicators = project.indicators.filter(public=True).with_recent().order_by("position", "pk")
    context = {
        "project": project,
        "charts": [chart_of(indicator, indicator.shown) for indicator in indicators[:12]],
        "phases": project.phase_changes.in_force().order_by("effective_on", "pk"),
        "term": project.current_term(),
        "irritant": project.irritant(),
        "promotion_is_public": Promotion.objects.visible_to(request.user).contains(
            project.promotion
        ),
        "follows": Project.objects.followed_by(request.user).contains(project),
        "today": today(),
    }
    return render(request, "projects/project.html", context)


@login_not_required
@require_safe
def promotion_list(request):
    shown = Q(projects__in=Project.objects.visible_to(request.user))
    promotions = Promotion.objects.visible_to(request.user)
    promotions = promotions.annotate(project_count=Count("projects", filter=shown))
    page = page_of(request, promotions.order_by("-starts_on", "-pk"))
    return render(request, "projects/promotion_list.html", {"page": page})


@login_not_required
@require_safe
def promotion(request, slug):
    promotion = get_object_or_404(Promotion.objects.visible_to(request.user), slug=slug)
    projects = promotion.projects.all() & Project.objects.visible_to(request.user)
    page = page_of(request, projects.with_phase().select_related("entity").order_by("search_text"))
    context = {"promotion": promotion, "page": page}
    return render(request, "projects/promotion.html", context)
