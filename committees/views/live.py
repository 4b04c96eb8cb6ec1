"""A sitting as each follows it on their own screen; who is kept from an item just waits."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import conditional_page, require_safe

from base.pdf import pdf
from committees.models import Sitting
from committees.pack import printed_for
from committees.views.ballots import turnout_of


@require_safe
def sitting_live(request, pk):
    """What is on the table and what is expected of the reader, kept up to date."""
    return followed(request, pk, "committees/sitting_live.html")


@require_safe
@conditional_page
def sitting_state(request, pk):
    """The part of the page that moves."""
    return followed(request, pk, "committees/sitting_state.html")


def followed(request, pk, template):
    """Of what the reader sees alone: an item kept from them is like a pause between two."""
    user = request.user
    sitting = get_object_or_404(Sitting.objects.visible_to(user).for_page(user), pk=pk)
    items = list(sitting.items.visible_to(user).for_page(user))
    context = {"sitting": sitting} | floor_of(sitting, user, items)
    turnout = turnout_of(context["ballot"])["turnout"] if context["ballot"] else None
    return render(request, template, context | {"turnout": turnout})


def floor_of(sitting, user, items):
    """Who is there, what is on the table and what follows, among the items that one sees."""
    here = list(sitting.attendances.here().select_related("seat__user").order_by("arrived_at"))
    current = next((item for item in items if item.status == item.Status.OPEN), None)
    following = next((item for item in items if item.status == item.Status.WAITING), None)
    table = None if sitting.is_over else current or following
    return {
        "here": here,
        "mine": next((stay for stay in here if stay.seat.user_id == user.pk), None),
        "current": current,
        "following": following,
        "assembly": table and table.assembly(),
        "ballot": current and current.ballots.live().for_page(user).first(),
    }


@require_safe
def sitting_pack(request, pk):
    """What the reader takes along: the same file each time."""
    convened = Sitting.objects.with_papers_for(request.user).select_related("papers")
    sitting = get_object_or_404(convened, pk=pk)
    with translation.override(settings.LANGUAGE_CODE):
        document = pdf("pack", **printed_for(sitting, request.user))
    name = f'attachment; filename="dossier-de-seance-{pk}.pdf"'
    return HttpResponse(document, "application/pdf", headers={"Content-Disposition": name})
