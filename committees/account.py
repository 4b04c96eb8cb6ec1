"""How a dossier was evaluated, written out as of an instant: what is frozen on the day it is told.

A scoring grid is legally an algorithm: its criteria, weights and effects are owed to the person
concerned (CRPA L311-3-1, R311-3-1-1 and -2). A pure function of what is stored: computed again for
the same instant, it says the same words, whatever was neutralised since. Nobody is named.
"""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from base.wording import day
from committees import places
from committees.feedback import feedback_for
from committees.models import Contest, Review
from committees.scores import CENT, HUNDRED, rounded
from committees.severity import adjusted


# What an account tells. The first told no contest: a letter keeps the number of its own, so that
# what was frozen before contests were told computes again to its words, without them.
EDITION = 2


def sections_of(decision, *, at, severities=None, edition=EDITION):
    """The (heading, text) pairs that a decision's people are owed, as of an instant.

    `severities` remembers the marks set right of a round from one dossier to the next; `edition`
    is that of an account which was frozen, to compute it again.
    """
    deliberation = decision.deliberation
    grid = deliberation.round.grid
    reviews = list(Review.objects.counted(at).on(deliberation))
    answers = [answer for review in reviews for answer in review.answers.all()]
    criteria = list(grid.criteria.in_order())
    total = sum(criterion.weight for criterion in criteria)
    marks = [review.score for review in reviews if review.comparable]
    return [
        (_("La décision"), decided(decision)),
        (_("Ce que le comité a lu"), read(deliberation)),
        (_("La grille"), ruled(grid, total)),
        *(
            (
                _("Critère « %(label)s », poids %(weight)s sur %(total)s")
                % {"label": criterion.label, "weight": criterion.weight, "total": total},
                answered(criterion, answers),
            )
            for criterion in criteria
        ),
        (_("La note de chaque évaluation"), written_out(reviews, grid)),
        (_("La note du dossier"), averaged(marks)),
        (_("La sévérité des évaluateurs"), set_right(deliberation, at, severities)),
        (_("Le vote"), voted(deliberation, at)),
        *(compared(deliberation, at) if edition > 1 else []),
        (_("Ce que les évaluateurs vous disent"), feedback_for(deliberation, at=at) or nothing()),
        (_("Les textes"), texts()),
    ]


def decided(decision):
    said = [_("%(label)s.") % {"label": str(decision.label).capitalize()}]
    if decision.reason_code:
        said += [_("Motif principal : %s.") % decision.get_reason_code_display()]
    said += [decision.reason] if decision.reason else []
    said += [f"{condition} ({condition.delay})." for condition in decision.conditions.in_order()]
    return "\n\n".join(said)


def read(deliberation):
    return _(
        "La version de votre dossier dont l’empreinte SHA-256 est %(digest)s, et aucune autre, au"
        " tour « %(round)s » de « %(committee)s »."
    ) % {
        "digest": deliberation.snapshot.digest,
        "round": deliberation.round,
        "committee": deliberation.committee,
    }


def ruled(grid, total):
    return _(
        "%(grid)s, publiée le %(day)s : %(total)s points de poids en tout. Une évaluation qui en"
        " couvre moins de %(percent)s %% est dite « non comparable » et ne compte pas dans la note."
    ) % {
        "grid": grid,
        "day": day(grid.published_at),
        "total": total,
        "percent": grid.coverage_percent,
    }


def answered(criterion, answers):
    """How many reviews chose each level, worst first, and the mean out of 100."""
    answers = [answer for answer in answers if answer.criterion_id == criterion.pk]
    scores = [answer.level.score for answer in answers if answer.level]
    levels = criterion.ordered_levels()
    said = [
        _("%(label)s (%(anchor)s) : %(count)s")
        % {"label": level.label, "anchor": level.anchor, "count": scores.count(level.score)}
        for level in levels
    ]
    if len(scores) < len(answers):
        said += [_("Sans objet : %(count)s") % {"count": len(answers) - len(scores)}]
    if scores:
        mean = HUNDRED * sum(scores) / ((len(levels) - 1) * len(scores))
        said += [_("Moyenne : %(mean)s sur 100") % {"mean": number(mean)}]
    return "\n".join(said)


def written_out(reviews, grid):
    """The weighted mean of each review, step by step; in no order that could name its author."""
    best = {criterion.pk: len(criterion.ordered_levels()) - 1 for criterion in grid.criteria.all()}
    lines = sorted((-(review.score or 0), calculation(review, best)) for review in reviews)
    named = [
        _("Évaluation %(number)s : %(calculation)s") % {"number": index, "calculation": line}
        for index, (_mark, line) in enumerate(lines, 1)
    ]
    return "\n".join(named) or _("Aucune évaluation n’a été prise en compte.")


