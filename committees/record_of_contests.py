"""What the minutes say of a contest, on the dossiers that their reader may see."""

from django.utils.translation import gettext as _

from committees import places
from committees.lots import drawing


def heading(contest):
    return _("Scrutin de classement : %(question)s") % {"question": contest}


def comparing(contest, candidates):
    """Question, method, rules, places and papers; `candidates` is a queryset."""
    return "\n".join(lines(contest, candidates))


def lines(contest, candidates):
    compared = " ; ".join(str(candidate) for candidate in candidates.in_order())
    yield _("Question posée : %(question)s Dossiers comparés : %(compared)s.") % {
        "question": contest,
        "compared": compared,
    }
    if contest.status == contest.Status.CANCELLED:
        yield _("Scrutin annulé : %s.") % contest.cancellation.rstrip(".")
        return
    rules = _("Scrutin ouvert, %(method)s ; en cas d’ex æquo, %(tie_rule)s.")
    if contest.secret:
        rules = _("Scrutin secret, %(method)s ; en cas d’ex æquo, %(tie_rule)s.")
    yield rules % {
        "method": contest.get_method_display(),
        "tie_rule": contest.get_tie_rule_display(),
    }
    yield from drawing(contest)
    for place in places.places(contest, candidates):
        yield placed(place)
    for paper, said in places.papers(contest, candidates):
        yield filed(paper, said)


def placed(place):
    sentence = _("Place %(rank)s : %(candidate)s, %(figure)s.")
    if place.tied:
        sentence = _("Place %(rank)s, ex æquo : %(candidate)s, %(figure)s.")
    return sentence % {
        "rank": place.rank,
        "candidate": place.candidate,
        "figure": place.figure,
    }


def filed(paper, said):
    sentence = _("%(elector)s : %(said)s.")
    if paper.cast_by_id != paper.seat.user_id:
        sentence = _("%(elector)s, par pouvoir à %(voter)s : %(said)s.")
    return sentence % {
        "elector": paper.seat.user,
        "voter": paper.cast_by,
        "said": " ; ".join(said),
    }
