from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.doors import team_only
from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.team import CriterionForm, GridForm
from committees.models import Criterion, Grid


@require_safe
def grid_list(request):
    grids = Grid.objects.visible_to(request.user).order_by("name", "-version")
    return render(request, "committees/grid_list.html", {"page": page_of(request, grids)})


@require_safe
def grid(request, pk):
    grid = get_object_or_404(Grid.objects.visible_to(request.user), pk=pk)
    context = {
        "grid": grid,
        "criteria": grid.criteria.in_order(),
        "can_edit": Grid.objects.editable_by(request.user).contains(grid),
        "can_revise": Grid.objects.revisable_by(request.user).contains(grid),
    }
    return render(request, "committees/grid.html", context)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def grid_new(request):
    form = GridForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Grid.draft(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La grille est commencée : ajoutez ses critères."))
        return redirect(form.result)
    return form_page(request, "committees/grid_new.html", {"form": form})


@require_POST
def grid_publication(request, pk):
    grid = get_object_or_404(Grid.objects.visible_to(request.user), pk=pk)
    grid.publish(by=request.user)
    messages.success(request, _("La grille est publiée : elle ne change plus."))
    return redirect(grid)


@require_POST
def grid_revision(request, pk):
    grid = get_object_or_404(Grid.objects.visible_to(request.user), pk=pk)
    copy = grid.revise(by=request.user)
    messages.success(request, _("Une nouvelle version est commencée."))
    return redirect(copy)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_new(request, pk):
    grid = get_object_or_404(Grid.objects.editable_by(request.user), pk=pk)
    form = CriterionForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: grid.add_criterion(by=request.user, **form.criterion())
    ):
        messages.success(request, _("Le critère est ajouté."))
        return redirect(grid)
    return form_page(request, "committees/criterion.html", {"form": form, "grid": grid})


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request, pk):
    criteria = Criterion.objects.editable_by(request.user).select_related("grid")
    criterion = get_object_or_404(criteria, pk=pk)
    form = CriterionForm(request.POST or None, instance=criterion)
    if form.is_valid() and carried_out(
        form, lambda: criterion.change(by=request.user, **form.criterion())
    ):
        messages.success(request, _("Le critère est modifié."))
        return redirect(criterion.grid)
    context = {"form": form, "grid": criterion.grid, "criterion": criterion}
    return form_page(request, "committees/criterion.html", context)


@require_POST
def criterion_removal(request, pk):
    criteria = Criterion.objects.editable_by(request.user).select_related("grid")
    criterion = get_object_or_404(criteria, pk=pk)
    criterion.remove(by=request.user)
    messages.success(request, _("Le critère est retiré."))
    return redirect(criterion.grid)
