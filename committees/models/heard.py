"""The items of an agenda, as those who carry a dossier and are heard on it know them."""

from django.db import models
from django.db.models import Prefetch

from committees.models.deliberation import Deliberation
from committees.models.examinable import carried_by


class HeardQuerySet(models.QuerySet):
    def heard_for(self, user):
        """About what the user carries, once invited to choose when to be heard."""
        invited = self.filter(sitting__hearing_plan__invited_at__isnull=False)
        return invited.filter(deliberation__in=carried_by(user), deliberation__round__blind=False)

    def hearable(self):
        """Still to be examined, and not in a blind round: hearing somebody tells who they are."""
        live = Deliberation.objects.live().filter(round__blind=False)
        return self.filter(status="waiting", deliberation__in=live)

    def awaiting_a_hearing(self):
        """Those whose slot is not chosen."""
        return self.hearable().exclude(hearings__in=self._standing())

    def with_hearing(self):
        """Each with the hearing that stands, in the list `chosen`."""
        standing = self._standing().select_related("slot")
        return self.prefetch_related(Prefetch("hearings", standing, to_attr="chosen"))

    def for_hearing(self):
        return self.select_related("sitting__committee", "sitting__hearing_plan")

    def _standing(self):
        return self.model.hearings.rel.related_model.objects.standing()
