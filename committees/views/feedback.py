from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.submission import carried_out, form_page
from committees.feedback import feedback_for, proposed_for
from committees.forms.feedback import FeedbackForm
from committees.models import Deliberation, Feedback


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request, pk):
    """What the committee tells the people of a decided dossier, before they are told."""
    deliberation = get_object_or_404(Deliberation.objects.answerable_by(request.user), pk=pk)
    form = FeedbackForm(request.POST or None, initial={"text": feedback_for(deliberation)})
    if form.is_valid() and carried_out(
        form, lambda: Feedback.compose(deliberation, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Le retour est enregistré ; il partira avec la lettre."))
        return redirect("committees:decision", pk)
    context = {
        "form": form,
        "deliberation": deliberation,
        "decision": deliberation.decision_in_force(),
        "proposed": proposed_for(deliberation),
    }
    return form_page(request, "committees/feedback.html", context)
