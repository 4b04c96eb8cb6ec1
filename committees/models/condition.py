"""What a decision asks before it is fulfilled: its numbered conditions."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from base.fields import Line
from base.lifecycle import Refused
from base.wording import day


MOST = 10  # of one decision


class Demand(NamedTuple):
    """A condition as it is asked for: its text, and a number of days or a date."""

    text: str
    days: int | None = None
    due_on: Any = None


class ConditionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("number")


class Condition(models.Model):
    """What a decision asks, and for when: so many days after what it grants begins, or a date.

    Written with its decision and never changed; it becomes a milestone of what the decision
    grants.
    """

    decision = models.ForeignKey(
        "committees.Decision", models.PROTECT, related_name="conditions", editable=False
    )
    number = models.PositiveSmallIntegerField(gettext_lazy("numéro"), editable=False)
    text = Line(gettext_lazy("condition"), max_length=300)
    days = models.PositiveSmallIntegerField(gettext_lazy("délai en jours"), null=True, blank=True)
    due_on = models.DateField(gettext_lazy("pour le"), null=True, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("condition")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"], name="condition_numbered_once_per_decision"
            ),
            models.CheckConstraint(
                name="condition_numbered_from_one", condition=Q(number__range=(1, MOST))
            ),
            models.CheckConstraint(
                name="condition_says_what",
                condition=Q(text__regex=r"\S"),
                violation_error_message=gettext_lazy("Dites ce que la décision demande."),
            ),
            models.CheckConstraint(
                name="condition_is_due_after_days_or_on_a_date",
                condition=Q(days__isnull=False, days__range=(1, 730), due_on=None)
                | Q(days=None, due_on__isnull=False),
                violation_error_message=gettext_lazy(
                    "Chaque condition a une échéance : un délai d’un jour à deux ans, ou une date."
                ),
            ),
        ]

    def __str__(self):
        return _("Condition nº %(number)s : %(text)s") % {"number": self.number, "text": self.text}

    @classmethod
    def attach(cls, decision, demands):
        """Write what a decision asks, numbered in order; refused where it grants nothing."""
        if demands and decision.sense == decision.Sense.UNFAVOURABLE:
            raise Refused(
                _("Une décision défavorable n’accorde rien : elle n’a pas de condition."),
                subject=decision.deliberation,
            )
        return [
            cls.objects.create(decision=decision, number=number, **demand._asdict())
            for number, demand in enumerate(demands, 1)
        ]

    def due_from(self, start):
        """The day by which it is to be met, once what the decision grants begins."""
        return self.due_on or start + timedelta(days=self.days)

    @property
    def delay(self):
        """Until when, as people read it before anything has begun."""
        if self.due_on:
            return _("pour le %(day)s") % {"day": day(self.due_on)}
        weeks, rest = divmod(self.days, 7)
        if rest:
            said = ngettext("%(count)s jour", "%(count)s jours", self.days) % {"count": self.days}
        else:
            said = ngettext("%(count)s semaine", "%(count)s semaines", weeks) % {"count": weeks}
        return _("sous %(delay)s") % {"delay": said}
