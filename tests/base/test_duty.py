from datetime import timedelta

from django.utils import timezone

from base.duty import Duty


def test_late_comes_first_then_the_nearest_then_what_has_no_date():
    now = timezone.now()
    someday = Duty("Un jour", "/a")
    later = Duty("Plus tard", "/b", due_at=now + timedelta(days=3))
    soon = Duty("Bientôt", "/c", due_at=now + timedelta(hours=1))
    late = Duty("En retard", "/d", due_at=now - timedelta(days=1))

    ordered = sorted([someday, later, late, soon], key=lambda duty: duty.urgency)

    assert ordered == [late, soon, later, someday]
    assert [duty.is_late for duty in ordered] == [True, False, False, False]
