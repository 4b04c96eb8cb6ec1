"""What a deposit lacks now, for whoever counts or filters: the same as its gaps, as a query.

A deposit was complete when it was handed in, and what counts has not changed since: its answers
need not be judged again. What may be missing came later.
"""

from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from calls.models.status import GRANTED, ApplicationStatus


def lacking(applications):
    """Those, among all applications, that await a complement, the signature that their call asks
    for, or another file in the place of one that the antivirus refused."""
    same = applications.filter(pk=OuterRef("pk"))
    line = Concat(
        Value(r"(^|\n)"),
        Cast("attachments__pk", TextField()),
        Value(r"(\n|$)"),
        output_field=TextField(),
    )
    infected = same.filter(
        attachments__state="refused", answers__key=F("attachments__key"), answers__text__regex=line
    )
    unsigned = ~Exists(same.filter(approvals__status__in=GRANTED))
    return (
        Q(status=ApplicationStatus.IN_CORRECTION)
        | Q(call__approval_required=True) & unsigned
        | Exists(infected)
    )
