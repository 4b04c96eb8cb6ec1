"""The numbers that a committee decides by, each in words and with where it comes from."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from committees.models import Committee


class Rule(NamedTuple):
    """A number of a committee: what it is, what it is here, and its source."""

    label: str
    value: str
    source: str


# The article that sets it (décret n° 2006-672, CRPA), or nothing where the portal does.
ARTICLES = {
    "quorum_percent": "art. 11, CRPA R133-10",
    "notice_days": "art. 9, CRPA R133-8",
    "casting_vote": "art. 12, CRPA R133-11",
    "majority_base": "art. 12, CRPA R133-11",
    "secrecy_minimum": "",
    "proxies_per_holder": "art. 10, CRPA R133-9",
    "interest_distance": "art. 13, CRPA R133-12",
    "earlier_review_is_a_tie": "art. 13, CRPA R133-12",
}


def rules_of(committee):
    """Each rule of a committee; where it changed one, its source says so."""
    return [rule_of(committee, name) for name in ARTICLES]


def rule_of(committee, name):
    field, value = Committee._meta.get_field(name), getattr(committee, name)
    label = str(field.verbose_name)
    return Rule(
        f"{label[0].upper()}{label[1:]}", shown(committee, field, value), source(field, value)
    )


def shown(committee, field, value):
    if field.choices:
        return getattr(committee, f"get_{field.name}_display")()
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(value)


def source(field, value):
    article = ARTICLES[field.name]
    if value != field.default:
        return _("choix de ce comité")
    if not article:
        return _("règle du portail, protège le secret des petits votes")
    return _("règle commune : décret n° 2006-672, %(article)s") % {"article": article}
