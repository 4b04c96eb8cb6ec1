"""The order of an agenda that makes as few people as possible go out and come in."""

from itertools import pairwise

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from base.submission import carried_out, form_page
from committees.forms.sittings import OrderForm
from committees.models import Interest, Sitting
from committees.ordering import Entry, arranged, movements


@require_http_methods(["GET", "HEAD", "POST"])
def sitting_order(request, pk):
    """The order as it is and the one proposed, with what each costs; one button applies it."""
    sitting = get_object_or_404(Sitting.objects.preparable_by(request.user), pk=pk)
    items = {item.pk: item for item in visible_items(sitting, request.user)}
    entries = entries_of(sitting, request.user, items.values())
    proposed = arranged(entries)
    order = ",".join(str(entry.key) for entry in proposed)
    form = OrderForm(request.POST or None, initial={"order": order})
    if form.is_valid() and carried_out(
        form, lambda: sitting.arrange(by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("L’ordre du jour est dans l’ordre proposé."))
        return redirect("committees:agenda", pk)
    context = {"sitting": sitting, "form": form, "changes": proposed != entries}
    context["before"], context["after"] = movements(entries), movements(proposed)
    context["rows"] = steps(proposed, items)
    return form_page(request, "committees/sitting_order.html", context)


def visible_items(sitting, user):
    """What the order is about: the items that one sees, the others stay where they are."""
    return sitting.items.visible_to(user).in_order().with_hearing()


def entries_of(sitting, user, items):
    """Who of the committee is out of each, and when its people are heard."""
    out = {item.deliberation_id: set() for item in items}
    kept = Interest.objects.visible_to(user).standing().filter(deliberation__in=out)
    for interest in kept.filter(person__in=sitting.seats().values("user")):
        out[interest.deliberation_id].add(interest.person_id)
    return [
        Entry(
            key=item.pk,
            out=frozenset(out[item.deliberation_id]),
            heard_at=item.chosen[0].slot.starts_at if item.chosen else None,
        )
        for item in items
    ]


def steps(entries, items):
    """Each item in order: who goes out before it, who comes back, how many."""
    first = [(items[entries[0].key], len(entries[0].out), 0)] if entries else []
    return first + [
        (items[after.key], len(after.out - before.out), len(before.out - after.out))
        for before, after in pairwise(entries)
    ]
