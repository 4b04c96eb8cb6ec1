"""Who sees a term review, who writes it, who is heard on it."""

from committees.models import ExaminableQuerySet
from projects.models.membership import Membership
from projects.models.outcome import TermReviewStatus


class TermReviewQuerySet(ExaminableQuerySet):
    def visible_to(self, user):
        """Their own for the people of the project; all but drafts for the incubator's team.

        Committees read its snapshot, on their own floor.
        """
        if user.is_staff:
            return self.exclude(status=TermReviewStatus.DRAFT)
        return self._of(Membership.objects.of(user))

    def heard_for(self, user):
        """By who makes the project."""
        return self._of(Membership.objects.of(user).writers())

    def writable_by(self, user):
        """Drafts, by those who make the project."""
        return self.drafts()._of(Membership.objects.of(user).writers())

    def submittable_by(self, user):
        """Drafts, by the project's intrapreneurs."""
        return self.drafts()._of(Membership.objects.of(user).intrapreneurs())

    def drafts(self):
        return self.filter(status=TermReviewStatus.DRAFT)

    def submitted(self):
        return self.filter(status=TermReviewStatus.SUBMITTED)

    def _of(self, memberships):
        return self.filter(term__project__in=memberships.not_ended().values("project"))
