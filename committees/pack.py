"""The papers of a sitting for a reader without a network: the agenda, what is examined, the grids.

All of it is frozen when the sitting is convened, so the same reader gets the same file each time;
it shrinks only when an interest of theirs appears.
"""

from django.utils.translation import gettext as _

from base.wording import day, instant
from journal.models.snapshot import digest_of


def title_of(sitting):
    return _("Dossier de la séance du %(day)s : %(committee)s") % {
        "day": day(sitting.day),
        "committee": sitting.committee,
    }


def opening(sitting):
    """What is said of the meeting itself, as (heading, text) pairs."""
    seats = sitting.seats().select_related("user").order_by("capacity", "user__last_name", "pk")
    lines = [
        _("Comité : %s.") % sitting.committee,
        _("Date et lieu : %(instant)s, %(place)s.")
        % {"instant": instant(sitting.meets_at), "place": sitting.place},
    ]
    if sitting.urgency:
        lines.append(_("Motif de l’urgence : %s") % sitting.urgency)
    if sitting.waives_quorum:
        lines.append(_("Seconde convocation sur le même ordre du jour : aucun quorum n’est exigé."))
    members = [f"{seat.user} ({seat.get_capacity_display()})" for seat in seats]
    return [(_("Séance"), "\n".join(lines)), (_("Composition"), "\n".join(members))]


def printed_for(sitting, user):
    """What a reader's pack says, from frozen rows alone; call it in the house's language."""
    items = list(sitting.items.visible_to(user).in_order().select_related("deliberation__round"))
    dossiers = [dossier(number, item.deliberation) for number, item in enumerate(items, 1)]
    grids = {item.deliberation.round.grid_id: item.deliberation.round.grid for item in items}
    data = {
        "title": sitting.papers.title,
        "kind": _("Dossier de séance"),
        "sections": sitting.papers.sections,
        "agenda_title": _("Ordre du jour"),
        "agenda": [one["title"] for one in dossiers],
        "empty": _("Aucun dossier que vous puissiez lire."),
        "dossiers": dossiers,
        "grids": [grid_of(grid) for grid in grids.values()],
        "notes_title": _("Notes"),
        "digest_title": _("Empreinte SHA-256 du dossier de séance"),
    }
    return data | {"digest": digest_of(data["title"], [data["sections"], dossiers, data["grids"]])}


def dossier(number, deliberation):
    """One item, under its number in this reader's agenda."""
    snapshot = deliberation.snapshot
    return {
        "title": snapshot.title,
        "heading": _("%(number)s. %(title)s") % {"number": number, "title": snapshot.title},
        "sections": snapshot.sections,
        "grid": str(deliberation.round.grid),
        "digest_title": _("Empreinte SHA-256 du dossier"),
        "digest": snapshot.digest,
    }


def grid_of(grid):
    """A grid with its criteria, their weights and what each level asks."""
    return {
        "heading": _("Grille : %s") % grid,
        "criteria": [
            {
                "heading": _("%(label)s (poids : %(weight)s)")
                % {"label": criterion.label, "weight": criterion.weight},
                "help": criterion.help,
                "levels": [
                    _("%(score)s. %(label)s : %(anchor)s")
                    % {"score": level.score, "label": level.label, "anchor": level.anchor}
                    for level in criterion.ordered_levels()
                ],
            }
            for criterion in grid.criteria.in_order()
        ],
    }
