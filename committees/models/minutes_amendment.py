from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.difference import difference
from base.fields import Prose
from base.lifecycle import Refused
from committees.models.agenda import AgendaItem
from committees.models.minutes import Minutes
from committees.models.sitting import person
from journal.models import Event


class MinutesAmendmentQuerySet(models.QuerySet):
    def standing(self):
        """Not dropped, in the order in which they were made."""
        return self.filter(dropped_at=None).order_by("pk")

    def for_page(self):
        return self.select_related("amended_by").order_by("pk")

    def droppable_by(self, user):
        """Seen, not dropped, in minutes that nobody has signed; by the chair and the secretary."""
        unsigned = Minutes.objects.amendable_by(user)
        return self.visible_to(user).filter(minutes__in=unsigned, dropped_at=None)

    def visible_to(self, user):
        """Of minutes that the user reads, and not of an item that they may not see."""
        shown = Q(item=None) | Q(item__in=AgendaItem.objects.visible_to(user))
        return self.filter(shown, minutes__in=Minutes.objects.visible_to(user))


class MinutesAmendment(models.Model):
    """Words of the minutes changed by hand before the signature: both texts stay, and the reason.

    Dropped when the minutes are written again and it is not wanted, or does not apply, any more.
    """

    minutes = models.ForeignKey(
        "committees.Minutes", models.PROTECT, editable=False, related_name="amendments"
    )
    item = models.ForeignKey(
        "committees.AgendaItem", models.PROTECT, null=True, editable=False, related_name="+"
    )
    heading = models.CharField(max_length=300, editable=False)
    before = models.TextField(editable=False)
    after = Prose(gettext_lazy("texte du procès-verbal"), max_length=60000)
    reason = Prose(gettext_lazy("motif de l’amendement"), max_length=1000)
    amended_at = models.DateTimeField(default=timezone.now, editable=False)
    amended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, editable=False)
    dropped_by = person()

    objects = MinutesAmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("amendement du procès-verbal")
        constraints = [
            models.CheckConstraint(
                name="minutes_amendment_is_reasoned",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites pourquoi ce texte change."),
            ),
            models.CheckConstraint(
                name="minutes_amendment_changes_something",
                condition=~Q(before=models.F("after")),
                violation_error_message=gettext_lazy("Le texte n’a pas changé."),
            ),
            models.CheckConstraint(
                name="minutes_amendment_dropped_at_goes_with_dropped_by",
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.heading

    @classmethod
    @transaction.atomic
    def make(cls, *, by, minutes, section, read, text, reason):
        """Change the words of a section, before anyone has signed.

        `section` is a `Section` that the author sees, `read` the text from which they wrote:
        refused when somebody changed it meanwhile.
        """
        minutes.hold_amendable(by)
        current = minutes.amended_text(section)
        if current != read:
            raise Refused(_("Ce texte vient de changer : relisez-le."), subject=minutes)
        amendment = cls.objects.create(
            minutes=minutes,
            item=section.item,
            heading=section.heading,
            before=current,
            after=text,
            reason=reason,
            amended_by=by,
        )
        minutes.compose()
        about = section.item.deliberation if section.item else minutes.sitting
        Event.record("minutes.amended", actor=by, subject=about)
        return amendment

    @transaction.atomic
    def drop(self, *, by):
        """Give up a change of words, before anyone has signed; the last of its section first."""
        self.minutes.hold_amendable(by)
        later = self.minutes.amendments.standing().filter(
            item=self.item, heading=self.heading, pk__gt=self.pk
        )
        kept = MinutesAmendment.objects.visible_to(by).standing().filter(pk=self.pk)
        if later.exists() or not kept.exists():
            raise Refused(
                _("Un amendement plus récent porte sur ce texte, ou celui-ci est abandonné."),
                subject=self.minutes,
            )
        self.give_up(by)
        self.minutes.compose()
        about = self.item.deliberation if self.item else self.minutes.sitting
        Event.record("minutes.amendment_dropped", actor=by, subject=about)

    def give_up(self, by):
        """Stamp it as dropped; its verb holds the minutes."""
        MinutesAmendment.objects.filter(pk=self.pk).update(dropped_at=timezone.now(), dropped_by=by)

    def parts(self):
        """What it took away and what it added, word by word."""
        return difference(self.before, self.after)
