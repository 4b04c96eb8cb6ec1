from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.paging import page_of
from base.submission import carried_out, form_page
from projects.charts import chart_of
from projects.forms import IndicatorForm, ObservationCorrectionForm, ObservationForm
from projects.models import Indicator, Observation
from projects.views.inside import followed


@require_safe
def indicators(request, slug):
    project = followed(request, slug)
    indicators = project.indicators.with_latest().order_by("position", "pk")
    context = {"project": project, "page": page_of(request, indicators)}
    return render(request, "projects/indicators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    project = followed(request, slug, may_report=True)
    form = IndicatorForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Indicator.define(project, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’indicateur est défini."))
        return redirect("projects:indicators", slug)
    return form_page(request, "projects/indicator_new.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request, slug, pk):
    project = followed(request, slug)
    indicator = get_object_or_404(project.indicators.select_related("project"), pk=pk)
    form = ObservationForm(request.POST or None, initial={"on": today()})
    if form.is_valid() and carried_out(
        form, lambda: indicator.observe(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le relevé est enregistré."))
        return redirect(indicator)
    context = {
        "project": project,
        "indicator": indicator,
        "form": form,
        "chart": chart_of(indicator, indicator.recent()),
    }
    return form_page(request, "projects/indicator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request, slug, pk):
    project = followed(request, slug)
    mine = project.indicators.all() & Indicator.objects.observable_by(request.user)
    indicator = get_object_or_404(mine.select_related("project"), pk=pk)
    form = IndicatorForm(request.POST or None, instance=indicator)
    if form.is_valid() and carried_out(
        form, lambda: indicator.amend(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’indicateur est modifié."))
        return redirect(indicator)
    context = {"project": project, "indicator": indicator, "form": form}
    return form_page(request, "projects/indicator_amendment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def observation(request, slug, pk, observation):
    project = followed(request, slug)
    correctable = Observation.objects.correctable_by(request.user).filter(
        indicator=pk, indicator__project=project
    )
    observation = get_object_or_404(
        correctable.select_related("indicator__project"), pk=observation
    )
    form = ObservationCorrectionForm(request.POST or None, instance=observation)
    if form.is_valid() and carried_out(
        form, lambda: observation.correct(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le relevé est corrigé."))
        return redirect(observation)
    context = {"project": project, "observation": observation, "form": form}
    return form_page(request, "projects/observation.html", context)
