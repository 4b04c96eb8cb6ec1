"""The results of a round as rows of cells, for a file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


HEADINGS = [
    gettext_lazy("Rang"),
    gettext_lazy("Dossier"),
    gettext_lazy("Note sur 100"),
    gettext_lazy("Rang ajusté"),
    gettext_lazy("Note ajustée"),
    gettext_lazy("Couverture moyenne, en pour cent"),
    gettext_lazy("Écart entre évaluations"),
    gettext_lazy("Évaluations remises"),
    gettext_lazy("Avis divergents"),
    gettext_lazy("Sensible"),
    gettext_lazy("État"),
]


def lines(deliberations, ranking):
    """A row for each deliberation, in their order; what is not known is an empty cell."""
    for one in deliberations:
        place = ranking.places.get(one.pk)
        yield [
            place and place.rank,
            str(one),
            one.score,
            place and place.adjusted_rank,
            place and place.worth,
            one.coverage,
            one.spread,
            one.review_count,
            _("oui") if one.is_divergent else _("non"),
            _("oui") if place and place.sensible else _("non"),
            one.get_status_display(),
        ]
