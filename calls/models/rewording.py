"""What differs between two versions of a form, question by question, word by word. Pure."""

from difflib import SequenceMatcher
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.comparison import Compared, compared
from calls.models.condition import in_words
from calls.models.kinds import number_shown


class Change(models.TextChoices):
    """What became of a question; several of them may be true of one."""

    ADDED = "added", gettext_lazy("ajoutée")
    REMOVED = "removed", gettext_lazy("retirée")
    CHANGED = "changed", gettext_lazy("modifiée")
    MOVED = "moved", gettext_lazy("déplacée")


class Row(NamedTuple):
    """A question of either version, what became of it, and its words."""

    key: str
    label: str
    changes: list[Change]
    lines: list[Compared]

    @property
    def change(self):
        return bool(self.changes)


def reworded(before, after):
    """A row for each question: those of the latter in its order, then those it lost."""
    former, latter = list(before.questions.in_order()), list(after.questions.in_order())
    known = {question.key: described(question, former) for question in former}
    stayed = unmoved([q.key for q in former], [q.key for q in latter])
    rows = []
    for question in latter:
        words = described(question, latter)
        if question.key not in known:
            rows.append(_row(question, [Change.ADDED], {}, words))
            continue
        changes = [Change.CHANGED] if words != known[question.key] else []
        changes += [] if question.key in stayed else [Change.MOVED]
        rows.append(_row(question, changes, known[question.key], words))
    kept = {question.key for question in latter}
    gone = [question for question in former if question.key not in kept]
    return rows + [_row(q, [Change.REMOVED], known[q.key], {}) for q in gone]


def unmoved(former, latter):
    """The keys that are in both and kept their order among those that did."""
    common = set(former) & set(latter)
    before, after = [k for k in former if k in common], [k for k in latter if k in common]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {key for block in blocks for key in before[block.a : block.a + block.size]}


def described(question, questions):
    """All that a version says of a question: heading → text."""
    limits = [
        question.max_words and _("%(words)s mots au plus") % {"words": question.max_words},
        question.at_least is not None
        and _("au moins %(bound)s") % {"bound": number_shown(question.at_least.normalize())},
        question.at_most is not None
        and _("au plus %(bound)s") % {"bound": number_shown(question.at_most.normalize())},
    ]
    blind = _("masquée dans un tour à l’aveugle") if question.names_people else ""
    return {
        _("Question"): question.label,
        _("Aide"): question.help,
        _("Type de réponse"): question.get_kind_display(),
        _("Réponse"): _("obligatoire") if question.required else _("facultative"),
        _("Choix proposés"): "\n".join(label for _value, label in question.choices),
        _("Limites"): ", ".join(limit for limit in limits if limit),
        _("Seulement si"): in_words(question.condition, questions),
        _("Lecture"): blind,
    }


def _row(question, changes, former, latter):
    lines = [line for line in compared(former.items(), latter.items()) if line.parts]
    return Row(question.key, question.label, changes, lines)
