from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from base.paging import page_of
from incubator.duties import awaiting
from notifications.models import Message


@require_safe
def desk(request):
    recent = Message.objects.visible_to(request.user).order_by("-pk")[:5]
    context = {"duties": awaiting(request.user), "recent": recent}
    return render(request, "incubator/desk.html", context)


@require_safe
def messages(request):
    page = page_of(request, Message.objects.visible_to(request.user).order_by("-pk"))
    return render(request, "incubator/message_list.html", {"page": page})


@require_safe
def message(request, pk):
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    return render(request, "incubator/message.html", {"message": message})
