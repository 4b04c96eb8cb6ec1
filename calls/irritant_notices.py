"""What those who suffer from an irritant are told, with an account or without."""

from calls.notices import account_of
from notifications import outbox


def irritant_published(irritant):
    tell("calls/irritant_published", _reporters([irritant]), irritant, key=irritant.pk)


def irritant_hidden(irritant, event):
    key = f"{irritant.pk}:{event.pk}"
    tell("calls/irritant_hidden", _reporters([irritant]), irritant, key=key)


def irritant_taken_up(irritant):
    tell("calls/irritant_taken_up", _sufferers(irritant), irritant, key=irritant.pk)


def irritant_closed(irritant, event):
    key = f"{irritant.pk}:{event.pk}"
    tell("calls/irritant_closed", _sufferers(irritant), irritant, key=key)


def irritant_merged(irritant, people):
    """To those who knew it under its former words."""
    told = [*_reporters([irritant]), *people]
    tell("calls/irritant_merged", told, irritant, key=irritant.pk, survivor=irritant.merged_into)


def irritant_bore(irritant, project, besides):
    """« Votre irritant a donné un projet », to all who suffer from it."""
    people = [person for person in _sufferers(irritant) if person not in besides]
    key = f"{irritant.pk}:{project.pk}"
    tell("calls/irritant_bore", people, irritant, key=key, project=project)


def tell(notice, people, irritant, *, key, **context):
    """Each of these people once, with the way to the irritant's page."""
    for person in {person.email: person for person in people}.values():
        url = irritant.get_absolute_url()
        outbox.post(notice, to=person, key=key, url=url, irritant=irritant, **context)


def _reporters(reports):
    """Who reported: accounts, and the addresses that were left without one."""
    for report in reports:
        if report.author:
            yield report.author
        elif report.reporter_email:
            yield account_of(report.reporter_email)


def _sufferers(irritant):
    """Who reported it, under these words or others, and who said « moi aussi »."""
    supports = irritant.supports.select_related("person").order_by("pk")
    return [*_reporters(irritant.reports()), *(support.person for support in supports)]
