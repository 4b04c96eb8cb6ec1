from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


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
        return (self.due_at is None, self.due_at or timezone.now(), self.title)
