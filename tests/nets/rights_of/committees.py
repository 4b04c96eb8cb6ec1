from datetime import timedelta

from django.utils.timezone import localtime

from base.calendar import today
from tests.nets.table import row


def free_seat(world, role):
    """Where the member has given power to the chair, only one seat is free to hold another."""
    return world.objects["chair’s seat" if role == "excluded" else "excluded’s seat"].pk


def another_seat(world, role):
    return world.objects["chair’s seat" if role == "member" else "member’s seat"].pk


def in_two_days(_world, _role):
    return f"{today() + timedelta(days=2)}T12:00"


def half_a_day_away(world, _role):
    hour = localtime(world.objects["sitting with hearings"].meets_at).hour
    return f"{(hour + 12) % 24:02}:00"


def a_pair(world, role):
    number = world.objects["deliberation"].subject_id
    return f"{number}; {world.objects['member’s seat'].user.email}"


SEATED = "chair member secretary observer"
READERS = f"{SEATED} staff superuser"
CONDUCTORS = "chair secretary"
CHECKERS = "secretary staff superuser"
RIGHTS = [
    row("committees:committee-list", reads="signed", kind="list"),
    row("committees:committee", "committee", reads="committee team"),
    row("committees:round", "round", reads="committee team", kind="list"),
    row("committees:deliberation-list", reads="signed", kind="list"),
    row("committees:deliberation", "deliberation", reads=READERS),
    row("committees:deliberation", "proposed deliberation", reads=READERS),
    row("committees:deliberation", "enclosure", reads=READERS),
    row("committees:enclosure", "enclosure", reads=READERS, kind="file"),
    row("committees:vote", "deliberation with a ballot open", reads=READERS, acts="chair member"),
    row("committees:decision", "concluded", reads=READERS),
    row(
        "committees:conclusion",
        "deliberation with a ballot proclaimed",
        reads="chair",
        acts="chair",
        fills={"reason_code": "impact"},
    ),
    row(
        "committees:feedback",
        "concluded",
        reads="chair secretary staff superuser",
        acts="chair secretary staff superuser",
    ),
    row("committees:supersession", "concluded", reads="chair", acts="chair"),
    row(
        "committees:sitting-new",
        "committee",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row("committees:sitting-list", reads="signed", kind="list"),
    row("committees:sitting", "sitting", reads="committee team"),
    row("committees:sitting", "prepared sitting", reads="chair secretary team"),
    row("committees:sitting", "closed sitting", reads="committee team"),
    row("committees:sitting", "convened sitting", reads="committee team"),
    row("committees:sitting", "sitting without quorum", reads="committee team"),
    row(
        "committees:sitting-plan",
        "prepared sitting",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row(
        "committees:agenda",
        "prepared sitting",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row(
        "committees:convocation",
        "prepared sitting",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row(
        "committees:second-convocation",
        "adjourned sitting",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row("committees:sitting-opening", "convened sitting", acts=CONDUCTORS),
    row("committees:sitting-closing", "sitting", acts=CONDUCTORS),
    row("committees:sitting-adjournment", "sitting without quorum", acts=CONDUCTORS),
    row("committees:presences", "sitting", reads=CONDUCTORS),
    row("committees:arrival", "sitting", acts="committee", idle="member"),
    row("committees:departure", "member’s presence at sitting", acts="member chair secretary"),
    row(
        "committees:proxies",
        "sitting to come",
        reads="committee team",
        acts="member excluded chair secretary",
        fills={"holder": another_seat},
    ),
    row(
        "committees:proxies",
        "convened sitting",
        reads="committee team",
        acts="member excluded chair secretary",
        fills={"holder": free_seat},
        refused={
            "member": "Cette personne a déjà donné pouvoir.",
            "excluded": "Cette personne porte déjà un pouvoir.",
        },
    ),
    row("committees:proxy-revocation", "proxy", acts="member chair secretary"),
    row("committees:agenda-rise", "second item", acts="chair secretary staff superuser"),
    row("committees:agenda-removal", "planned item", acts="chair secretary staff superuser"),
    row("committees:item-opening", "waiting item", acts=CONDUCTORS),
    row("committees:item-postponement", "waiting item", reads=CONDUCTORS, acts=CONDUCTORS),
    row("committees:ballot-new", "open item", reads=CONDUCTORS, acts=CONDUCTORS),
    row("committees:ballot", "ballot open", reads=READERS),
    row("committees:ballot", "ballot prepared", reads=READERS),
    row("committees:ballot", "ballot closed", reads=READERS),
    row("committees:ballot", "ballot proclaimed", reads=READERS),
    row("committees:ballot", "tied ballot", reads=READERS),
    row("committees:ballot-turnout", "ballot open", reads=READERS, kind="file"),
    row("committees:ballot-opening", "ballot prepared", acts=CONDUCTORS),
    row("committees:ballot-closing", "ballot open", acts=CONDUCTORS),
    row("committees:ballot-proclamation", "ballot closed", acts=CONDUCTORS),
    row("committees:ballot-revote", "tied ballot", acts=CONDUCTORS),
    row("committees:ballot-cancellation", "ballot prepared", reads=CONDUCTORS, acts=CONDUCTORS),
    row("committees:minutes", "sitting with minutes", reads="chair secretary team"),
    row("committees:minutes-pdf", "sitting with minutes", reads="chair secretary team"),
    row("committees:minutes-generation", "closed sitting", acts=CONDUCTORS),
    row("committees:minutes-signature", "sitting with minutes", acts=CONDUCTORS),
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
    row("committees:grid-list", reads="signed", kind="list"),
    row("committees:grid", "grid", reads="signed"),
    row("committees:grid", "draft grid", reads="team"),
    row("committees:interests", "undeclared round", reads="committee team", acts="committee"),
    row("committees:results", "round", reads="committee team", kind="list"),
    row("committees:results-file", "results in csv", reads="committee team", kind="file"),
    row("committees:results-file", "results in xlsx", reads="committee team", kind="file"),
    row("committees:round-state", "round", reads="chair secretary team", kind="list"),
    row("committees:round-progress", "round", reads="chair secretary team", kind="list"),
    row("committees:queue", reads="signed", kind="list"),
    row("committees:review-versions", "assigned deliberation", reads="member"),
    row(
        "committees:remarks",
        "reviewed deliberation",
        reads=f"{CONDUCTORS} member staff superuser",
        acts=f"{CONDUCTORS} member",
        kind="list",
    ),
    row("committees:remark-withdrawal", "remark", acts="member"),
    row("committees:calibration", "calibration", reads=READERS),
    row("committees:calibration-mark", "deliberation", acts=f"{CONDUCTORS} staff superuser"),
    row("committees:calibration-opening", "calibration", acts=f"{CONDUCTORS} staff superuser"),
    row("committees:calibration-end", "calibration", acts=f"{CONDUCTORS} staff superuser"),
    row("committees:interest", "deliberation", reads=READERS, acts=READERS),
    row("committees:review", "assigned deliberation", reads="member", acts="member"),
    row("committees:review-draft", "assigned deliberation", acts="member"),
    row("committees:assignment-acceptance", "proposed deliberation", acts="member"),
    row("committees:assignment-refusal", "proposed deliberation", reads="member", acts="member"),
    row("committees:committee-new", reads="team", acts="team"),
    row("committees:committee-rules", "committee", reads="team", acts="team"),
    row(
        "committees:seat-list",
        "committee",
        reads="team",
        acts="team",
        kind="list",
        fills={"substitutes": "", "ends_on": ""},
    ),
    row("committees:seat-end", "observer’s seat", reads="team", acts="team"),
    row(
        "committees:round-new",
        "committee",
        reads="chair secretary team",
        acts="chair secretary team",
        fills={"max_load": "5"},
    ),
    row(
        "committees:round-dates", "round", reads="chair secretary team", acts="chair secretary team"
    ),
    row(
        "committees:round-reading",
        "round",
        reads="chair secretary team",
        acts="chair secretary team",
    ),
    row("committees:masking-list", "blind round", reads="secretary team", kind="list"),
    row(
        "committees:masking",
        "blind deliberation",
        reads=CHECKERS,
        acts=CHECKERS,
        fills={"others": ""},
    ),
    row("committees:masking-approval", "blind deliberation", acts=CHECKERS),
    row(
        "committees:plan-list",
        "round",
        reads="chair secretary team",
        acts="chair secretary team",
        kind="list",
    ),
    row(
        "committees:plan-file",
        "round",
        reads="chair secretary team",
        acts="chair secretary team",
        fills={"lines": a_pair},
        refused={"excluded_staff": "Aucune ligne ne fait une paire."},
    ),
    row(
        "committees:wishes",
        "round",
        reads="chair member excluded",
        acts="chair member excluded",
        idle="excluded",
    ),
    row(
        "committees:assignments",
        "refused deliberation",
        reads="chair secretary staff superuser",
        acts="chair secretary staff superuser",
    ),
    row(
        "committees:assignment-replacement",
        "declined assignment",
        acts="chair secretary staff superuser",
    ),
    row("committees:seat", "observer’s seat", reads="team", acts="team", fills={"max_load": "4"}),
    row("committees:plan", "plan", reads="chair secretary team", kind="list"),
    row("committees:plan", "applied plan", reads="chair secretary team"),
    row("committees:plan-application", "plan", acts="staff"),
    row("committees:plan-undoing", "applied plan", acts="staff"),
    row("committees:interest-trial", "round", reads="team"),
    row("committees:interest-report", "round", reads="chair secretary team", kind="list"),
    row(
        "committees:interest-settlement",
        "suspicion",
        reads="chair secretary staff superuser",
        acts="chair secretary staff superuser",
    ),
    row(
        "committees:assignments",
        "deliberation",
        reads="chair secretary staff superuser",
        acts="chair secretary staff superuser",
    ),
    row("committees:grid-new", reads="team", acts="team"),
    row("committees:grid-publication", "draft grid", acts="team"),
    row("committees:grid-revision", "grid", acts="team"),
    row("committees:criterion-new", "draft grid", reads="team", acts="team"),
    row("committees:criterion", "criterion", reads="team", acts="team"),
    row("committees:criterion-removal", "criterion", acts="team"),
]
