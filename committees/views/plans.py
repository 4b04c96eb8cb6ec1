from functools import partial

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.plans import PlanFileForm, PlanForm, WishForm
from committees.models import Plan, Round, Wish
from committees.tasks import work_out_plan


@require_http_methods(["GET", "HEAD", "POST"])
def plan_list(request, pk):
    rounds = Round.objects.conducted_by(request.user).select_related("committee")
    round = get_object_or_404(rounds, pk=pk)
    form = PlanForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Plan.request(round, by=request.user, **form.cleaned_data)
    ):
        queued = partial(work_out_plan.delay, plan_id=form.result.pk)
        transaction.on_commit(queued, robust=True)
        return redirect(form.result)
    plans = round.plans.visible_to(request.user).select_related("made_by").order_by("-pk")
    context = {
        "form": form,
        "round": round,
        "page": page_of(request, plans),
        "can_staff": Round.objects.staffable_by(request.user).contains(round),
    }
    return form_page(request, "committees/plan_list.html", context)


@require_safe
def plan(request, pk):
    plans = Plan.objects.visible_to(request.user).select_related("round__committee", "made_by")
    plan = get_object_or_404(plans, pk=pk)
    page = page_of(request, plan.dossiers_for(request.user))
    context = {
        "plan": plan,
        "round": plan.round,
        "page": page,
        "rows": plan.rows(page.object_list),
        "loads": plan.loads_for(request.user),
        "gaps": plan.gaps_for(request.user),
        "refused_lines": plan.refused_lines_for(request.user),
        "can_apply": Plan.objects.appliable_by(request.user).contains(plan),
        "can_undo": Plan.objects.undoable_by(request.user).contains(plan),
    }
    return render(request, "committees/plan.html", context)


@require_POST
def plan_application(request, pk):
    plan = get_object_or_404(Plan.objects.own(request.user), pk=pk)
    plan.apply(by=request.user)
    messages.success(request, _("Le plan est appliqué : chaque membre est averti."))
    return redirect(plan)


@require_POST
def plan_undoing(request, pk):
    plan = get_object_or_404(Plan.objects.own(request.user), pk=pk)
    plan.undo(by=request.user)
    messages.success(request, _("Ce qui attendait encore une réponse est repris."))
    return redirect(plan)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_file(request, pk):
    rounds = Round.objects.staffable_by(request.user).select_related("committee")
    round = get_object_or_404(rounds, pk=pk)
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and carried_out(
        form, lambda: Plan.read_from(round, by=request.user, text=form.text())
    ):
        messages.success(request, _("Le fichier est lu : relisez le plan, puis appliquez-le."))
        return redirect(form.result)
    return form_page(request, "committees/plan_file.html", {"form": form, "round": round})


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request, pk):
    round = get_object_or_404(Round.objects.running().visible_to(request.user), pk=pk)
    seats = round.committee.seats.reviewing_today().filter(user=request.user)
    get_object_or_404(seats)
    own = Prefetch("wishes", Wish.objects.of_seats(seats), to_attr="own_wishes")
    dossiers = round.deliberations.wishable_by(request.user).recognisable().prefetch_related(own)
    page = page_of(request, dossiers.order_by("pk"))
    form = WishForm(page.object_list, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Wish.express(round, by=request.user, leanings=form.leanings())
    ):
        messages.success(request, _("Vos vœux sont enregistrés."))
        return redirect(request.get_full_path())
    context = {"form": form, "round": round, "page": page}
    return form_page(request, "committees/wishes.html", context)
