"""The rules of irritants."""

from django.db.models import F, Q

from calls.models import Irritant, Support


def nobody_supports_their_own_irritant():
    """Who reported an irritant does not say « moi aussi » to it."""
    return Support.objects.filter(person=F("irritant__author")).values_list("pk", flat=True)


def a_merged_irritant_leads_to_one_that_is_not():
    """What is merged points to a survivor in one step, and keeps no « moi aussi » for itself."""
    merged = Irritant.objects.filter(status=Irritant.Status.MERGED)
    lost = Q(merged_into__status=Irritant.Status.MERGED) | Q(supports__isnull=False)
    return merged.filter(lost).distinct().values_list("pk", flat=True)


INVARIANTS = [
    nobody_supports_their_own_irritant,
    a_merged_irritant_leads_to_one_that_is_not,
]
