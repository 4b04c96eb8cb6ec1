"""Who examined a dossier first, and so does not examine its appeal: each with a sentence.

An exclusion, and not an abstention: who has judged once would weigh on the others by reading and
speaking. It is confirmed at once, and nobody dismisses it: the letter promises other members.
"""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from committees.models import Attendance, Interest, Review, Seat, Vote


def examiners_of(deliberation):
    """{person: why} of those who reviewed it, sat when it was decided, voted or concluded."""
    reviewed = Review.objects.handed_in().on(deliberation)
    sat = Attendance.objects.filter(
        sitting__items__deliberation=deliberation, seat__in=Seat.objects.voting()
    )
    voted = Vote.objects.filter(ballot__item__deliberation=deliberation)
    why = {
        _("A évalué ce dossier en premier lieu."): [r.assignment.seat.user for r in reviewed],
        _("A siégé quand la décision contestée a été prise."): [
            attendance.seat.user for attendance in sat.select_related("seat__user").distinct()
        ],
        _("A pris part au vote contesté."): [
            person
            for vote in voted.select_related("seat__user", "cast_by")
            for person in (vote.seat.user, vote.cast_by)
        ],
        _("A enregistré la décision contestée."): [
            decision.decided_by for decision in deliberation.decisions.select_related("decided_by")
        ],
    }
    found = {}
    for sentence, people in why.items():
        for person in people:
            found.setdefault(person, sentence)
    return found


def keep_away(deliberation, *, former, by):
    """Exclude from an appeal's examination, for good, those who took the former decision."""
    with translation.override(settings.LANGUAGE_CODE):
        for person, why in examiners_of(former).items():
            Interest.objects.update_or_create(
                deliberation=deliberation,
                person=person,
                defaults={
                    "origin": Interest.Origin.DETECTED,
                    "status": Interest.Status.CONFIRMED,
                    "effect": Interest.Effect.EXCLUSION,
                    "reason": why,
                    "settled_at": timezone.now(),
                    "settled_by": by,
                },
            )
