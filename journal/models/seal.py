import hashlib
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from journal.models.event import Event


# Longer than any transaction may last (settings: 30 s idle, 10 s a statement): no event can
# still arrive below the number where a seal stops.
SETTLING_TIME = timedelta(minutes=10)


class Seal(models.Model):
    """The chained digest of all events up to one: an edit, a deletion or a gap below breaks it."""

    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["previous"], name="seal_follows_one_seal"),
            models.CheckConstraint(
                name="seal_covers_a_range",
                condition=models.Q(last_event__gte=models.F("first_event"), count__gte=1),
            ),
        ]

    def __str__(self):
        return f"{self.first_event}–{self.last_event}"

    @classmethod
    @transaction.atomic
    def extend(cls, *, before=None):
        """Seal what has settled since the last seal (or before an instant); None when nothing has.

        Safe to run twice: the second finds nothing left, and the chain forbids forks.
        """
        last = cls.objects.select_for_update().order_by("-last_event").first()
        before = before or timezone.now() - SETTLING_TIME
        first_event = last.last_event + 1 if last else 1
        unsettled = Event.objects.filter(pk__gte=first_event, recorded_at__gte=before)
        end = unsettled.order_by("pk").values_list("pk", flat=True).first()
        events = Event.objects.filter(pk__gte=first_event)
        if end is not None:
            events = events.filter(pk__lt=end)
        last_event = events.order_by("-pk").values_list("pk", flat=True).first()
        if last_event is None:
            return None
        previous = last.digest if last else ""
        count, digest = chain(previous, first_event, last_event)
        return cls.objects.create(
            first_event=first_event,
            last_event=last_event,
            count=count,
            previous=previous,
            digest=digest,
        )

    def faults(self):
        """What no longer agrees with the events as they are stored, in sentences."""
        count, digest = chain(self.previous, self.first_event, self.last_event)
        if count != self.count:
            yield f"seal {self}: {self.count} events sealed, {count} found"
        elif digest != self.digest:
            yield f"seal {self}: an event was changed"


def chain(previous, first_event, last_event):
    """How many events lie in a range, and the SHA-256 (hex) that chains their digests."""
    total, count = hashlib.sha256(previous.encode()), 0
    events = Event.objects.filter(pk__range=(first_event, last_event)).order_by("pk")
    for event in events.iterator(chunk_size=2000):
        total.update(event.digest.encode())
        count += 1
    return count, total.hexdigest()
