from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from base.download import to_keep
from base.submission import carried_out, form_page
from calls.forms import AttachmentForm
from calls.models import Application, Attachment


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_list(request, pk, key):
    mine = Application.objects.carried_by(request.user).select_related("call", "revision")
    application = get_object_or_404(mine, pk=pk)
    question = get_object_or_404(application.revision.questions.of_files(), key=key)
    sent = request.method == "POST"
    form = AttachmentForm(*([request.POST, request.FILES] if sent else []))
    if form.is_valid() and carried_out(
        form, lambda: Attachment.add(application, by=request.user, key=key, **form.cleaned_data)
    ):
        messages.success(request, _("Le fichier est joint."))
        return redirect("calls:attachment-list", pk, key)
    context = {
        "application": application,
        "question": question,
        "form": form,
        "attachments": application.attachments.named_in(application.value_of(key)),
        "can_write": Application.objects.editable_by(request.user).contains(application),
    }
    return form_page(request, "calls/attachment_list.html", context)


@require_safe
def attachment(request, pk):
    attachment = get_object_or_404(Attachment.objects.readable_by(request.user), pk=pk)
    return to_keep(attachment.path, attachment.given_name)


@require_POST
def removal(request, pk):
    visible = Attachment.objects.visible_to(request.user).select_related("application")
    attachment = get_object_or_404(visible, pk=pk)
    attachment.take_away(by=request.user)
    messages.success(request, _("Le fichier est retiré."))
    return redirect("calls:attachment-list", attachment.application_id, attachment.key)
