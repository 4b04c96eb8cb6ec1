"""What an application is called, where it is carried and from which pain it comes."""

from django.db import models
from django.utils.translation import gettext_lazy

from base.fields import Line


HEADING = ["title", "entity", "irritant"]


class Heading(models.Model):
    """The three fields above the answers; they count as one for the version."""

    title = Line(gettext_lazy("nom de l’idée"), max_length=150, blank=True)
    entity = models.ForeignKey(
        "accounts.Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("service porteur"),
    )
    irritant = models.ForeignKey(
        "calls.Irritant",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=gettext_lazy("irritant à l’origine"),
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def take_heading(self, other):
        """Say the same as another heading, in memory."""
        for field in [*HEADING, "version"]:
            setattr(self, field, getattr(other, field))
