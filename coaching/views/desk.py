from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from base.calendar import today
from base.submission import carried_out, form_page
from coaching.forms import ProfileForm
from coaching.models import ActionItem, Coach, CoachAssignment, Session


@require_safe
def desk(request):
    """One's own: proposals to answer, projects, days, next actions, last sessions."""
    mine = CoachAssignment.objects.of(request.user).select_related("project", "coach__user")
    sessions = Session.objects.held_by(request.user).with_people()
    actions = ActionItem.objects.open().shown_to(request.user).filter(owner=request.user)
    context = {
        "coach": Coach.objects.with_load(on=today()).filter(user=request.user).first(),
        "proposals": mine.proposed().order_by("proposed_at", "pk")[:25],
        "assignments": mine.accepted().with_last_session().order_by("ends_on", "pk")[:25],
        "sessions": sessions.order_by("-held_on", "-pk")[:10],
        "actions": actions.order_by("due_on", "pk")[:10],
    }
    return render(request, "coaching/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    coach = get_object_or_404(Coach.objects.describable_by(request.user), user=request.user)
    form = ProfileForm(request.POST or None, instance=coach)
    if form.is_valid() and carried_out(
        form, lambda: coach.describe(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Votre profil est à jour."))
        return redirect("coaching:desk")
    return form_page(request, "coaching/profile.html", {"form": form, "coach": coach})
