"""What the desk may show of an application, and its exports write: a closed list of columns."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from calls.models import Approval
from calls.models.status import ApprovalStatus


class Column(NamedTuple):
    """Its name in the address, its heading, and what it says of an application."""

    key: str
    label: Any
    value: Callable


def visa(application):
    return ApprovalStatus(application.visa).label if application.visa else ""


def completeness(application):
    return _("incomplet") if application.lacks else _("complet")


def theme(application):
    filed = getattr(application, "classification", None)
    return filed.get_theme_display() if filed else ""


def moment(at):
    return localtime(at).replace(tzinfo=None, microsecond=0) if at else None


FIRST = [
    Column("numero", _("Numéro"), lambda a: a.pk),
    Column("titre", _("Dossier"), lambda a: a.title),
]
COLUMNS = [
    Column("auteur", _("Porté par"), lambda a: str(a.author)),
    Column("adresse", _("Adresse électronique"), lambda a: a.author.email),
    Column("service", _("Service"), lambda a: str(a.entity or "")),
    Column("departement", _("Département"), lambda a: a.entity.department if a.entity else ""),
    Column("appel", _("Appel"), lambda a: a.call.title),
    Column("theme", _("Thème"), theme),
    Column("visa", _("Visa"), visa),
    Column("complet", _("Complétude"), completeness),
    Column("irritant", _("Irritant à l’origine"), lambda a: str(a.irritant or "")),
    Column("depose", _("Déposé"), lambda a: moment(a.deposited_at)),
    Column("etat", _("État"), lambda a: a.get_status_display()),
]
CHOICES = [(column.key, column.label) for column in COLUMNS]
USUAL = ["auteur", "service", "appel", "depose", "etat"]


def chosen(keys):
    """The columns of these keys in the desk's order; the usual ones where none is asked for."""
    keys = set(keys or USUAL)
    return [column for column in COLUMNS if column.key in keys]


def rows_of(applications):
    """Applications with everything that a column may say, in a fixed number of queries."""
    asked = Approval.objects.standing().filter(application=OuterRef("pk")).order_by("-pk")
    return (
        applications.select_related("call", "author", "entity", "irritant", "classification")
        .defer("search_text", "irritant__search_text", "irritant__description")
        .annotate(visa=Subquery(asked.values("status")[:1]))
        .with_completeness()
    )
