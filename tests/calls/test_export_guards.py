"""What no export does, whoever asks and however many workers write."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from calls.models import Export
from calls.tasks import write_export
from notifications.models import Message
from tests.calls.test_exports import asked
from tests.factories import ExportFactory, UserFactory
from tests.races import Other, all_at_once, without_lock


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": "ready"}, "export_ready_has_its_file"),
        ({"path": "exports/x.csv"}, "export_ready_has_its_file"),
        ({"status": "failed"}, "export_failed_says_why"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ExportFactory(**fields)


PEOPLE = {
    "owner": lambda export: export.person,
    "staff": lambda export: UserFactory(staff=True),
    "agent": lambda export: UserFactory(),
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("traits", "ready"), [({}, False), ({"ready": True}, True)])
def test_rights_on_an_export(who, traits, ready):
    export = ExportFactory(**traits)
    user = PEOPLE[who](export)

    assert Export.objects.visible_to(user).contains(export) is (who == "owner")
    assert Export.objects.downloadable_by(user).contains(export) is (who == "owner" and ready)


@pytest.mark.django_db(transaction=True)
def test_four_workers_write_one_file():
    export = ExportFactory()

    _results, refusals, errors = all_at_once(4, lambda _n: write_export(export_id=export.pk))

    assert (refusals, errors) == ([], [])
    assert Message.objects.count() == 1


@pytest.mark.race("a fourth export during the third")
@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_double_click_does_not_pass_the_limit(locked):
    staff = UserFactory(staff=True)
    ExportFactory.create_batch(2, person=staff)
    other = Other(lambda: asked(staff))

    with without_lock(User, when=not locked):
        other.come_in_during(lambda: asked(staff))

    assert other.refused is locked
    assert Export.objects.count() == (3 if locked else 4)


def test_a_claim_stays_young_while_the_work_goes_on():
    export = ExportFactory(running=True, subjects=[1, 2])
    Export.objects.update(claimed_at=timezone.now() - timedelta(minutes=14))

    export.advance(1)

    assert Export.objects.get().claimed_at > timezone.now() - timedelta(minutes=1)
