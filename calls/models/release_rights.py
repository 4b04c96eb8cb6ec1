"""Who sees a release of results, and how much of it: each right is a queryset."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from calls.models.application import Application
from committees.models import Decision


class ReleaseStatus(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("préparée")
    SENT = "sent", gettext_lazy("envoyée")
    CANCELLED = "cancelled", gettext_lazy("annulée")


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's, each with `told`: how many of its letters the reader may know of.

        Nobody tells the team of a tie that was detected: whoever is kept from a dossier reads the
        release as if it had no letter for it, and finds none where it has no other. What needs
        every letter (preparing, sending, giving up, reminding) is refused when it is tried.
        """
        if not user.is_staff:
            return self.none()
        kept = _letters(Application.objects.kept_from(user))
        return self.annotate(told=F("count") - kept).filter(told__gt=0)

    def prepared(self):
        return self.filter(status=ReleaseStatus.PREPARED)

    def confirmable_by(self, user):
        """Prepared by somebody else of the team."""
        return self.prepared().visible_to(user).exclude(prepared_by=user)

    def cancellable_by(self, user):
        return self.prepared().visible_to(user)

    def remindable_by(self, user):
        """Sent, with letters that nobody has read yet, and no reminder before."""
        seen = Application.objects.visible_to(user)
        unread = Q(letters__readings=None, letters__application__in=seen)
        sent = self.filter(unread, status=ReleaseStatus.SENT, reminded_at=None)
        return sent.visible_to(user).distinct()

    def whole_for(self, user):
        """Those of which no letter is kept from them."""
        return self.visible_to(user).filter(told=F("count"))


def _letters(applications):
    """How many letters the release of the query around has for some applications.

    Those of the decisions that were in force and untold when it was prepared.
    """
    told_since = Q(notified_at=None) | Q(notified_at__gte=OuterRef("prepared_at"))
    in_force = Q(successor=None) | Q(successor__decided_at__gt=OuterRef("prepared_at"))
    of_call = applications.filter(call=OuterRef(OuterRef("call")))
    decisions = Decision.objects.filter(
        told_since,
        in_force,
        decided_at__lte=OuterRef("prepared_at"),
        deliberation__round=Coalesce(OuterRef("round"), F("deliberation__round")),
        deliberation__subject_type=ContentType.objects.get_for_model(Application),
        deliberation__subject_id__in=of_call.values("pk"),
    )
    counted = decisions.order_by().values("deliberation__subject_type").annotate(many=Count("pk"))
    return Coalesce(Subquery(counted.values("many")), 0)
