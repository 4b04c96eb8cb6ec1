"""How dossiers are evaluated, for everyone: the rules, and each version of each grid."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.paging import page_of
from committees.method import changes_in
from committees.models import Grid


@login_not_required
@require_safe
def method(request):
    grids = Grid.objects.published().order_by("name", "-version")
    return render(request, "committees/method.html", {"page": page_of(request, grids)})


@login_not_required
@require_safe
def method_version(request, pk):
    """One version, and what changed since the one before."""
    published = Grid.objects.published()
    grid = get_object_or_404(published, pk=pk)
    versions = published.filter(name=grid.name).order_by("-version")
    former = versions.filter(version__lt=grid.version).first()
    context = {
        "grid": grid,
        "criteria": grid.criteria.in_order(),
        "total": sum(grid.criteria.values_list("weight", flat=True)),
        "former": former,
        "later": versions.filter(version__gt=grid.version).last(),
        "changes": changes_in(grid, former),
    }
    return render(request, "committees/method_version.html", context)
