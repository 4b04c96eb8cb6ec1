"""The races of what the team asks for, each right with its lock and wrong without it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from base.calendar import today
from calls.models import Application, Correction
from calls.models.answer import Entry
from tests.calls.test_concurrency import again, both_ways
from tests.factories import ApplicationFactory, UserFactory
from tests.races import Other, without_lock


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.race("two corrections at once")
@both_ways
def test_of_two_corrections_asked_at_once_the_second_is_refused(locked):
    """Without the lock, the constraint breaks the second."""
    application = ApplicationFactory(deposited=True)
    staff, late = UserFactory(staff=True), again(application)
    wanted = {"keys": ["q1"], "words": "Précisez.", "ends_on": today() + timedelta(days=7)}

    def ask():
        try:
            Correction.request(late, by=staff, **wanted)
        except IntegrityError:
            return "broken"

    other = Other(ask)

    with without_lock(Application, when=not locked):
        other.come_in_during(lambda: Correction.request(application, by=staff, **wanted))

    assert (other.refused, other.result) == ((True, None) if locked else (False, "broken"))
    assert Correction.objects.count() == 1


@pytest.mark.race("a correction that expires while it is answered")
@both_ways
def test_an_expiry_waits_for_the_deposit_in_progress(locked):
    application = ApplicationFactory()
    author, staff = application.author, UserFactory(staff=True)
    application.deposit(by=author)
    wanted = {"keys": ["q1"], "words": "Précisez.", "ends_on": today() + timedelta(days=7)}
    correction = Correction.request(application, by=staff, **wanted)
    application.write(by=author, entries=[Entry("q1", "Les maires aussi.", 1)])
    late = again(correction)

    def answer_and_see_the_date_pass():
        again(application).deposit(by=author)
        past = timezone.now() - timedelta(minutes=1)
        Correction.objects.update(requested_at=past - timedelta(days=1), ends_at=past)

    other = Other(late.expire)
    with without_lock(Application, Correction, when=not locked):
        other.come_in_during(answer_and_see_the_date_pass)

    assert again(correction).status == "resolved"
    assert other.refused is True
