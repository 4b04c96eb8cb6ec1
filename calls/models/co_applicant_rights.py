"""Who sees, answers and changes an invitation to carry an application."""

from datetime import timedelta

from django.db.models import Q, Value
from django.db.models.functions import Now

from calls.models.application import Application
from calls.models.link import REMINDED_BEFORE, LinkedQuerySet
from calls.models.status import ON_BOARD, CoApplicantStatus


class CoApplicantQuerySet(LinkedQuerySet):
    def invited(self):
        return self.filter(status=CoApplicantStatus.INVITED)

    def accepted(self):
        return self.filter(status=CoApplicantStatus.ACCEPTED)

    def on_board(self):
        """Invited or there: at most once for an application and an address."""
        return self.filter(status__in=ON_BOARD)

    def visible_to(self, user):
        """The team of an application that one carries oneself."""
        return self.filter(application__in=Application.objects.carried_by(user))

    def addressed_to(self, user):
        """What a person with an account is, or was, invited to."""
        return self.filter(email=getattr(user, "email", ""))

    def answerable(self):
        """Awaited, by a link that has not expired, while the application is being written."""
        writing = Application.objects.being_written()
        return self.invited().filter(expires_at__gt=Now(), application__in=writing)

    def answerable_by(self, user):
        """By the account of the address that was invited, and no other."""
        return self.answerable().addressed_to(user)

    def managed_by(self, user):
        """Whom the lead applicant invited, while the application is being written."""
        return self.on_board().filter(application__in=Application.objects.shareable_by(user))

    def resendable_by(self, user):
        return self.managed_by(user).invited().not_just_sent()

    def removable_by(self, user):
        """By the lead applicant, or by the person herself, whatever the state of the dossier."""
        leading = Q(application__author_id=user.pk)
        return self.on_board().filter(leading | Q(person_id=user.pk, person__isnull=False))

    def remindable(self):
        """Awaited without a reminder, when the link or the writing ends within three days."""
        soon = Now() + Value(REMINDED_BEFORE)
        closing = Application.objects.closing_within(REMINDED_BEFORE)
        silent = self.answerable().filter(
            reminded_at=None, sent_at__lt=Now() - Value(timedelta(days=1))
        )
        return silent.filter(Q(expires_at__lt=soon) | Q(application__in=closing.values("pk")))
