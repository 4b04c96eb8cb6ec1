"""The published versions of the grids as texts, to be read and compared: nothing personal."""

from django.utils.translation import gettext as _

from base.difference import Kind, difference


def words_of(grid):
    """Everything that a version says, line by line: coverage, criteria, weights, levels."""
    lines = [_("Couverture demandée : %(percent)s %%") % {"percent": grid.coverage_percent}]
    for criterion in grid.criteria.in_order():
        lines += ["", f"{criterion.label} ({_('poids')} {criterion.weight})"]
        lines += [criterion.help] if criterion.help else []
        lines += [f"– {level.label} : {level.anchor}" for level in criterion.ordered_levels()]
    return "\n".join(lines)


def changes_in(grid, former):
    """The parts of what changed between two versions, or nothing where there was none before."""
    if former is None:
        return []
    parts = difference(words_of(former), words_of(grid))
    return parts if any(part.kind != Kind.SAME for part in parts) else []
