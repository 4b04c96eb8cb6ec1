"""What is kept no longer: the kinds of data that the portal erases by itself, and how."""

from typing import Any, NamedTuple

from base.lifecycle import Refused
from calls.models import Application, Erasure, Irritant
from notifications.models import Message


class Kind(NamedTuple):
    """What is due, and the verb that erases one; without a verb all go at once."""

    name: str
    due: Any
    erase: Any = None

    def purge(self):
        """Erase what is due, each in its own transaction; how many went."""
        if self.erase is None:
            return self.due().erase()
        return sum(self._erased(one) for one in self.due().order_by("pk").iterator())

    def _erased(self, one):
        try:
            self.erase(one)
        except Refused:  # taken up again since the list was read, or another run was first
            return False
        return True


KINDS = [
    Kind("applications", Application.objects.purgeable, Erasure.purge),
    Kind("people of irritants", Irritant.objects.forgettable, Irritant.forget),
    Kind("messages", Message.objects.outdated),
]