def calculation(review, best):
    given = [answer for answer in review.answers.all() if answer.level]
    shares = [(a.criterion.weight, HUNDRED * a.level.score / best[a.criterion_id]) for a in given]
    terms = " + ".join(f"{weight} × {number(rounded(share))}" for weight, share in shares)
    weights = sum(weight for weight, _share in shares)
    if review.score is None:
        return _("aucun critère noté, donc aucune note")
    said = _("(%(terms)s) ÷ %(weights)s = %(mark)s sur 100") % {
        "terms": terms,
        "weights": weights,
        "mark": number(review.score),
    }
    if review.comparable:
        return said
    return _("%(said)s, non comparable : elle couvre %(coverage)s %% des poids") % {
        "said": said,
        "coverage": number(review.coverage),
    }


def averaged(marks):
    if not marks:
        return _("Aucune évaluation comparable : le dossier n’a pas de note.")
    terms = " + ".join(number(mark) for mark in sorted(marks, reverse=True))
    return _("(%(terms)s) ÷ %(count)s = %(mean)s sur 100") % {
        "terms": terms,
        "count": len(marks),
        "mean": number(rounded(sum(marks) / len(marks))),
    }


def set_right(deliberation, at, severities):
    """The raw mark beside the one that the severity of its reviewers is taken out of."""
    severities = {} if severities is None else severities
    key = deliberation.round_id
    if key not in severities:
        marks = Review.objects.counted(at).filter(
            comparable=True, assignment__deliberation__round=deliberation.round_id
        )
        severities[key] = adjusted(
            marks.values_list("assignment__deliberation", "assignment__seat__user", "score")
        )
    found = severities[key]
    worth = found and found.worths.get(deliberation.pk)
    if worth is None:
        return _(
            "Aucune correction : les évaluateurs de ce tour n’ont pas assez de dossiers en commun"
            " pour que leur sévérité se compare."
        )
    return _(
        "Une fois retirée la sévérité propre à chaque évaluateur de ce tour, la note est de"
        " %(worth)s sur 100. Le comité lit les deux notes ; aucune ne décide à sa place."
    ) % {"worth": number(worth)}


def voted(deliberation, at):
    """The question put to the vote, its rule, its counts and its result."""
    ballot = deliberation.ballot_in_force(at)
    if ballot is None:
        return _("Aucun vote n’a porté sur ce dossier.")
    tally = ballot.tally(at)
    counts = [
        (_("Issue mise aux voix"), ballot.proposal_label),
        (_("Majorité"), f"{ballot.get_threshold_display()} {ballot.get_base_display()}"),
        (_("Pour"), tally.in_favour),
        (_("Contre"), tally.against),
        (_("Abstentions"), tally.abstaining),
        (_("N’ont pas pris part au vote"), tally.silent),
        (_("Résultat"), ballot.result(at).label),
    ]
    return listed(counts)


def compared(deliberation, at):
    """A section for each contest that had compared it with others, of which none is named."""
    contests = Contest.objects.proclaimed_by(at).on([deliberation])
    for contest in contests.select_related("criterion").order_by("pk"):
        yield (
            _("Le scrutin de classement « %(question)s »") % {"question": contest},
            placed(contest.as_of(at), deliberation),
        )


def placed(contest, deliberation):
    """The rules of a contest, then the place that it gave to one dossier, and why."""
    found = places.places(contest, contest.candidates.all())
    place = next(one for one in found if one.candidate.item.deliberation_id == deliberation.pk)
    rank = _("%(rank)s sur %(all)s, ex æquo") if place.tied else _("%(rank)s sur %(all)s")
    facts = [
        (_("Vote"), _("secret") if contest.secret else _("ouvert et nominatif")),
        (_("Méthode"), contest.get_method_display()),
        (_("En cas d’ex æquo"), contest.get_tie_rule_display()),
        *([(_("Critère qui départage"), contest.criterion)] if contest.criterion else []),
        (_("Ont pris part au vote"), contest.took_part()),
        (_("Place de votre dossier"), rank % {"rank": place.rank, "all": len(found)}),
        (_("Ce qui la donne"), place.figure),
    ]
    return listed(facts)


def listed(facts):
    lines = [_("%(label)s : %(value)s") % {"label": one, "value": two} for one, two in facts]
    return "\n".join(lines)


def nothing():
    return _("Les évaluateurs n’ont rien écrit à votre intention.")


def texts():
    return _(
        "Code des relations entre le public et l’administration, articles L311-3-1, R311-3-1-1 et"
        " R311-3-1-2 : vous pouvez connaître les règles et les principales caractéristiques du"
        " calcul. La méthode, ses versions et leurs différences sont publiques : page « Méthode »."
    )


def number(value):
    """« 66,67 » of a mark, in the reader's language."""
    return number_format(value.quantize(CENT), decimal_pos=2)
