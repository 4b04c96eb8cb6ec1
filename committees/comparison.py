"""How each member used the grid on a calibration dossier."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from committees.models import Answer, Deliberation


@dataclass(frozen=True)
class Compared:
    """A criterion: (level, who chose it) pairs, worst first, « not applicable » last."""

    label: str
    gap: int  # levels between the lowest and the highest answer
    levels: list = field(default_factory=list)


def levels_of(calibration, user):
    """Each criterion with who chose which level, for somebody who may compare them.

    Named as the round has it; what a fellow wrote is not said, only the levels.
    """
    round = calibration.deliberation.round
    conducts = Deliberation.objects.conducted_by(user).contains(calibration.deliberation)
    named = round.authors_named or conducts
    answers = Answer.objects.filter(
        review__status="handed_in", review__assignment__deliberation=calibration.deliberation
    ).select_related("level", "review__assignment__seat__user")
    given = {}
    for answer in answers.order_by("review"):
        seat = answer.review.assignment.seat
        given.setdefault(answer.criterion_id, []).append((answer, called(seat, user, named)))
    return [compared(c, given.get(c.pk, [])) for c in round.grid.criteria.in_order()]


def called(seat, user, named):
    if seat.user_id == user.pk:
        return _("vous")
    return str(seat.user) if named else _("un membre")


def compared(criterion, given):
    scores = [answer.level.score for answer, _who in given if answer.level]
    levels = [
        (level.label, sorted(who for answer, who in given if answer.level_id == level.pk))
        for level in criterion.ordered_levels()
    ]
    aside = sorted(who for answer, who in given if answer.not_applicable)
    gap = max(scores) - min(scores) if scores else 0
    return Compared(criterion.label, gap, [*levels, (_("sans objet"), aside)])
