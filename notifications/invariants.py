from datetime import timedelta

from django.utils import timezone

from notifications.models import Message


def no_message_waits_for_more_than_two_days():
    """A message is sent, refused or called off within two days."""
    old = timezone.now() - timedelta(hours=49)
    return Message.objects.waiting().filter(posted_at__lt=old).values_list("pk", flat=True)


INVARIANTS = [no_message_waits_for_more_than_two_days]
