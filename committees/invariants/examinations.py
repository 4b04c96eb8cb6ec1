"""What is examined, who is kept away from it, who is asked to review it."""

from django.db.models import Exists, F, OuterRef, Q

from committees.models import Assignment, Declaration, Deliberation, Grid, Interest, Round
from committees.models.grid import FEWEST_LEVELS, MOST_LEVELS


def a_round_uses_a_published_grid():
    """A round uses a published grid."""
    return Round.objects.filter(grid__published_at=None).values_list("pk", flat=True)


def a_published_grid_is_complete():
    """Every criterion of a published grid has four to six levels, scored from 0 without a gap."""
    for grid in Grid.objects.published().prefetch_related("criteria__levels"):
        levels = [[level.score for level in c.ordered_levels()] for c in grid.criteria.all()]
        fine = (FEWEST_LEVELS <= len(s) <= MOST_LEVELS and s == [*range(len(s))] for s in levels)
        if not levels or not all(fine):
            yield grid.pk


def an_assignment_stays_in_its_committee():
    """A dossier is entrusted to seats of the committee that examines it."""
    strayed = ~Q(seat__committee=F("deliberation__round__committee"))
    return Assignment.objects.filter(strayed).values_list("pk", flat=True)


def a_declaration_stays_in_its_round():
    """A declaration goes up to a dossier of its own round."""
    return Declaration.objects.exclude(up_to__round=F("round")).values_list("pk", flat=True)


def nobody_is_named_in_a_blind_round():
    """A dossier of a blind round does not say who carries it."""
    return (
        Deliberation.objects.filter(round__blind=True)
        .exclude(people="")
        .values_list("pk", flat=True)
    )


def a_deliberation_is_about_what_its_snapshot_froze():
    """The snapshot of a deliberation is one of its subject."""
    same = Q(snapshot__subject_type=F("subject_type"), snapshot__subject_id=F("subject_id"))
    return Deliberation.objects.exclude(same).values_list("pk", flat=True)


def an_interested_person_counts_nowhere():
    """Who has a standing interest in a dossier has no assignment nor review of it that counts."""
    interests = Interest.objects.standing().filter(
        deliberation=OuterRef("deliberation"), person=OuterRef("seat__user")
    )
    return Assignment.objects.counting().filter(Exists(interests)).values_list("pk", flat=True)


INVARIANTS = [
    a_round_uses_a_published_grid,
    a_published_grid_is_complete,
    an_assignment_stays_in_its_committee,
    a_declaration_stays_in_its_round,
    nobody_is_named_in_a_blind_round,
    a_deliberation_is_about_what_its_snapshot_froze,
    an_interested_person_counts_nowhere,
]
