"""Who may do what with a sitting: each right is a queryset, and the only door."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from base.calendar import today
from committees.models.committee import Committee
from committees.models.seat import Seat


class SittingStatus(models.TextChoices):
    PREPARED = "prepared", gettext_lazy("en préparation")
    CONVENED = "convened", gettext_lazy("convoquée")
    OPEN = "open", gettext_lazy("en cours")
    CLOSED = "closed", gettext_lazy("levée")
    ADJOURNED = "adjourned", gettext_lazy("ajournée faute de quorum")
    SIGNED = "signed", gettext_lazy("procès-verbal signé")


def seats_of(user):
    """The seats that a user holds today on the committee of the outer row."""
    return Seat.objects.active_on(today()).filter(committee=OuterRef("committee"), user=user)


class SittingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Once convened, for those who sit there today; always for who prepares it."""
        if user.is_staff:
            return self
        return self.seating(user).filter(
            ~Q(status=SittingStatus.PREPARED) | Q(Exists(seats_of(user).conducting()))
        )

    def seating(self, user):
        """Of the committees where the user sits today."""
        return self.filter(Exists(seats_of(user)))

    def preparable_by(self, user):
        """Not convened yet, in the hands of the team, the chair and the secretary."""
        prepared = self.filter(status=SittingStatus.PREPARED)
        return prepared.filter(committee__in=Committee.objects.conducted_by(user))

    def hearable_by(self, user):
        """Not begun, in the hands of who prepares it: its hearings may be laid out."""
        planned = self.filter(status__in=[SittingStatus.PREPARED, SittingStatus.CONVENED])
        return planned.filter(committee__in=Committee.objects.conducted_by(user))

    def before_the_end(self):
        return self.filter(
            status__in=[SittingStatus.PREPARED, SittingStatus.CONVENED, SittingStatus.OPEN]
        )

    def conductable_by(self, user):
        """In the hands of the committee's own chair and secretary."""
        return self.filter(Exists(seats_of(user).conducting()))

    def openable_by(self, user):
        return self.conductable_by(user).filter(status=SittingStatus.CONVENED)

    def closable_by(self, user):
        return self.conductable_by(user).filter(status=SittingStatus.OPEN)

    def reconvenable_by(self, user):
        """Adjourned for want of quorum and not convened again yet."""
        adjourned = self.filter(adjourned_at__isnull=False, second=None)
        return adjourned.filter(committee__in=Committee.objects.conducted_by(user))

    def recordable_by(self, user):
        """Over, its minutes not signed by anyone yet, in the hands of its chair and secretary."""
        over = self.filter(status__in=[SittingStatus.CLOSED, SittingStatus.ADJOURNED])
        return over.conductable_by(user).filter(minutes__signatures=None)

    def with_papers_for(self, user):
        """Convened, with its papers, for whoever sees it."""
        return self.visible_to(user).filter(papers__isnull=False)

    def unsigned(self):
        """Held or over, its minutes not signed by anyone yet."""
        held = [SittingStatus.OPEN, SittingStatus.CLOSED, SittingStatus.ADJOURNED]
        return self.filter(status__in=held, minutes__signatures=None)

    def for_page(self, user):
        """With what the page asks of its reader: what they may do, where they sit."""
        mine, same = seats_of(user), self.model.objects.filter(pk=OuterRef("pk"))
        return self.select_related("committee").annotate(
            my_seat=Subquery(mine.values("pk")[:1]),
            conducted=Exists(mine.conducting()),
            preparable=Exists(same.preparable_by(user)),
            hearable=Exists(same.hearable_by(user)),
            reconvenable=Exists(same.reconvenable_by(user)),
        )

    def open(self):
        return self.filter(status=SittingStatus.OPEN)

    def planned(self):
        """On a calendar and not begun, the nearest first."""
        waiting = self.filter(status__in=[SittingStatus.PREPARED, SittingStatus.CONVENED])
        return waiting.filter(meets_at__gt=Now()).order_by("meets_at", "pk")

    def to_come(self):
        """Convened or being held."""
        return self.filter(status__in=[SittingStatus.CONVENED, SittingStatus.OPEN])
