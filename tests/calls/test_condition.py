import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.lifecycle import Refused
from calls.models import Question
from calls.models.condition import asked, fault_in, holds, in_words, is_well_formed, leaves
from journal.models import Event
from tests.factories import ApplicationFactory, CallFactory, UserFactory


OPTIONS = ["Un", "Deux", "Trois"]
KEYS = [f"q{number}" for number in range(1, 7)]
leaf_on = st.one_of(
    st.builds(lambda v: {"equals": v}, st.sampled_from(OPTIONS)),
    st.builds(lambda v: {"one_of": v}, st.lists(st.sampled_from(OPTIONS), min_size=1)),
)


def conditions_on(keys):
    leaf = st.builds(lambda key, how: {"question": key, **how}, st.sampled_from(keys), leaf_on)

    def group(inner):
        return st.builds(
            lambda operator, of: {operator: of},
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=1, max_size=3),
        )

    return st.one_of(st.just({}), leaf, group(leaf), group(group(leaf)))


def question(key, condition):
    return Question(
        key=key, label=key, kind="several", options="\n".join(OPTIONS), condition=condition
    )


@st.composite
def forms(draw):
    """Six questions, each on a condition over those above it."""
    above = zip(KEYS, (KEYS[:n] for n in range(len(KEYS))), strict=True)
    return [question(key, draw(conditions_on(keys)) if keys else {}) for key, keys in above]


ticked = st.lists(st.sampled_from(OPTIONS), unique=True).map("\n".join)
answers = st.fixed_dictionaries(dict.fromkeys(KEYS, ticked))


def keys(questions):
    return [question.key for question in questions]


@given(forms(), answers)
def test_what_a_hidden_question_was_answered_changes_nothing(form, given_answers):
    shown = keys(asked(form, given_answers))
    only_shown = {key: text for key, text in given_answers.items() if key in shown}

    assert keys(asked(form, only_shown)) == shown


@given(forms(), answers, st.sampled_from(KEYS), st.sampled_from(OPTIONS))
def test_one_more_tick_hides_nothing(form, given_answers, key, option):
    before = keys(asked(form, given_answers))
    more = given_answers | {key: f"{given_answers[key]}\n{option}".strip()}

    assert set(before) <= set(keys(asked(form, more)))


@given(forms(), answers)
def test_a_question_is_asked_when_and_only_when_its_condition_holds_for_what_is_shown(form, given):
    shown = asked(form, given)
    known = {question.key: given[question.key] for question in shown}

    for each in form:
        assert (each in shown) == holds(each.condition, known)


@given(forms())
def test_a_form_written_from_above_to_below_has_no_fault_and_reads_in_words(form):
    assert fault_in(form) == ""
    for each in form:
        words = in_words(each.condition, form)
        assert bool(words) == bool(each.condition)
        assert all(f"« {leaf['question']} »" in words for leaf in leaves(each.condition))


@given(forms(), st.permutations(range(6)))
def test_an_order_is_refused_when_and_only_when_a_condition_would_look_below(form, order):
    moved = [form[index] for index in order]
    places = {each.key: place for place, each in enumerate(moved)}
    upward = all(
        places[leaf["question"]] < places[each.key]
        for each in moved
        for leaf in leaves(each.condition)
    )

    assert (fault_in(moved) == "") == upward


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["and", "or", "question", "equals", "one_of", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(anything, answers)
def test_whatever_is_not_a_condition_is_told_from_one(value, given_answers):
    if is_well_formed(value):
        assert holds(value, given_answers) in {True, False}
        assert isinstance(leaves(value), list)


@pytest.mark.parametrize(
    "value",
    [
        {"and": []},
        {"and": [{}]},
        {"question": "q1", "one_of": []},
        {"question": "q1", "equals": ""},
        {"question": "q1"},
        {"question": "q1", "equals": "Un", "one_of": ["Un"]},
        {"and": [{"or": [{"and": [{"question": "q1", "equals": "Un"}]}]}]},
        [],
    ],
)
def test_an_empty_or_too_deep_condition_is_none(value):
    assert not is_well_formed(value)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"question": "q1", "equals": "yes"}, "« Un prototype ? » est « Oui »"),
        (
            {
                "and": [
                    {"question": "q1", "equals": "no"},
                    {
                        "or": [
                            {"question": "q2", "one_of": ["A", "B"]},
                            {"question": "q1", "equals": "yes"},
                        ]
                    },
                ]
            },
            "« Un prototype ? » est « Non » et (« Où ? » est l’un de « A », « B » ou"
            " « Un prototype ? » est « Oui »)",
        ),
    ],
)
def test_a_condition_is_said_in_words(condition, words):
    questions = [
        Question(key="q1", label="Un prototype ?", kind="yes_no"),
        Question(key="q2", label="Où ?", kind="choice", options="A\nB"),
    ]

    assert in_words(condition, questions) == words


