from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from base.paging import page_of
from incubator.duties import awaiting
from notifications.models import Message


@require_safe
def desk(request):
    recent = Message.objects.visible_to(request.user).order_by("-pk")[:5]
    context = {"duties": awaiting(request.user), "recent": recent}
    return render(request, "incubator/desk.html", context)


@require_safe
def message_list(request):
    context = {
        "page": page_of(request, Message.objects.visible_to(request.user).order_by("-pk")),
        "unread": Message.objects.unread_by(request.user).exists(),
    }
    return render(request, "incubator/message_list.html", context)


@require_safe
def message(request, pk):
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    return render(request, "incubator/message.html", {"message": message})


@require_POST
def message_read(request, pk):
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    message.read(by=request.user)
    return redirect("message-list")


@require_POST
def messages_read(request):
    Message.objects.unread_by(request.user).mark_read()
    return redirect("message-list")
