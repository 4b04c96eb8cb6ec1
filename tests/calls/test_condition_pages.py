import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from calls.forms import ConditionForm
from calls.models import Question
from calls.models.condition import holds, is_well_formed
from tests.factories import CallFactory


A = {"kind": "yes_no", "label": "A"}
B = {"kind": "choice", "label": "B", "options": "X\nY\nZ"}
C = {"kind": "several", "label": "C", "options": "X\nY\nZ"}
LAST = {"kind": "short", "label": "Pour qui ?"}
OFFERED = {"q1": ["yes", "no"], "q2": ["X", "Y", "Z"], "q3": ["X", "Y", "Z"]}
A_YES = {"question": "q1", "equals": "yes"}
B_X = {"question": "q2", "equals": "X"}
C_TWO = {"question": "q3", "one_of": ["X", "Z"]}


@pytest.fixture
def builder(staff):
    """A form not published, whose fourth question may depend on three above."""
    return CallFactory(draft=True, questions=[A, B, C, LAST]).form


def address_of(builder, key="q4"):
    return reverse("calls:question-condition", args=[builder.call.slug, key])


def ticked(**rules):
    """What the page posts: its radio buttons all have a choice."""
    operators = {f"rule{number}_operator": "and" for number in (1, 2, 3)}
    return {"operator": "and"} | operators | rules


NESTED = {
    "rule1_q1": ["yes"],
    "rule2_q2": ["X"],
    "rule2_q3": ["X", "Z"],
    "rule2_operator": "or",
}


@pytest.mark.parametrize(
    ("rules", "condition"),
    [
        ({}, {}),
        ({"rule1_q1": ["yes"]}, A_YES),
        ({"rule3_q1": ["yes"]}, A_YES),
        ({"rule1_q3": ["X", "Z"]}, C_TWO),
        ({"rule1_q1": ["yes"], "rule1_q2": ["X"]}, {"and": [A_YES, B_X]}),
        ({"rule1_q1": ["yes"], "rule2_q2": ["X"]}, {"and": [A_YES, B_X]}),
        (
            {"rule1_q1": ["yes"], "rule1_q2": ["X"], "rule1_operator": "or", "operator": "or"},
            {"or": [A_YES, B_X]},
        ),
        (NESTED, {"and": [A_YES, {"or": [B_X, C_TWO]}]}),
        (
            {"rule1_q3": ["X"], "rule2_q3": ["Z"]},
            {"and": [{"question": "q3", "equals": "X"}, {"question": "q3", "equals": "Z"}]},
        ),
    ],
)
def test_rules_are_ticked_and_read_again(client, builder, rules, condition):
    response = client.post(address_of(builder), ticked(**rules))

    question = builder.questions.get(key="q4")
    assertRedirects(response, reverse("calls:team-call-questions", args=[builder.call.slug]))
    assert question.condition == condition
    again = ConditionForm(question, posted(ConditionForm(question).initial))
    assert again.is_valid()
    assert again.condition() == condition


def posted(values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


ticks = st.fixed_dictionaries(
    {key: st.lists(st.sampled_from(values), unique=True) for key, values in OFFERED.items()}
)
operator = st.sampled_from(["and", "or"])
JUDGES = {"and": all, "or": any}


@given(
    rules=st.lists(st.tuples(operator, ticks), min_size=3, max_size=3),
    outer=operator,
    answers=ticks,
)
def test_what_the_page_writes_is_judged_as_it_was_ticked(form_of, rules, outer, answers):
    """Each rule by its own word, the rules by theirs; what has no tick counts for nothing."""
    values = {"operator": outer}
    for number, (own, chosen) in enumerate(rules, start=1):
        values[f"rule{number}_operator"] = own
        values |= {f"rule{number}_{key}": ticked for key, ticked in chosen.items()}
    judged = [
        JUDGES[own](bool(set(answers[key]) & set(chosen[key])) for key in chosen if chosen[key])
        for own, chosen in rules
        if any(chosen.values())
    ]

    form = form_of(values)
    condition = form.condition()
    read = form_of(ConditionForm(asked_if(form_of, condition)).initial).condition()

    texts = {key: "\n".join(given_to) for key, given_to in answers.items()}
    expected = JUDGES[outer](judged) if judged else True
    assert is_well_formed(condition)
    assert holds(condition, texts) == expected
    assert holds(read, texts) == expected


class Above(list):
    """The questions above, read once for every example."""

    def __call__(self):
        return self


@pytest.fixture(scope="module")
def form_of():
    """`form_of(values)`: the bound form of a question below A, B and C, without a database."""
    above = Above(Question(key=f"q{n}", **fields) for n, fields in enumerate([A, B, C], start=1))

    def bound(values):
        question = Question(key="q4", **LAST)
        question.above = above
        form = ConditionForm(question, posted(values))
        assert form.is_valid(), form.errors
        return form

    bound.above = above
    return bound


def asked_if(form_of, condition):
    question = Question(key="q4", condition=condition, **LAST)
    question.above = form_of.above
    return question


def test_a_nested_condition_is_said_wherever_it_is_read(client, builder, staff):
    client.post(address_of(builder), ticked(**NESTED))
    said = "« A » est « Oui » et (« B » est « X » ou « C » est l’un de « X », « Z »)"
    call = builder.call

    for page in ["team-call-questions", "team-call-preview"]:
        assertContains(client.get(reverse(f"calls:{page}", args=[call.slug])), said)
    assertContains(client.get(address_of(builder)), f"posée seulement si {said}")
    call.publish(by=staff)
    client.post(reverse("calls:form-version-new", args=[call.slug]))
    client.post(address_of(builder), ticked(rule1_q1=["no"]))
    versions = client.get(reverse("calls:form-versions", args=[call.slug]))
    assertContains(versions, "l’un de")


@pytest.mark.parametrize(
    ("key", "named", "label"), [("q2", "q3", "C"), ("q2", "q2", "B"), ("q3", "q4", "Pour qui ?")]
)
def test_a_later_question_or_itself_is_refused_at_its_field(client, builder, key, named, label):
    sent = ticked(rule1_q1=["yes"], **{f"rule1_{named}": ["X"]})

    response = client.post(address_of(builder, key), sent)

    sentence = "Cette question n’est pas posée avant celle-ci"
    assertContains(response, sentence, status_code=422)
    assert response.context["form"].errors[f"rule1_{named}"]
    assert response.context["form"][f"rule1_{named}"].label == label
    assert builder.questions.get(key=key).condition == {}


def test_a_choice_that_is_not_offered_is_refused_at_its_field(client, builder):
    response = client.post(address_of(builder), ticked(rule2_q2=["W"]))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["rule2_q2"]


def test_one_question_to_look_at_has_one_rule_and_no_word_between(client, builder):
    response = client.get(address_of(builder, "q2"))

    assert list(response.context["form"].fields) == ["rule1_q1"]
    assertNotContains(response, "Règle 2")
