"""Who may do what with a deposit while it is written anew."""

import pytest

from calls.models import Application
from tests.calls.test_rights import DEPOSITED, READING, RIGHTS
from tests.factories import AmendmentFactory, CorrectionFactory, UserFactory


@pytest.mark.parametrize("make", [AmendmentFactory, CorrectionFactory])
def test_rights_on_a_deposit_that_is_written_anew(make):
    application = make().application
    written = {"editable_by", "depositable_by"}
    rights = {
        application.author: {*DEPOSITED, *written}
        | ({"amended_by"} if make is AmendmentFactory else set()),
        UserFactory(): set(),
        UserFactory(staff=True): READING
        | ({"checkable_by", "correctable_by"} if make is AmendmentFactory else set()),
    }

    for user, expected in rights.items():
        granted = {r for r in RIGHTS if getattr(Application.objects, r)(user).contains(application)}
        assert granted == expected
