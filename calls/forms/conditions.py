"""When a question is asked, as the team writes it: rules over the choices made above it."""

import re
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Question
from calls.models.condition import values_of


RULES = 3
SENT = re.compile(r"rule(?P<number>[1-9])_(?P<key>q[0-9]{1,4})")


class Rule(NamedTuple):
    """One rule of the page: its number, its fields, and whether it has something to read."""

    number: int
    fields: list[Any]
    is_open: bool


class ConditionForm(forms.Form):
    """The choices that call for a question, in rules: « all of » or « any of » them.

    In each rule, choices are ticked under the questions above; the rules together are the outer
    level of the condition, what is ticked in one of them the inner level.
    """

    operator = forms.ChoiceField(
        label=gettext_lazy("Quand plusieurs règles sont écrites"),
        choices=[
            ("and", gettext_lazy("toutes doivent être vraies")),
            ("or", gettext_lazy("une seule suffit")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, question, data=None):
        operator, written = rules_in(question.condition)
        super().__init__(data, initial={"operator": operator})
        self.closed = [each for each in question.above() if each.choices]
        repeats = len(self.closed) > 1 or {q.kind for q in self.closed} == {Question.Kind.SEVERAL}
        self.numbers = range(1, (RULES if repeats else 1) + 1)
        for number in self.numbers:
            self._add_rule(
                number, *(written[number - 1] if number <= len(written) else ("and", {}))
            )
        if len(self.numbers) == 1:
            del self.fields["operator"]
        self.below = self._refused_fields(question)

    def rules(self):
        """What the page shows, rule by rule; the first one is always open."""
        for number in self.numbers:
            fields = [self[name] for name in self.fields if name.startswith(f"rule{number}_")]
            used = any(field.value() for field in fields if not field.name.endswith("operator"))
            yield Rule(number, fields, number == 1 or used)

    def clean(self):
        """A question that is not above this one is refused where it was ticked."""
        cleaned = super().clean()
        for name in self.below:
            self.add_error(
                name,
                _(
                    "Cette question n’est pas posée avant celle-ci, ou ne propose plus de choix :"
                    " une condition ne regarde que des réponses déjà choisies."
                ),
            )
        return cleaned

    def condition(self):
        """What was ticked, as `calls.models.condition` reads it; nothing is always."""
        ticked = [self._ticked_in(number) for number in self.numbers]
        return together(self.cleaned_data.get("operator", "and"), [rule for rule in ticked if rule])

    def _ticked_in(self, number):
        given = [(q.key, self.cleaned_data[f"rule{number}_{q.key}"]) for q in self.closed]
        comparisons = [comparison(key, values) for key, values in given if values]
        return together(self.cleaned_data.get(f"rule{number}_operator", "and"), comparisons)

    def _add_rule(self, number, operator, ticked):
        for each in self.closed:
            self._add_question(f"rule{number}_{each.key}", each.label, each.choices)
            self.initial[f"rule{number}_{each.key}"] = ticked.get(each.key, [])
        if len(self.closed) > 1:
            self.initial[f"rule{number}_operator"] = operator
            self.fields[f"rule{number}_operator"] = forms.ChoiceField(
                label=_("Dans cette règle, quand des choix sont cochés sous plusieurs questions"),
                choices=[
                    ("and", _("chacune de ces questions doit avoir une des réponses cochées")),
                    ("or", _("une seule de ces questions suffit")),
                ],
                widget=forms.RadioSelect,
            )

    def _add_question(self, name, label, choices):
        self.fields[name] = forms.MultipleChoiceField(
            label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
        )

    def _refused_fields(self, question):
        """What an older page, or a stranger one, ticked under a question that is not above."""
        sent = [match for name in self.data if (match := SENT.fullmatch(name))]
        refused = [match for match in sent if match[0] not in self.fields]
        labels = dict(question.revision.questions.values_list("key", "label")) if refused else {}
        for match in refused:
            choices = [(value, value) for value in self.data.getlist(match[0])]
            self._add_question(match[0], labels.get(match["key"], match["key"]), choices)
        return [match[0] for match in refused]


def comparison(key, values):
    if len(values) == 1:
        return {"question": key, "equals": values[0]}
    return {"question": key, "one_of": values}


def together(operator, conditions):
    """Several conditions as one; what is tied in the same way stands on the same level."""
    if len(conditions) < 2:
        return conditions[0] if conditions else {}
    flat = [inner for each in conditions for inner in each.get(operator, [each])]
    return {operator: flat}


def rules_in(condition):
    """(operator, [(operator, {key: values})]): a condition as the page writes it.

    No rule at all for what the page cannot say: there the sentence of the condition tells it.
    """
    inner = condition.get("and") or condition.get("or")
    if not inner:
        return "and", [("and", {condition["question"]: values_of(condition)})] if condition else []
    operator = "and" if "and" in condition else "or"
    rules = []
    for leaf in [each for each in inner if "question" in each]:
        place_in(rules, operator, leaf)
    for group in [each for each in inner if "question" not in each]:
        own = "and" if "and" in group else "or"
        ticked = {
            each.get("question"): values_of(each) for each in group[own] if "question" in each
        }
        if len(ticked) < len(group[own]):
            return "and", []
        rules.append((own, ticked))
    only = len(rules) == 1
    return ("and" if only else operator), rules if len(rules) <= RULES else []


def place_in(rules, operator, leaf):
    """In the first rule that says nothing of its question yet."""
    for _operator, ticked in rules:
        if leaf["question"] not in ticked:
            ticked[leaf["question"]] = values_of(leaf)
            return
    rules.append((operator, {leaf["question"]: values_of(leaf)}))
