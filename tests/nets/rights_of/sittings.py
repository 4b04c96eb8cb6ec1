"""How sittings are followed and heard, and what may still change in their minutes."""

from datetime import timedelta

from django.utils.timezone import localtime

from base.calendar import today
from tests.nets.table import row


CONDUCTORS = "chair secretary"


def in_two_days(_world, _role):
    return f"{today() + timedelta(days=2)}T12:00"


def half_a_day_away(world, _role):
    hour = localtime(world.objects["sitting with hearings"].meets_at).hour
    return f"{(hour + 12) % 24:02}:00"


RIGHTS = [
    row("committees:sitting-live", "sitting", reads="committee team"),
    row("committees:sitting-state", "sitting", reads="committee team", kind="file"),
    row("committees:sitting-pack", "sitting with papers", reads="committee team", kind="file"),
    row(
        "committees:sitting-order",
        "sitting to order",
        reads="chair secretary team",
        acts="chair secretary staff superuser",
    ),
    row(
        "committees:amendment",
        "section of the minutes",
        reads=CONDUCTORS,
        acts=CONDUCTORS,
        fills={"after": "La séance s’est tenue."},
    ),
    row("committees:minutes", "amended sitting", reads="chair secretary team"),
    row("committees:amendment-removal", "amendment", acts=CONDUCTORS),
    row("committees:dissent", "decided item", reads="chair member", acts="chair member"),
    row("committees:dissent-removal", "dissent", acts="member"),
    row("committees:rectification-new", "signed sitting", reads=CONDUCTORS, acts=CONDUCTORS),
    row("committees:rectification", "rectification", reads="chair secretary team"),
    row("committees:rectification-pdf", "rectification", reads="chair secretary team", kind="file"),
    row("committees:rectification-text", "rectification", reads=CONDUCTORS, acts=CONDUCTORS),
    row("committees:rectification-signature", "rectification", acts=CONDUCTORS),
    row("committees:rectification-removal", "rectification", acts=CONDUCTORS),
    row(
        "committees:hearing-plan",
        "prepared sitting",
        reads="chair secretary team",
        acts="chair secretary team",
        fills={"first": "12:00", "count": "1", "choose_before": in_two_days},
    ),
    row(
        "committees:hearing-plan",
        "sitting with hearings",
        reads="chair secretary team",
        acts="chair secretary team",
        fills={"first": half_a_day_away, "count": "1", "choose_before": in_two_days},
    ),
    row("committees:hearing-invitation", "sitting with hearings", acts="chair secretary team"),
    row(
        "committees:hearing-cancellation",
        "sitting with hearings",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row(
        "committees:hearing-placement",
        "item to hear",
        reads="chair secretary staff superuser",
        acts="chair secretary staff superuser",
    ),
    row("committees:hearing", "item to hear", reads="applicant", acts="applicant"),
    row("committees:hearing", "item heard", reads="applicant", acts="applicant"),
    row("committees:hearing-state", "item heard", reads="applicant", kind="file"),
    row("committees:hearing-calendar", "item heard", reads="applicant", kind="file"),
]
