from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone


ONE_DAY = datetime.max.replace(tzinfo=UTC)  # after every date


@dataclass(frozen=True)
class Duty:
    """One thing that awaits a person: what, where it is done, until when, part of what."""

    title: str
    url: str
    due_at: datetime | None = None
    context: str = ""
    kind: str = ""

    @property
    def is_late(self):
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def urgency(self):
        """Sorts late first, then the nearest date, then what has no date."""
        return (self.due_at or ONE_DAY, self.title)
