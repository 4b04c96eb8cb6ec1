from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from base.paging import page_of
from coaching.models import ActionItem, Session


@require_safe
def action_list(request):
    """One's own actions, those to do first."""
    mine = ActionItem.objects.shown_to(request.user).filter(owner=request.user)
    page = page_of(request, mine.to_do_first())
    return render(request, "coaching/action_list.html", {"page": page})


@require_safe
def action(request, pk):
    action = get_object_or_404(ActionItem.objects.shown_to(request.user), pk=pk)
    reads_session = Session.objects.visible_to(request.user).contains(action.session)
    context = {"action": action, "reads_session": reads_session}
    return render(request, "coaching/action.html", context)


@require_POST
def completion(request, pk):
    action = get_object_or_404(ActionItem.objects.visible_to(request.user), pk=pk)
    action.complete(by=request.user)
    messages.success(request, _("« %(action)s » : c’est fait.") % {"action": action})
    return redirect(action)


@require_POST
def reopening(request, pk):
    action = get_object_or_404(ActionItem.objects.visible_to(request.user), pk=pk)
    action.reopen(by=request.user)
    messages.success(request, _("« %(action)s » est de nouveau à faire.") % {"action": action})
    return redirect(action)
