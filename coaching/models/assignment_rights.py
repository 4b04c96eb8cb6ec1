"""The states of an assignment, and who may do what to it in each."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from base.calendar import today
from projects.models import Membership, Project, Term


# A coach has a week after the last day to write down the last session.
WRITING_UP = timedelta(days=7)
QUIET = timedelta(weeks=3)


class CoachAssignmentStatus(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("proposé")
    ACCEPTED = "accepted", gettext_lazy("accepté")
    DECLINED = "declined", gettext_lazy("décliné")
    WITHDRAWN = "withdrawn", gettext_lazy("retiré")
    ENDED = "ended", gettext_lazy("terminé")


ANSWERED = [
    CoachAssignmentStatus.ACCEPTED,
    CoachAssignmentStatus.DECLINED,
    CoachAssignmentStatus.ENDED,
]
SETTLED = [CoachAssignmentStatus.ACCEPTED, CoachAssignmentStatus.ENDED]
CLOSED = [CoachAssignmentStatus.WITHDRAWN, CoachAssignmentStatus.ENDED]


class CoachAssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; a team's once accepted; all of them for the incubator team."""
        if user.is_staff:
            return self
        teams = Membership.objects.of(user).not_ended().values("project")
        return self.filter(Q(coach__user=user.pk) | Q(project__in=teams, status__in=SETTLED))

    def of(self, user):
        """Those of a coach."""
        return self.filter(coach__user=user.pk)

    def answerable_by(self, user):
        return self.proposed().of(user)

    def withdrawable_by(self, user):
        return self.proposed() if user.is_staff else self.none()

    def endable_by(self, user):
        return self.accepted() if user.is_staff else self.accepted().of(user)

    def loggable_by(self, user):
        """In whose name a coach may write a session: begun, not ended, and one's own."""
        return self.accepted().of(user).filter(starts_on__lte=today())

    def with_people(self):
        return self.select_related("project__promotion", "coach__user", "proposed_by", "wished_by")

    def with_last_session(self):
        """Adds `met_on`, the day of the last session, if any."""
        return self.annotate(met_on=Max("sessions__held_on"))

    def proposed(self):
        return self.filter(status=CoachAssignmentStatus.PROPOSED)

    def accepted(self):
        return self.filter(status=CoachAssignmentStatus.ACCEPTED)

    def settled(self):
        """Accepted one day, whether ended since or not."""
        return self.filter(status__in=SETTLED)

    def overlapping(self, starts_on, ends_on):
        return self.filter(starts_on__lt=ends_on, ends_on__gt=starts_on)

    def running_on(self, day):
        return self.accepted().filter(starts_on__lte=day, ends_on__gt=day)

    def projects_without_a_coach(self):
        """Projects in a running term, with no coach now or later and nobody asked."""
        held = self.filter(
            status__in=[CoachAssignmentStatus.PROPOSED, CoachAssignmentStatus.ACCEPTED],
            ends_on__gt=today(),
        )
        running = Term.objects.running_on(today())
        projects = Project.objects.filter(pk__in=running.values("project"))
        return projects.exclude(pk__in=held.values("project"))

    def over_by(self, day):
        """Whose last session should be written down by now."""
        return self.accepted().filter(ends_on__lte=day - WRITING_UP)

    def quiet_on(self, day):
        """Running without a session for three weeks; adds the day of the last sign of life."""
        return (
            self.running_on(day)
            .annotate(heard_on=Coalesce(Max("sessions__held_on"), F("starts_on")))
            .filter(heard_on__lte=day - QUIET)
        )
