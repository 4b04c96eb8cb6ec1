from django.urls import reverse

from notifications import outbox


def assignment_proposed(assignment):
    outbox.post(
        "coaching/assignment_proposed",
        to=assignment.coach.user,
        key=assignment.pk,
        url=assignment.get_absolute_url(),
        assignment=assignment,
    )


def assignment_accepted(assignment):
    """The team that asked, and those who carry the project."""
    people = {assignment.proposed_by, *_intrapreneurs(assignment.project)}
    for person in people - {assignment.coach.user}:
        outbox.post(
            "coaching/assignment_accepted",
            to=person,
            key=assignment.pk,
            url=reverse("coaching:project-coaching", args=[assignment.project.slug]),
            assignment=assignment,
        )


def assignment_declined(assignment):
    outbox.post(
        "coaching/assignment_declined",
        to=assignment.proposed_by,
        key=assignment.pk,
        url=assignment.get_absolute_url(),
        assignment=assignment,
    )


def assignment_called_off(assignment):
    """The question has gone: a letter that asks it and has not left stays here."""
    outbox.void("coaching/assignment_proposed", key=assignment.pk)


def session_missing(assignment):
    """Once per silence: the next session, or the first one, begins another."""
    outbox.post(
        "coaching/session_missing",
        to=assignment.coach.user,
        key=f"{assignment.pk}-{assignment.heard_on.isoformat()}",
        url=reverse("coaching:session-new", args=[assignment.pk]),
        assignment=assignment,
    )


def session_is_no_longer_missing(assignment, *, heard_on):
    outbox.void("coaching/session_missing", key=f"{assignment.pk}-{heard_on.isoformat()}")


def action_due(action):
    outbox.post(
        "coaching/action_due",
        to=action.owner,
        key=action.pk,
        url=action.get_absolute_url(),
        action=action,
    )


def action_is_no_longer_due(action):
    outbox.void("coaching/action_due", key=action.pk)


def _intrapreneurs(project):
    return [m.user for m in project.memberships.not_ended().intrapreneurs().select_related("user")]
