import pytest
from django.contrib.auth.models import AnonymousUser

from coaching.models import CoachAssignment
from tests.factories import CoachAssignmentFactory


STATES = {
    "proposed": {},
    "accepted": {"accepted": True},
    "declined": {"declined": True},
    "withdrawn": {"withdrawn": True},
    "ended": {"ended": True},
}
RIGHTS = ["visible_to", "answerable_by", "withdrawable_by", "loggable_by", "endable_by"]
TEAM = {
    "proposed": {"visible_to", "withdrawable_by"},
    "accepted": {"visible_to", "endable_by"},
    "declined": {"visible_to"},
    "withdrawn": {"visible_to"},
    "ended": {"visible_to"},
}
GRANTED = {
    "this coach": {
        "proposed": {"visible_to", "answerable_by"},
        "accepted": {"visible_to", "loggable_by", "endable_by"},
        "declined": {"visible_to"},
        "withdrawn": {"visible_to"},
        "ended": {"visible_to"},
    },
    "staff": TEAM,
    "superuser": TEAM,
    # The coach of the project, on another coach's assignment, is one of its team.
    "coach": {"accepted": {"visible_to"}, "ended": {"visible_to"}},
    "intrapreneur": {"accepted": {"visible_to"}, "ended": {"visible_to"}},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("right", RIGHTS)
def test_rights_on_an_assignment(right, state, people, assignment):
    subject = CoachAssignmentFactory(project=assignment.project, **STATES[state])
    everyone = people | {"this coach": subject.coach.user, "anonymous": AnonymousUser()}

    granted = {
        who: getattr(CoachAssignment.objects, right)(user).contains(subject)
        for who, user in everyone.items()
    }

    assert granted == {who: right in GRANTED.get(who, {}).get(state, set()) for who in everyone}
