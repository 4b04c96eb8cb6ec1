"""What the page of an application says of the answer to it."""

from typing import Any, NamedTuple

from base.calendar import today
from calls.appealing import last_day_to_appeal
from calls.letters import parts_of
from calls.models import Letter


class Answer(NamedTuple):
    """What is told of an application: the decision, its letter's words, what may be done."""

    decision: Any
    parts: list
    letter: Any  # None for what was told before letters were kept
    former: list
    reading: Any
    can_acknowledge: bool
    can_appeal: bool
    appeal_until: Any
    appeal: Any  # the live one


def answer_of(application, user):
    """The answer that its people know, for whoever may see the application; or None."""
    decision = application.told_decision()
    if decision is None:
        return None
    letters = application.letters.select_related("decision__deliberation").order_by("-pk")
    letter = next((one for one in letters if one.decision_id == decision.pk), None)
    mine = Letter.objects.acknowledgeable_by(user)
    appealable = type(application).objects.appealable_by(user).contains(application)
    last_day = last_day_to_appeal(decision.notified_at)
    return Answer(
        decision=decision,
        parts=parts_of(application, decision),
        letter=letter,
        former=[one for one in letters if one != letter],
        reading=letter and letter.readings.filter(person=user).first(),
        can_acknowledge=bool(letter) and mine.contains(letter),
        can_appeal=appealable and today() <= last_day,
        appeal_until=last_day,
        appeal=application.appeals.live().first(),
    )
