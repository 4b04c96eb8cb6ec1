from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from base.paging import page_of
from base.submission import form_page
from committees import past
from committees.forms.past import StateForm
from committees.models import Ballot, Contest, Round


@require_safe
def round_state(request, pk):
    rounds = Round.objects.conducted_by(request.user).select_related("committee")
    round = get_object_or_404(rounds, pk=pk)
    form = StateForm(request.GET if "le" in request.GET else None)
    asked = form.cleaned_data["le"] if form.is_valid() else None
    at = asked or timezone.now()
    joined = round.deliberations.scores_visible_to(request.user).filter(prepared_at__lte=at)
    page = page_of(request, joined.select_related("snapshot").order_by("pk"), size=50)
    told = [model.objects.visible_to(request.user) for model in (Ballot, Contest)]
    context = {
        "round": round,
        "form": form,
        "at": asked,
        "page": page,
        "rows": past.shown(page.object_list, at, *told),
    }
    return form_page(request, "committees/round_state.html", context)
