from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from base.paging import page_of
from base.submission import carried_out, form_page
from committees.forms.remarks import RemarkForm
from committees.models import Deliberation, Remark


@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request, pk):
    readable = Deliberation.objects.scores_visible_to(request.user).select_related("round")
    deliberation = get_object_or_404(readable.select_related("snapshot"), pk=pk)
    form = RemarkForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: Remark.write(by=request.user, deliberation=deliberation, **form.cleaned_data),
    ):
        messages.success(request, _("Votre remarque est écrite au comité."))
        return redirect(form.result)
    said = Remark.objects.visible_to(request.user).filter(deliberation=deliberation)
    context = {
        "form": form,
        "deliberation": deliberation,
        "page": page_of(request, said.in_order()),
        "can_write": Deliberation.objects.remarkable_by(request.user).contains(deliberation),
    }
    return form_page(request, "committees/remarks.html", context)


@require_POST
def remark_withdrawal(request, pk):
    remark = get_object_or_404(
        Remark.objects.visible_to(request.user).filter(seat__user=request.user), pk=pk
    )
    remark.withdraw(by=request.user)
    messages.success(request, _("Votre remarque est retirée."))
    return redirect(remark)
