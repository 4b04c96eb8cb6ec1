"""When a question is asked: a small tree over the answers given above it, judged in one place.

A condition is `{}` (always), `{"question": key, "equals": value}`,
`{"question": key, "one_of": [values]}`, `{"and": [conditions]}` or `{"or": [conditions]}`.
`static/conditions.js` reads the same tree for comfort; what it hides, this module decides.
"""

from django.utils.translation import gettext as _


DEPTH, LEAVES = 3, 20


def holds(condition, answers):
    """Whether a condition is met by answers (key → text; several choices are one a line)."""
    if not condition:
        return True
    if "and" in condition:
        return all(holds(each, answers) for each in condition["and"])
    if "or" in condition:
        return any(holds(each, answers) for each in condition["or"])
    given = answers.get(condition["question"], "").split("\n")
    return any(value in given for value in values_of(condition))


def asked(questions, answers):
    """The questions that are asked, in order: a hidden one counts as unanswered for the next."""
    known, kept = {}, []
    for question in questions:
        if holds(question.condition, known):
            known[question.key] = answers.get(question.key, "")
            kept.append(question)
    return kept


def values_of(leaf):
    return leaf["one_of"] if "one_of" in leaf else [leaf["equals"]]


def leaves(condition):
    """The comparisons of a condition, from left to right."""
    if not condition:
        return []
    inner = condition.get("and") or condition.get("or")
    return [leaf for each in inner for leaf in leaves(each)] if inner else [condition]


def is_well_formed(condition, depth=DEPTH):
    """Whether this is a condition at all; what reads one trusts it."""
    if condition == {}:
        return True
    if not isinstance(condition, dict) or depth == 0:
        return False
    if len(condition) == 1:
        inner = condition.get("and", condition.get("or"))
        fits = isinstance(inner, list) and 0 < len(inner) <= LEAVES
        return fits and all(each and is_well_formed(each, depth - 1) for each in inner)
    if set(condition) not in [{"question", "equals"}, {"question", "one_of"}]:
        return False
    offered = values_of(condition)
    texts = [condition["question"], *offered] if isinstance(offered, list) else [None]
    return len(texts) > 1 and all(isinstance(text, str) and text for text in texts)


def fault_in(questions):
    """The first condition that does not look at choices offered above it, in a sentence; or ""."""
    above = {}
    for question in questions:
        if not is_well_formed(question.condition):
            return _("La condition de « %(question)s » ne se lit pas.") % {"question": question}
        for leaf in leaves(question.condition):
            known = {value for value, _label in above.get(leaf["question"], [])}
            if not known.issuperset(values_of(leaf)):
                return _(
                    "« %(question)s » dépend d’une réponse qui ne serait plus proposée avant elle :"
                    " changez d’abord sa condition."
                ) % {"question": question}
        above[question.key] = question.choices
    return ""


def in_words(condition, questions):
    """« Avez-vous un prototype ? » est « Oui » et …; nothing for what is always asked."""
    named = {question.key: question for question in questions}
    return _words(condition, named) if condition else ""


def with_conditions(questions):
    """The questions as a list, each with its condition in words as `only_if`."""
    questions = list(questions)
    for question in questions:
        question.only_if = in_words(question.condition, questions)
    return questions


def _words(condition, named, *, inside=False):
    for operator, link in [("and", _(" et ")), ("or", _(" ou "))]:
        if operator in condition:
            said = link.join(_words(each, named, inside=True) for each in condition[operator])
            return f"({said})" if inside and len(condition[operator]) > 1 else said
    question = named[condition["question"]]
    values = [_("« %(answer)s »") % {"answer": question.shown(v)} for v in values_of(condition)]
    said = {"question": question, "answers": ", ".join(values)}
    if len(values) > 1:
        return _("« %(question)s » est l’un de %(answers)s") % said
    return _("« %(question)s » est %(answers)s") % said
