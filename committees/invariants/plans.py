"""Seats, what they bring, and the plans that entrust dossiers to them."""

from django.db.models import Count, Exists, F, OuterRef, Q

from committees.models import Assignment, Declaration, Expertise, PlannedPair, Seat, Wish
from committees.models.expertise import subjects


def a_substitute_stands_in_for_a_seat_of_its_committee():
    """The seat that a substitute stands in for is of the same committee, and has a voice."""
    strayed = ~Q(substitutes__committee=F("committee")) | ~Q(substitutes__in=Seat.objects.voting())
    return Seat.objects.exclude(substitutes=None).filter(strayed).values_list("pk", flat=True)


def an_expertise_is_a_subject_of_what_is_examined():
    """What a member knows is something that a dossier may be about."""
    return Expertise.objects.exclude(subject__in=subjects()).values_list("pk", flat=True)


def a_declaration_comes_from_the_committee():
    """Interests are declared by people who sit, or sat, on the committee of the round."""
    seats = Seat.objects.filter(committee=OuterRef("round__committee"), user=OuterRef("person"))
    return Declaration.objects.exclude(Exists(seats)).values_list("pk", flat=True)


def a_wish_is_about_a_dossier_of_its_committee():
    """A member wishes for dossiers that their own committee examines."""
    strayed = ~Q(seat__committee=F("deliberation__round__committee"))
    return Wish.objects.filter(strayed).values_list("pk", flat=True)


def a_plan_stays_in_its_round():
    """A plan entrusts the dossiers of its round to seats of its committee."""
    strayed = ~Q(deliberation__round=F("plan__round"))
    elsewhere = ~Q(seat__committee=F("plan__round__committee"))
    return PlannedPair.objects.filter(strayed | elsewhere).values_list("pk", flat=True)


def an_applied_plan_is_entrusted():
    """Each pair of an applied plan is the assignment of that dossier to that seat."""
    same = Q(assignment__deliberation=F("deliberation"), assignment__seat=F("seat"))
    applied = PlannedPair.objects.filter(plan__status="applied")
    return applied.exclude(same).values_list("pk", flat=True)


def a_draft_of_a_plan_entrusts_nothing():
    """No pair of a plan to look at is an assignment yet."""
    drafted = PlannedPair.objects.filter(plan__status="drafted")
    return drafted.exclude(assignment=None).values_list("pk", flat=True)


def what_an_undone_plan_leaves_was_answered():
    """What stays of an undone plan awaits no answer, save on a dossier its maker may not see."""
    left = PlannedPair.objects.filter(plan__status="undone", assignment__status="proposed")
    hidden = Assignment.deliberation.field.related_model.objects.filter(
        pk=OuterRef("deliberation"), interests__person=OuterRef("plan__made_by")
    )
    return left.exclude(Exists(hidden)).values_list("pk", flat=True)


def an_applied_plan_entrusts_nobody_with_more_than_the_round_allows():
    """No plan applied entrusts a member with more dossiers than the maximum of its round."""
    applied = PlannedPair.objects.filter(plan__status="applied")
    loads = applied.values("plan", "seat", "plan__round__max_load").annotate(load=Count("pk"))
    return loads.filter(load__gt=F("plan__round__max_load")).values_list("seat", flat=True)


INVARIANTS = [
    a_substitute_stands_in_for_a_seat_of_its_committee,
    an_expertise_is_a_subject_of_what_is_examined,
    a_declaration_comes_from_the_committee,
    a_wish_is_about_a_dossier_of_its_committee,
    a_plan_stays_in_its_round,
    an_applied_plan_is_entrusted,
    a_draft_of_a_plan_entrusts_nothing,
    what_an_undone_plan_leaves_was_answered,
    an_applied_plan_entrusts_nobody_with_more_than_the_round_allows,
]
