"""Who sees, writes and decides: every right, every person, every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from calls.models import Application, Approval, Call
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CallFactory,
    CoApplicantFactory,
    DeliberationFactory,
    InterestFactory,
    SeatFactory,
    UserFactory,
)


PEOPLE = {
    "author": lambda application: application.author,
    "editor": lambda application: CoApplicantFactory(accepted=True, application=application).person,
    "reader": lambda application: (
        CoApplicantFactory(accepted=True, reader=True, application=application).person
    ),
    "invited": lambda application: UserFactory(
        email=CoApplicantFactory(application=application).email
    ),
    "removed": lambda application: (
        CoApplicantFactory(removed=True, application=application, person=UserFactory()).person
    ),
    "agent": lambda application: UserFactory(),
    "manager": lambda application: UserFactory(
        email=ApprovalFactory(application=application, lapsed=True).manager_email
    ),
    "staff": lambda application: UserFactory(staff=True),
    "member": lambda application: SeatFactory(committee=application.call.committee).user,
    "anonymous": lambda application: AnonymousUser(),
}
RIGHTS = [
    "visible_to",
    "editable_by",
    "shareable_by",
    "depositable_by",
    "withdrawable_by",
    "amendable_by",
    "amended_by",
    "revivable_by",
    "correctable_by",
    "plannable_by",
    "explained_to",
    "received_by",
    "checkable_by",
    "examinable_by",
]
LEADING = {"shareable_by", "depositable_by", "withdrawable_by", "plannable_by"}
WRITING = {
    "author": {"visible_to", "editable_by"} | LEADING,
    "editor": {"visible_to", "editable_by"},
}
DEPOSITED = {"visible_to", "withdrawable_by", "plannable_by"}
READING = {"visible_to", "received_by"}
CASES = {
    "draft": ({}, WRITING),
    "late draft": ({"call__closed": True}, {"author": {"visible_to", "withdrawable_by"}}),
    "draft in grace": ({"call__in_grace": True}, WRITING),
    "draft begun in grace": (
        {"call__in_grace": True, "blank": True},
        {"author": {"visible_to", "withdrawable_by"}},
    ),
    "deposited": (
        {"deposited": True},
        {
            "author": DEPOSITED | {"amendable_by"},
            "staff": READING | {"checkable_by", "correctable_by"},
        },
    ),
    "deposited, the call closed": (
        {"deposited": True, "call__closed": True},
        {"author": DEPOSITED, "staff": READING | {"checkable_by", "correctable_by"}},
    ),
    "in correction, late": (
        {"deposited": True, "status": "in_correction"},
        {"author": DEPOSITED, "staff": READING},
    ),
    "admissible": (
        {"admissible": True},
        {"author": DEPOSITED, "staff": READING | {"checkable_by", "examinable_by"}},
    ),
    "inadmissible": ({"inadmissible": True}, {"author": {"visible_to"}, "staff": READING}),
    "examined": ({"examined": True}, {"author": DEPOSITED, "staff": READING}),
    "decided": (
        {"declined": True},
        {"author": {"visible_to", "withdrawable_by"}, "staff": READING},
    ),
    "told": (
        {"selected": True, "told": True},
        {"author": {"visible_to", "explained_to", "withdrawable_by"}, "staff": READING},
    ),
    "withdrawn": (
        {"withdrawn": True},
        {"author": {"visible_to", "revivable_by"}, "staff": READING},
    ),
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("case", CASES)
def test_rights_on_an_application(who, case):
    traits, rights = CASES[case]
    application = ApplicationFactory(**traits)
    user = PEOPLE[who](application)

    granted = {r for r in RIGHTS if getattr(Application.objects, r)(user).contains(application)}

    others = {"editor": {"visible_to"}, "reader": {"visible_to"}}
    if who in others and "explained_to" in rights["author"]:
        others[who] = {"visible_to", "explained_to"}
    assert granted == rights.get(who, others.get(who, set()))


def test_the_team_decides_nothing_about_its_own_applications():
    application = ApplicationFactory(admissible=True, author=UserFactory(staff=True))
    author = application.author

    granted = {r for r in RIGHTS if getattr(Application.objects, r)(author).contains(application)}

    assert granted == DEPOSITED | {"received_by"}


def test_the_team_decides_nothing_about_what_it_carries_with_someone():
    application = ApplicationFactory(admissible=True)
    colleague = UserFactory(staff=True)
    CoApplicantFactory(application=application, accepted=True, person=colleague)

    granted = {
        r for r in RIGHTS if getattr(Application.objects, r)(colleague).contains(application)
    }

    assert granted == READING


def test_the_team_with_an_interest_sees_nothing():
    interest = InterestFactory(
        deliberation=DeliberationFactory(), person=UserFactory(staff=True), effect="exclusion"
    )
    application = interest.deliberation.subject

    for right in RIGHTS:
        assert not getattr(Application.objects, right)(interest.person).contains(application)


def test_a_signed_plan_is_not_changed_after_the_deposit():
    application = ApprovalFactory(application__deposited=True, approved=True).application

    assert not Application.objects.plannable_by(application.author).exists()


CALL_RIGHTS = [
    "visible_to",
    "prepared_by",
    "editable_by",
    "extendable_by",
    "archivable_by",
    "releasable_by",
    "acknowledged_by",
]
TEAM = {"visible_to", "prepared_by", "acknowledged_by"}
CALLS = {
    "draft": (lambda: CallFactory(draft=True), set(), TEAM | {"editable_by"}),
    "upcoming": (lambda: CallFactory(upcoming=True), {"visible_to"}, TEAM | {"extendable_by"}),
    "open": (lambda: CallFactory(), {"visible_to"}, TEAM | {"extendable_by"}),
    "closed": (
        lambda: CallFactory(closed=True),
        {"visible_to"},
        TEAM | {"extendable_by", "archivable_by"},
    ),
    "deposited": (
        lambda: ApplicationFactory(call__closed=True, deposited=True).call,
        {"visible_to"},
        TEAM | {"extendable_by"},
    ),
    "before the committee": (
        lambda: ApplicationFactory(call__closed=True, examined=True).call,
        {"visible_to"},
        TEAM,
    ),
    "decided": (
        lambda: ApplicationFactory(call__closed=True, selected=True).call,
        {"visible_to"},
        TEAM | {"releasable_by"},
    ),
    "told": (
        lambda: ApplicationFactory(call__closed=True, selected=True, told=True).call,
        {"visible_to"},
        TEAM | {"archivable_by"},
    ),
    "archived": (
        lambda: CallFactory(archived=True),
        {"visible_to"},
        TEAM - {"acknowledged_by"},
    ),
}


@pytest.mark.parametrize("case", CALLS)
def test_rights_on_a_call(case):
    make, everyone, team = CALLS[case]
    call = make()
    people = [(UserFactory(), everyone), (AnonymousUser(), everyone)]

    for user, rights in [*people, (UserFactory(staff=True), team)]:
        granted = {r for r in CALL_RIGHTS if getattr(Call.objects, r)(user).contains(call)}
        assert granted == rights


def test_rights_on_an_approval():
    manager = UserFactory()
    approval = ApprovalFactory(manager_email=manager.email)
    rights = {
        approval.application.author: {"visible_to", "resendable_by"},
        manager: {"addressed_to", "answerable_by"},
        UserFactory(): set(),
        UserFactory(staff=True): set(),
    }

    for user, expected in rights.items():
        granted = {
            right
            for right in ["visible_to", "resendable_by", "addressed_to", "answerable_by"]
            if getattr(Approval.objects, right)(user).contains(approval)
        }
        assert granted == expected
