"""The rules of reserve lists."""

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from calls.models import Application, Reserve, ReservePlace


def ranks_have_neither_gap_nor_tie():
    """The ranks of a reserve list are the numbers from one to how many it holds."""
    counted = Reserve.objects.annotate(
        held=Count("places"),
        ranks=Count("places__rank", distinct=True),
        first=Min("places__rank"),
        last=Max("places__rank"),
    )
    fine = Q(held=0) | Q(first=1, last=F("held"), ranks=F("held"))
    return counted.exclude(fine).values_list("pk", flat=True)


def who_is_told_of_the_reserve_has_a_rank():
    """Whoever is told of a place in reserve has a rank in the list of their call, frozen."""
    frozen = ReservePlace.objects.frozen(True).filter(
        application=OuterRef("pk"), reserve__call=OuterRef("call")
    )
    told = Application.objects.filter(status="reserve", notified_at__isnull=False)
    return told.exclude(Exists(frozen)).values_list("pk", flat=True)


def a_place_comes_from_who_gave_it_up():
    """A place of the reserve is taken after a withdrawal from the same call, once told."""
    gone = Q(freed_by__status="withdrawn", freed_by__withdrawn_from="selected")
    gone |= Q(freed_by__status="erased")
    fine = gone & Q(freed_by__call=F("reserve__call"), freed_by__notified_at__isnull=False)
    return ReservePlace.objects.exclude(freed_by=None).exclude(fine).values_list("pk", flat=True)


def the_first_of_the_reserve_goes_first():
    """Nobody takes a place before whoever waits at a better rank."""
    waiting = ReservePlace.objects.filter(
        reserve=OuterRef("reserve"),
        rank__lt=OuterRef("rank"),
        frozen_at__lt=OuterRef("promoted_at"),
        application__status="reserve",
    )
    return ReservePlace.objects.filter(Exists(waiting)).values_list("pk", flat=True)


INVARIANTS = [
    ranks_have_neither_gap_nor_tie,
    who_is_told_of_the_reserve_has_a_rank,
    a_place_comes_from_who_gave_it_up,
    the_first_of_the_reserve_goes_first,
]
