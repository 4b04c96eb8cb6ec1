"""A decision told on a ballot of three, and what contests it."""

from calls.models import Appeal
from tests.committees.room import decided, room_of
from tests.factories import RoundFactory, UserFactory, ready_to_conclude


REASON = {"reason_code": "problem", "reason": "Peu d’usagers rencontrés."}


def told(outcome="declined"):
    """(application, room): what a committee of three decided, and its people know."""
    room = room_of(3)
    decided(room, adopted=outcome == "selected")
    room.deliberation.conclude(by=room.chair.user, outcome=outcome, **REASON)
    application = room.deliberation.subject
    application.tell(by=UserFactory(staff=True))
    return application, room


def appealed():
    application, room = told()
    appeal = Appeal.file(application, by=application.author, text="Vous avez mal lu.")
    return appeal, room


def examined():
    """An appeal before another round of the same committee."""
    appeal, room = appealed()
    round = RoundFactory(committee=room.sitting.committee)
    appeal.examine(by=UserFactory(staff=True), round=round)
    return appeal, room


def answered(outcome="selected"):
    """An appeal that another committee has decided, and nobody was told."""
    appeal, _room = appealed()
    deliberation = appeal.examine(by=UserFactory(staff=True), round=RoundFactory())
    chair = ready_to_conclude(deliberation, outcome=outcome)
    deliberation.conclude(by=chair, outcome=outcome, reason_code="other", reason="Besoin établi.")
    return appeal
