"""How far the reviews of a round are, for those who conduct it and of what they may see alone."""

from django.db.models import Count, F, Q
from django.db.models.functions import Now

from committees.models import Assignment


PENDING = Q(status__in=[Assignment.Status.PROPOSED, Assignment.Status.ACCEPTED])
STEPS = {
    "asked": ~Q(status=Assignment.Status.NEUTRALISED),
    "accepted": Q(status__in=[Assignment.Status.ACCEPTED, Assignment.Status.REVIEWED]),
    "written": Q(review__version__gt=0, status=Assignment.Status.ACCEPTED),
    "handed_in": Q(status=Assignment.Status.REVIEWED),
    "late": PENDING & Q(deliberation__round__soft_closes_at__lte=Now()),
    "declined": Q(status=Assignment.Status.DECLINED),
}


def entrusted(round, user):
    """The assignments of a round that its conductor may know of."""
    return Assignment.objects.visible_to(user).filter(deliberation__round=round)


def counted(assignments, by):
    """{key of `by`: how many assignments are at each step}."""
    rows = assignments.order_by().values(key=F(by)).annotate(**counts())
    return {row["key"]: row for row in rows}


def counts():
    return {name: Count("pk", filter=condition) for name, condition in STEPS.items()}


def of_members(round, user):
    """(seat, counts) of each member who may review, whoever was asked nothing last."""
    found = counted(entrusted(round, user), "seat")
    seats = round.committee.seats.reviewing().in_order()
    rows = [(seat, found.get(seat.pk)) for seat in seats]
    return sorted(rows, key=lambda row: row[1] is None)


def of_dossiers(deliberations, user):
    """(deliberation, counts) of each; the deliberations are those of a page."""
    mine = Assignment.objects.visible_to(user).filter(
        deliberation__in=[d.pk for d in deliberations]
    )
    found = counted(mine, "deliberation")
    return [(deliberation, found.get(deliberation.pk)) for deliberation in deliberations]
