"""What a contest came to, in words: for its page, for the minutes, for who carries a dossier."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.wording import number
from committees.methods import judgement, points, schulze
from committees.methods.order import tallies
from committees.models.paper import PaperLine
from committees.models.standing import Grade


@dataclass(frozen=True)
class Place:
    """A dossier's place among those that a reader may see, and the figure that gives it."""

    candidate: object
    rank: int
    tied: bool
    figure: str


def places(contest, candidates):
    """The places of these candidates (a queryset), counted without the others, the best first."""
    found = {candidate.pk: candidate for candidate in candidates.in_order()}
    order = contest.order(list(found))
    figures, ranks = figures_of(contest, list(found)), order.ranks()
    return [
        Place(found[pk], ranks[pk], len(group) > 1, figures[pk])
        for group in order.groups
        for pk in group
    ]


def figures_of(contest, keys):
    counts = contest.counts()
    if contest.method == "ranking":
        shares = schulze.duels(keys, counts)
        won = {a: sum(shares[a, b] > shares[b, a] for b in keys if b != a) for a in keys}
        return {
            pk: _("%(won)s duels gagnés sur %(all)s") % {"won": n, "all": len(keys) - 1}
            for pk, n in won.items()
        }
    say = {"approval": approved, "judgement": judged, "points": mean}[contest.method]
    return {pk: say(tally) for pk, tally in tallies(keys, counts).items()}


def approved(tally):
    return ngettext(
        "%(count)s approbation sur %(voters)s", "%(count)s approbations sur %(voters)s", tally[1]
    ) % {"count": tally[1], "voters": tally.total()}


def judged(tally):
    """The majority mention, then how many gave each, the best first."""
    if not tally.total():
        return _("aucune mention")
    given = [f"{Grade(grade).label} : {tally[grade]}" for grade in sorted(tally, reverse=True)]
    return _("%(median)s (%(given)s)") % {
        "median": Grade(judgement.median(tally)).label,
        "given": ", ".join(given),
    }


def mean(tally):
    value = points.mean(tally)
    if value is None:
        return _("aucun point donné")
    return _("%(mean)s points en moyenne") % {"mean": number(round(float(value), 2))}


def answer(contest, value):
    """One line of a paper, in words."""
    if contest.method == "judgement":
        return str(Grade(value).label)
    if contest.method == "approval":
        return _("approuvé") if value else _("non approuvé")
    if contest.method == "ranking":
        return _("rang %(rank)s") % {"rank": value} if value else _("non classé")
    return ngettext("%(count)s point", "%(count)s points", value) % {"count": value}


def papers(contest, candidates):
    """Who answered what on these candidates, in an open contest: (paper, lines) pairs."""
    lines = PaperLine.objects.filter(paper__contest=contest, candidate__in=candidates)
    lines = lines.select_related(
        "paper__seat__user", "paper__cast_by", "candidate__item__deliberation__snapshot"
    )
    found = {}
    for line in lines.order_by("paper__seat", "candidate__item__position"):
        words = f"{line.candidate} : {answer(contest, line.value)}"
        if line.neutralised_at:
            words = _("%(line)s (neutralisé, lien d’intérêt apparu ensuite)") % {"line": words}
        found.setdefault(line.paper, []).append(words)
    return list(found.items())
