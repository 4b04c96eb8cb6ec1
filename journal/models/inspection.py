from django.db import models
from django.db.models import Q
from django.utils import timezone


class Inspection(models.Model):
    """One time that every rule was asked: when, how many there were, which were broken, by what.

    `faults`: the app, the sentence of the rule and the first ids that break it, for each broken.
    """

    began_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(default=timezone.now, editable=False)
    asked = models.PositiveSmallIntegerField(editable=False)
    faults = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = "inspection"
        constraints = [
            models.CheckConstraint(
                name="inspection_ends_after_it_begins",
                condition=Q(ended_at__gte=models.F("began_at")),
            )
        ]

    def __str__(self):
        return f"{self.ended_at:%Y-%m-%d %H:%M}, {self.asked} rules, {len(self.faults)} broken"

    @classmethod
    def keep(cls, found, *, began_at):
        """Keep what (app, sentence, ids) were found of every rule."""
        broken = [
            {"app": app, "rule": sentence, "ids": [str(one) for one in ids]}
            for app, sentence, ids in found
            if ids
        ]
        return cls.objects.create(began_at=began_at, asked=len(found), faults=broken)

    @classmethod
    def last(cls):
        """The last one, or None."""
        return cls.objects.order_by("-pk").first()
