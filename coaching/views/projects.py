from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.paging import page_of
from coaching.models import ActionItem, CoachAssignment, Session
from projects.models import Project


@require_safe
def coaching(request, slug):
    """A project's coaching for those who make it: who, what was said, what is promised."""
    project = get_object_or_404(Project.objects.followed_by(request.user), slug=slug)
    assignments = CoachAssignment.objects.with_people().filter(project=project)
    sessions = Session.objects.visible_to(request.user).filter(assignment__project=project)
    actions = ActionItem.objects.shown_to(request.user).of_project(project)
    context = {
        "project": project,
        "assignments": assignments.accepted().order_by("starts_on", "pk")[:10],
        "mine": assignments.loggable_by(request.user).first(),
        "page": page_of(request, sessions.with_people().order_by("-held_on", "-pk")),
        "actions": actions.open().order_by("due_on", "pk")[:25],
        "done": actions.done().order_by("-done_at", "-pk")[:10],
    }
    return render(request, "coaching/project_coaching.html", context)
