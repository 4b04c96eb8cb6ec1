"""A file of pairs, dossier number then member's address on each line, read into a plan."""

import csv
from collections import Counter, defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _

from committees.models.deliberation import Deliberation
from committees.roster import Roster


MOST_LINES = 20_000
SEPARATORS = ";,\t"


class Line(NamedTuple):
    """A line that makes no pair: where it is, what it says, the dossier it names, why."""

    number: int
    text: str
    deliberation: int | None
    why: str


class PairsFile:
    """The pairs of a file, and the lines that make none, for a person who conducts a round."""

    def __init__(self, round, *, by, text):
        self.round = round
        self.roster = Roster(round, by=by)
        self.seats = {seat.user.email: seat for seat in self.roster.seats.values()}
        self.loads = Counter({seat.pk: seat.load for seat in self.seats.values()})
        self.numbers = defaultdict(list)  # as titles say them → dossiers
        named = Deliberation.objects.filter(pk__in=self.roster.keys)
        for key, subject in named.values_list("pk", "subject_id"):
            self.numbers[str(subject)].append(key)
        self.pairs, self.refused = {}, []
        for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
            cells = cells_of(line)
            heading = number == 1 and not any(cell.isdecimal() for cell in cells)
            if any(cells) and not heading:
                self._read(number, line, cells)

    def _read(self, number, line, cells):
        key, refusal = self._dossier(cells)
        seat = None
        if not refusal:
            seat = self.seats.get(cells[1].lower())
            refusal = self._refusal(key, seat)
        if refusal:
            self.refused.append(Line(number, " ".join(line.split())[:300], key, str(refusal)))
        else:
            self.loads[seat.pk] += 1
            why = _("Choisi par qui conduit l’examen. %(why)s") % {
                "why": self.roster.why(key, seat.pk)
            }
            self.pairs[key, seat.pk] = why[:300]

    def _dossier(self, cells):
        """(the dossier, "") or (None, why there is none)."""
        if len(cells) < 2 or not cells[0] or "@" not in cells[1]:
            return None, _("Il faut un numéro de dossier, puis l’adresse d’un membre.")
        found = self.numbers.get(cells[0], [])
        if len(found) != 1:
            return None, _("Aucun dossier que vous puissiez confier n’a ce numéro dans ce tour.")
        return found[0], ""

    def _refusal(self, key, seat):
        if seat is None:
            return _("Personne n’évalue dans ce comité sous cette adresse.")
        if (key, seat.pk) in self.pairs:
            return _("Cette paire est déjà dans le fichier.")
        if seat.pk in self.roster.dossier(key).away:
            return _("Ce membre a un lien d’intérêt avec ce dossier, ou l’a déjà eu.")
        limit = seat.limit_in(self.round)
        if limit is not None and self.loads[seat.pk] >= limit:
            return _("Ce membre aurait plus de dossiers que son maximum.")
        return ""


def cells_of(line):
    """What a line holds, whichever of the usual separators it uses."""
    separator = max(SEPARATORS, key=line.count)
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
