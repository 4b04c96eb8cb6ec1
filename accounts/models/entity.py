from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from base.fields import Line
from base.lifecycle import Refused
from base.search import plain


class EntityQuerySet(models.QuerySet):
    def search(self, text):
        """Services whose name or acronym holds every word, whatever the accents."""
        found = self
        for word in plain(text).split()[:6]:
            found = found.filter(search_text__contains=word)
        return found.order_by("name", "pk")

    def within(self, entity):
        """The service itself and all that are below it."""
        return self.filter(path__startswith=entity.path)


class EntityKind(models.TextChoices):
    CENTRAL = "central", _("administration centrale")
    TERRITORIAL = "territorial", _("service déconcentré")
    OPERATOR = "operator", _("opérateur")
    LOCAL = "local", _("collectivité territoriale")
    OTHER = "other", _("autre")


class Entity(models.Model):
    """A service of the administration, somewhere in the tree of services; where a person works.

    `path` holds the keys from the root down (`/3/17/`): one prefix test answers « is it within? ».
    """

    Kind = EntityKind

    name = Line(_("nom"), max_length=200)
    acronym = Line(_("sigle"), max_length=40, blank=True)
    kind = models.CharField(
        _("nature"), max_length=20, choices=EntityKind, default=EntityKind.OTHER
    )
    department = Line(
        _("département"), max_length=3, blank=True, help_text=_("Son numéro, par exemple « 59 ».")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("service de rattachement"),
    )
    path = models.CharField(max_length=200, editable=False, default="")
    search_text = models.CharField(max_length=260, editable=False, default="")

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "parent"],
                nulls_distinct=False,
                name="entity_named_once_below_its_parent",
                violation_error_message=_("Ce service existe déjà à cet endroit de l’arbre."),
            ),
            models.CheckConstraint(
                name="entity_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                violation_error_message=_("Un service n’est pas rattaché à lui-même."),
            ),
        ]
        indexes = [
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="entity_by_path"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="entity_by_text"),
        ]

    def __str__(self):
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @classmethod
    @transaction.atomic
    def found(cls, *, name, parent=None, **fields):
        """Add a service at its place in the tree."""
        entity = cls.objects.create(name=name, parent=parent, **fields)
        entity.settle()
        return entity

    @transaction.atomic
    def settle(self):
        """Work out the path and the searched text again, and those paths of all below.

        Refused when the new parent is below the service itself.
        """
        old = self.path
        above = self.parent.path if self.parent else "/"
        if old and above.startswith(old):
            raise Refused(_("Un service ne peut pas être rattaché à l’un des siens."), subject=None)
        self.path = f"{above}{self.pk}/"
        self.search_text = plain(f"{self.name} {self.acronym}")
        type(self).objects.filter(pk=self.pk).update(path=self.path, search_text=self.search_text)
        if old and old != self.path:
            below = type(self).objects.filter(path__startswith=old).exclude(pk=self.pk)
            below.update(path=Concat(Value(self.path), Substr("path", len(old) + 1)))

    def ancestors(self):
        """From the root down to the parent."""
        keys = [int(key) for key in self.path.strip("/").split("/") if key][:-1]
        found = type(self).objects.in_bulk(keys)
        return [found[key] for key in keys]

    def is_within(self, other):
        return self.path.startswith(other.path)
