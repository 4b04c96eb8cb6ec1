"""What an application is called, where it is carried and from which pain it comes."""

from django.db import models
from django.utils.translation import gettext_lazy

from base.fields import Line


HEADING = ["title", "entity", "irritant"]
# As the rows keep it: each field, and how many times it was saved.
HEADING_COLUMNS = [*HEADING, *(f"{field}_version" for field in HEADING)]


class Heading(models.Model):
    """The three fields above the answers, each with its own version, as an answer has."""

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
    title_version = models.PositiveIntegerField(default=0, editable=False)
    entity_version = models.PositiveIntegerField(default=0, editable=False)
    irritant_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def take_heading(self, other):
        """Say the same as another heading, in memory."""
        for column in HEADING_COLUMNS:
            setattr(self, column, getattr(other, column))

    def keep_heading(self, entries):
        """Write some of its fields in this row, each one version further."""
        for entry in entries:
            setattr(self, entry.key, entry.value)
            setattr(self, f"{entry.key}_version", entry.version + 1)
        self.save(update_fields=HEADING_COLUMNS)
