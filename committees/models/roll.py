"""Who may vote, who has, and what is in the urn: nothing here joins the last two."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def of_one_poll(name):
    """A row belongs to one ballot or to one contest."""
    return models.CheckConstraint(
        name=name,
        condition=Q(ballot__isnull=False, contest=None) | Q(ballot=None, contest__isnull=False),
    )


class ElectorQuerySet(models.QuerySet):
    def marked(self):
        """Those who have voted in secret."""
        return self.filter(mark__isnull=False)


class Elector(models.Model):
    """A seat that may vote in a poll: listed at its opening, and never changed afterwards."""

    ballot = models.ForeignKey(
        "committees.Ballot", models.PROTECT, null=True, editable=False, related_name="electors"
    )
    contest = models.ForeignKey(
        "committees.Contest", models.PROTECT, null=True, editable=False, related_name="electors"
    )
    seat = models.ForeignKey("committees.Seat", models.PROTECT, editable=False, related_name="+")

    objects = ElectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("électeur")
        constraints = [
            of_one_poll("elector_of_one_poll"),
            models.UniqueConstraint(fields=["ballot", "seat"], name="elector_once_per_ballot"),
            models.UniqueConstraint(fields=["contest", "seat"], name="elector_once_per_contest"),
        ]

    def __str__(self):
        return str(self.seat)


class RollMark(models.Model):
    """An elector has voted in secret: neither when, nor in which order, nor what.

    Its key is the elector's, given in the order of the seats; the database takes it away or adds
    it while the vote is open only.
    """

    elector = models.OneToOneField(
        "committees.Elector",
        models.PROTECT,
        primary_key=True,
        editable=False,
        related_name="mark",
    )

    class Meta:
        verbose_name = _("émargement")

    def __str__(self):
        return str(self.elector)


class Urn(models.Model):
    """What the secret papers of a poll add up to, as sorted counts: no paper, no person."""

    ballot = models.OneToOneField(
        "committees.Ballot", models.PROTECT, null=True, editable=False, related_name="urn"
    )
    contest = models.OneToOneField(
        "committees.Contest", models.PROTECT, null=True, editable=False, related_name="urn"
    )
    counts = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("urne")
        constraints = [of_one_poll("urn_of_one_poll")]

    def __str__(self):
        return str(self.ballot or self.contest)
