"""The rules of scenarios and of the lists settled from them."""

from django.db.models import F

from calls.models import Scenario, Shortlist, ShortlistEntry
from calls.portfolio import Candidate, kept_of


def a_scenario_is_found_again():
    """The choice of a scenario is found again from what it looked at, its rules and its seed."""
    for scenario in Scenario.objects.iterator():
        candidates = [Candidate(**one) for one in scenario.considered]
        kept = kept_of(candidates, scenario.limits, seed=scenario.seed)
        if scenario.kept != (None if kept is None else sorted(kept)):
            yield scenario.pk


def a_list_is_of_the_dossiers_of_its_call():
    """A list that was settled holds dossiers of the call of its scenario."""
    strayed = ShortlistEntry.objects.exclude(application__call=F("shortlist__scenario__call"))
    return Shortlist.objects.filter(pk__in=strayed.values("shortlist")).values_list("pk", flat=True)


INVARIANTS = [a_scenario_is_found_again, a_list_is_of_the_dossiers_of_its_call]
