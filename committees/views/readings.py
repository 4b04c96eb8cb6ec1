from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.submission import carried_out, form_page
from committees.forms.readings import ReadingForm
from committees.models import Round


@require_http_methods(["GET", "HEAD", "POST"])
def round_reading(request, pk):
    rounds = Round.objects.running().conducted_by(request.user).select_related("committee")
    round = get_object_or_404(rounds, pk=pk)
    form = ReadingForm(round, request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: round.set_reading(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Les règles de lecture du tour sont changées."))
        return redirect(round)
    return form_page(request, "committees/round_reading.html", {"form": form, "round": round})
