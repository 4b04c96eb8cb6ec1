"""Who sees, answers and manages an invitation: every right, every person, every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from calls.models import CoApplicant
from tests.factories import CoApplicantFactory, UserFactory


INVITATION_RIGHTS = [
    "visible_to",
    "addressed_to",
    "answerable_by",
    "managed_by",
    "resendable_by",
    "removable_by",
]
INVITATIONS = {
    "invited": (
        {},
        {
            "lead": {"visible_to", "managed_by", "resendable_by", "removable_by"},
            "invited": {"addressed_to", "answerable_by"},
        },
    ),
    "expired": (
        {"expired": True},
        {
            "lead": {"visible_to", "managed_by", "resendable_by", "removable_by"},
            "invited": {"addressed_to"},
        },
    ),
    "accepted": (
        {"accepted": True},
        {
            "lead": {"visible_to", "managed_by", "removable_by"},
            "invited": {"visible_to", "addressed_to", "removable_by"},
        },
    ),
    "accepted, deposited": (
        {"accepted": True, "application__deposited": True},
        {
            "lead": {"visible_to", "removable_by"},
            "invited": {"visible_to", "addressed_to", "removable_by"},
        },
    ),
    "declined": ({"declined": True}, {"lead": {"visible_to"}, "invited": {"addressed_to"}}),
    "removed": ({"removed": True}, {"lead": {"visible_to"}, "invited": {"addressed_to"}}),
    "late": (
        {"application__call__closed": True},
        {"lead": {"visible_to", "removable_by"}, "invited": {"addressed_to"}},
    ),
}


@pytest.mark.parametrize("case", INVITATIONS)
def test_rights_on_an_invitation(case):
    traits, rights = INVITATIONS[case]
    invitation = CoApplicantFactory(**traits)
    application = invitation.application
    other = CoApplicantFactory(application=application, accepted=True).person
    people = {
        "lead": application.author,
        "invited": invitation.person or UserFactory(email=invitation.email),
        "other co-applicant": other,
        "agent": UserFactory(),
        "staff": UserFactory(staff=True),
        "anonymous": AnonymousUser(),
    }

    for who, user in people.items():
        granted = {
            right
            for right in INVITATION_RIGHTS
            if getattr(CoApplicant.objects, right)(user).contains(invitation)
        }
        assert granted == rights.get(who, {"visible_to"} if user == other else set()), who
