from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from base import wording
from committees.models.seat import Seat


SIGNATORIES = [Seat.Capacity.CHAIR, Seat.Capacity.SECRETARY]


class SignatureBase(models.Model):
    """One of the two names under an act: that of its chair, or of its secretary."""

    capacity = models.CharField(max_length=10, choices=Seat.Capacity, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    signed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.signed_by} ({self.get_capacity_display()})"

    @property
    def sentence(self):
        return _("Signé par %(person)s (%(capacity)s), %(instant)s.") % {
            "person": self.signed_by,
            "capacity": self.get_capacity_display(),
            "instant": wording.instant(self.signed_at),
        }
