from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.submission import carried_out, form_page
from coaching.forms import SessionForm
from coaching.models import ActionItem, Audience, CoachAssignment, Note, Session


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request, pk):
    loggable = CoachAssignment.objects.with_people().loggable_by(request.user)
    assignment = get_object_or_404(loggable, pk=pk)
    form = SessionForm(assignment, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: Session.log(by=request.user, assignment=assignment, **form.log())
    ):
        messages.success(request, _("La séance est enregistrée."))
        return redirect(Session.objects.held_by(request.user).get(submission=form.key))
    context = {"form": form, "assignment": assignment}
    return form_page(request, "coaching/session_new.html", context)


@require_safe
def session(request, pk):
    """What a session left: the shared summary, one's share of its notes, its actions."""
    sessions = Session.objects.visible_to(request.user).with_people()
    session = get_object_or_404(sessions, pk=pk)
    actions = ActionItem.objects.shown_to(request.user).filter(session=session)
    notes = Note.objects.shown_to(request.user).filter(session=session)
    context = {
        "session": session,
        "notes": notes.order_by("pk")[:25],
        "actions": actions.order_by("due_on", "pk")[:25],
    }
    return render(request, "coaching/session.html", context)


@require_POST
def narrowing(request, pk):
    """Keep a note to oneself."""
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=pk)
    note.narrow(by=request.user, to=Audience.AUTHOR)
    messages.success(request, _("Vous seul lisez désormais cette note."))
    return redirect(note)
