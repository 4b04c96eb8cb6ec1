from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.paging import page_of
from base.submission import carried_out, form_page
from projects.forms import MembershipEndForm, MembershipForm
from projects.models import Membership
from projects.views.inside import followed


@require_safe
def team(request, slug):
    project = followed(request, slug)
    memberships = project.memberships.select_related("user__entity")
    context = {
        "project": project,
        "members": memberships.not_ended().order_by("starts_on", "pk")[:100],
        "page": page_of(request, memberships.ended().order_by("-ends_on", "-pk")),
        "today": today(),
    }
    return render(request, "projects/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    project = followed(request, slug, may_staff=True)
    form = MembershipForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: project.welcome(by=request.user, **form.joining())
    ):
        messages.success(request, _("L’équipe compte une personne de plus."))
        return redirect("projects:team", slug)
    return form_page(request, "projects/membership_new.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, slug, pk):
    project = followed(request, slug)
    endable = Membership.objects.endable_by(request.user).filter(project=project)
    membership = get_object_or_404(endable.select_related("user", "project"), pk=pk)
    form = MembershipEndForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: membership.end(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("La fin de cette participation est notée."))
        return redirect("projects:team", slug)
    context = {"project": project, "membership": membership, "form": form}
    return form_page(request, "projects/membership_end.html", context)
