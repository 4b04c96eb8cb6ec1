"""What awaits a person in the committees where they sit."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.duty import Duty
from committees.models import Assignment, Deliberation, Interest, Round


MOST = 20  # of each kind


def awaiting(user):
    return [*declarations(user), *reviews(user), *suspicions(user)]


def declarations(user):
    """The rounds whose dossiers open only after a declaration of interests."""
    awaited = Deliberation.objects.declarable_by(user).filter(round__in=Round.objects.running())
    rounds = Round.objects.filter(pk__in=awaited.values("round")).select_related("committee")
    return [
        Duty(
            title=_("Déclarer mes liens d’intérêt : %(round)s") % {"round": round},
            url=reverse("committees:interests", args=[round.pk]),
            due_at=round.soft_closes_at,
            context=str(round.committee),
            kind=_("Déclaration"),
        )
        for round in rounds.order_by("soft_closes_at", "pk")[:MOST]
    ]


def reviews(user):
    """The dossiers to accept or decline, and the sheets to hand in."""
    return [
        Duty(
            title=title_of(assignment),
            url=assignment.get_absolute_url(),
            due_at=assignment.deliberation.round.soft_closes_at,
            context=str(assignment.deliberation.round.committee),
            kind=_("Évaluation"),
        )
        for assignment in Assignment.objects.queue_of(user)[:MOST]
    ]


def title_of(assignment):
    if assignment.status == Assignment.Status.PROPOSED:
        return _("Accepter ou refuser d’évaluer « %(title)s »") % {"title": assignment.deliberation}
    return _("Évaluer « %(title)s »") % {"title": assignment.deliberation}


def suspicions(user):
    """The suspected interests that those who sit at the head of a committee have to settle."""
    suspected = Interest.objects.settleable_by(user).conducted_from_a_seat_by(user)
    counted = suspected.values("deliberation__round").annotate(count=Count("pk"))
    counts = {row["deliberation__round"]: row["count"] for row in counted}
    rounds = Round.objects.filter(pk__in=counts).select_related("committee")
    return [
        Duty(
            title=ngettext(
                "Trancher %(count)s lien d’intérêt présumé : %(round)s",
                "Trancher %(count)s liens d’intérêt présumés : %(round)s",
                counts[round.pk],
            )
            % {"count": counts[round.pk], "round": round},
            url=reverse("committees:interest-report", args=[round.pk]),
            due_at=round.opens_at,
            context=str(round.committee),
            kind=_("Lien d’intérêt"),
        )
        for round in rounds.order_by("opens_at", "pk")[:MOST]
    ]
