"""What the committees write to people."""

from notifications.models import Message


def told(notice):
    """Those to whom a notice was written."""
    return {m.recipient for m in Message.objects.filter(notice=f"committees/{notice}")}
