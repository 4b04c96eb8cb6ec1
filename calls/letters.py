"""The letter of a decision: one pure function of what was decided, for the mail, the page, the PDF.

Nothing else words a decision for those whom it concerns: what leaves by mail, what the page shows
and what the document prints are the same pairs of a heading and a text.
"""

import hashlib
import json

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from base.wording import day
from calls.appealing import last_day_to_appeal
from committees.feedback import feedback_for
from committees.models import Sense


def subject_of(application):
    return _("Réponse à votre candidature « %(title)s »") % {"title": application.title}


def parts_of(application, decision):
    """The (heading, text) pairs of a letter, in the reader's language.

    Before its decision is told, days that count from it are said as delays.
    """
    parts = [
        (_("La décision"), opening(application, decision)),
        (_("Ses motifs"), reasons(decision)),
        (_("Ses conditions"), conditions(decision)),
        (
            _("Ce que le comité vous dit"),
            feedback_for(decision.deliberation, at=decision.notified_at),
        ),
        (_("Contester cette décision"), remedies(decision)),
        (
            _("Comprendre cette décision"),
            _(
                "La page de votre candidature explique comment elle a été évaluée, figé au jour de"
                " cette lettre : critères, poids, notes, calcul, votes."
            ),
        ),
    ]
    return [(heading, text) for heading, text in parts if text]


def opening(application, decision):
    named = {"title": application.title, "call": application.call.title, "label": decision.label}
    former = decision.supersedes
    if former and former.notified_at:
        named["day"] = day(former.notified_at)
    if is_on_appeal(decision):
        said = _(
            "Le comité a examiné votre recours contre la décision du %(day)s sur votre"
            " candidature « %(title)s » à l’appel « %(call)s ».\n\n"
            "Sa décision, qui la remplace : %(label)s."
        )
    elif "day" in named:
        said = _(
            "Une nouvelle décision remplace celle qui vous a été communiquée le %(day)s sur"
            " votre candidature « %(title)s » à l’appel « %(call)s » : %(label)s."
        )
    else:
        said = _(
            "Le comité a examiné votre candidature « %(title)s » à l’appel « %(call)s ».\n\n"
            "Sa décision : %(label)s."
        )
    return said % named


def reasons(decision):
    said = []
    if decision.reason_code:
        said += [_("Motif principal : %s.") % decision.get_reason_code_display()]
    return "\n\n".join([*said, decision.reason] if decision.reason else said)


def conditions(decision):
    return "\n".join(
        f"{condition.number}. {condition.text} ({condition.delay})"
        for condition in decision.conditions.in_order()
    )


def remedies(decision):
    """The ways and delays of appeal, which bind only if they are said (CJA R421-5)."""
    if decision.sense == Sense.FAVOURABLE:
        return ""
    court = _(
        "Elle peut aussi être contestée devant le tribunal administratif compétent, dans les deux"
        " mois (art. R421-1 du code de justice administrative), sur www.telerecours.fr."
    )
    if is_on_appeal(decision):
        return court
    until = _("dans les deux mois qui suivent cette lettre")
    if decision.notified_at:
        until = _("jusqu’au %(day)s inclus") % {
            "day": day(last_day_to_appeal(decision.notified_at))
        }
    gracious = _(
        "Vous pouvez former un recours gracieux %(until)s, depuis la page de votre candidature"
        " (art. L411-2 du code des relations entre le public et l’administration) : d’autres"
        " membres réexaminent votre dossier. Sans réponse deux mois après votre recours, il est"
        " réputé rejeté (art. L231-4, 2° du même code). Il interrompt le délai de recours devant le"
        " tribunal, qui court de nouveau à partir de la réponse ou de ce rejet."
    ) % {"until": until}
    return f"{gracious}\n\n{court}"


def is_on_appeal(decision):
    """Whether it answers the appeal of a decision that another examination took."""
    former = decision.supersedes
    return bool(former) and former.deliberation_id != decision.deliberation_id


def fingerprint(application, decision):
    """SHA-256 (hex) of the decision and of every word of its letter, in the house's language."""
    with translation.override(settings.LANGUAGE_CODE):
        said = [application.pk, decision.pk, decision.outcome, parts_of(application, decision)]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