QUESTIONS = [
    {"kind": "yes_no", "label": "Avez-vous un prototype ?"},
    {"kind": "short", "label": "À quelle adresse ?"},
    {"kind": "long", "label": "Quel problème ?"},
]
YES = {"question": "q1", "equals": "yes"}


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def form():
    return CallFactory(draft=True, questions=QUESTIONS).form


def test_a_question_waits_for_a_choice_made_above_it(form, staff):
    question = form.questions.get(key="q2")

    question.ask_if(by=staff, condition=YES)

    assert question.condition == YES
    assert [event.verb for event in Event.objects.about(form.call)] == ["question.conditioned"]


@pytest.mark.parametrize(
    ("key", "condition"),
    [
        ("q1", {"question": "q1", "equals": "yes"}),
        ("q1", {"question": "q2", "equals": "yes"}),
        ("q2", {"question": "q3", "equals": "yes"}),
        ("q2", {"question": "q1", "equals": "peut-être"}),
        ("q3", {"question": "q2", "equals": "Un"}),
        ("q3", {"question": "q9", "equals": "yes"}),
        ("q3", {"and": [YES, {"question": "q2", "equals": "Un"}]}),
        ("q3", {"sometimes": True}),
    ],
)
def test_a_condition_looks_only_at_choices_offered_above(form, staff, key, condition):
    with pytest.raises(Refused, match="condition"):
        form.questions.get(key=key).ask_if(by=staff, condition=condition)

    assert form.questions.get(key=key).condition == {}


CHANGES = {
    "moved above": lambda form, by: form.questions.get(key="q2").shift(by=by, up=True),
    "left behind": lambda form, by: form.questions.get(key="q1").shift(by=by, up=False),
    "removed": lambda form, by: form.questions.get(key="q1").remove(by=by),
    "another kind": lambda form, by: form.questions.get(key="q1").edit(by=by, kind="short"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_leaves_a_condition_in_the_air(form, staff, change):
    form.questions.get(key="q2").ask_if(by=staff, condition=YES)
    before = list(form.questions.in_order().values_list("key", "position", "kind"))

    with pytest.raises(Refused, match="changez d’abord sa condition"):
        CHANGES[change](form, staff)

    assert list(form.questions.in_order().values_list("key", "position", "kind")) == before


def application_answering(prototype):
    hidden = {**QUESTIONS[1], "condition": YES}
    call = CallFactory(questions=[QUESTIONS[0], hidden, QUESTIONS[2]])
    answers = {"q1": prototype, "q2": "", "q3": "L’eau."}
    return ApplicationFactory(call=call, answers=answers)


def test_a_hidden_question_never_blocks():
    assert [gap.key for gap in application_answering("no").gaps()] == []
    assert [gap.key for gap in application_answering("yes").gaps()] == ["q2"]


def test_a_hidden_question_is_dropped_from_the_snapshot_and_its_answer_is_kept():
    application = application_answering("yes")
    application.answers.filter(key="q2").update(text="https://essai.example.fr")
    application.answers.filter(key="q1").update(text="no")

    receipt = application.deposit(by=application.author)

    labels = [label for label, _text in receipt.snapshot.sections]
    assert "À quelle adresse ?" not in labels
    assert "Avez-vous un prototype ?" in labels
    assert application.answers.get(key="q2").text == "https://essai.example.fr"
