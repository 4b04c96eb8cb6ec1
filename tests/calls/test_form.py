import pytest
from django.db import IntegrityError, transaction

from base.lifecycle import Refused
from calls.models import Question
from journal.models import Event
from tests.factories import CallFactory, FormRevisionFactory, QuestionFactory, UserFactory


@pytest.fixture
def staff():
    return UserFactory(staff=True)


@pytest.fixture
def call():
    return CallFactory(draft=True)


def keys(call):
    return [question.key for question in call.form.questions.in_order()]


def verbs(call):
    return [event.verb for event in Event.objects.about(call)]


def test_a_question_comes_after_the_others_under_a_key_of_its_own(call, staff):
    question = call.form.add_question(by=staff, kind="short", label="Où ?")

    assert (question.key, keys(call)) == ("q4", ["q1", "q2", "q3", "q4"])
    assert verbs(call) == ["question.added"]


def test_the_key_of_a_removed_question_in_the_middle_is_not_given_again(call, staff):
    call.form.questions.get(key="q2").remove(by=staff)

    assert call.form.add_question(by=staff, kind="short", label="Où ?").key == "q4"


def test_a_question_is_asked_differently(call, staff):
    question = call.form.questions.get(key="q1")

    question.edit(by=staff, label="Quel est le problème ?", max_words=200)

    assert (question.label, question.max_words) == ("Quel est le problème ?", 200)
    assert verbs(call) == ["question.edited"]


def test_a_question_changes_places_with_its_neighbour(call, staff):
    call.form.questions.get(key="q3").shift(by=staff, up=True)
    call.form.questions.get(key="q1").shift(by=staff, up=False)

    assert keys(call) == ["q3", "q1", "q2"]
    assert verbs(call) == ["question.moved"] * 2


@pytest.mark.parametrize(("key", "up"), [("q1", True), ("q3", False)])
def test_the_first_stays_first_and_the_last_last(call, staff, key, up):
    with pytest.raises(Refused, match="bout de la liste"):
        call.form.questions.get(key=key).shift(by=staff, up=up)


def test_a_question_is_removed(call, staff):
    call.form.questions.get(key="q2").remove(by=staff)

    assert keys(call) == ["q1", "q3"]
    assert verbs(call) == ["question.removed"]


VERBS = {
    "add": lambda call, by: call.form.add_question(by=by, kind="short", label="Où ?"),
    "edit": lambda call, by: call.form.questions.get(key="q1").edit(by=by, label="Où ?"),
    "shift": lambda call, by: call.form.questions.get(key="q2").shift(by=by, up=True),
    "remove": lambda call, by: call.form.questions.get(key="q1").remove(by=by),
}


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("verb", VERBS)
def test_a_published_form_never_changes(verb, closed, staff):
    call = CallFactory(closed=closed)

    with pytest.raises(Refused, match="ne change plus"):
        VERBS[verb](call, staff)

    assert keys(call) == ["q1", "q2", "q3"]


@pytest.mark.parametrize("verb", VERBS)
def test_only_the_team_writes_a_form(verb, call):
    with pytest.raises(Refused):
        VERBS[verb](call, UserFactory())


@pytest.mark.parametrize(
    "change",
    [
        lambda form: form.questions.filter(key="q1").update(label="Autre"),
        lambda form: form.questions.filter(key="q1").delete(),
        lambda form: QuestionFactory(revision=form),
        lambda form: type(form).objects.filter(pk=form.pk).update(number=9),
        lambda form: type(form).objects.filter(pk=form.pk).update(published_at=None),
    ],
)
def test_the_database_refuses_to_change_a_published_form(change):
    form = CallFactory().form

    with (
        pytest.raises(IntegrityError, match="a published form never changes"),
        transaction.atomic(),
    ):
        change(form)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"key": "q1"}, "question_key_once"),
        ({"kind": "choice", "options": "Seul"}, "question_offers_two_choices_or_none"),
        ({"kind": "short", "options": "Un\nDeux"}, "question_offers_two_choices_or_none"),
        ({"kind": "short", "max_words": 50}, "question_word_limit_is_for_long_texts"),
        ({"kind": "long", "max_words": 5}, "question_word_limit_is_for_long_texts"),
    ],
)
def test_the_database_refuses(call, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        QuestionFactory(revision=call.form, **fields)


def test_the_database_refuses_two_questions_in_one_place(call):
    with pytest.raises(IntegrityError, match="question_position_once"), transaction.atomic():
        QuestionFactory(revision=call.form, position=1)
        Question.objects.filter(pk=0).update(label="")
        transaction.get_connection().check_constraints()


def test_the_database_refuses_two_drafts_of_one_form(call):
    with pytest.raises(IntegrityError, match="form_revision_one_draft_per_call"):
        FormRevisionFactory(call=call)


def test_the_database_refuses_two_revisions_of_one_number():
    call = CallFactory()

    with pytest.raises(IntegrityError, match="form_revision_number_once"):
        FormRevisionFactory(call=call, number=1)


@pytest.mark.parametrize(
    ("fields", "text", "fault"),
    [
        ({}, "", "Une réponse est attendue."),
        ({}, "  ", "Une réponse est attendue."),
        ({"required": False}, "", ""),
        ({"kind": "long", "max_words": 10}, "mot " * 10, ""),
        ({"kind": "long", "max_words": 10}, "mot " * 11, "11 mots pour 10 au plus."),
    ],
)
def test_an_answer_is_judged_at_the_deposit(fields, text, fault):
    assert QuestionFactory(**fields).fault_in(text) == fault


def test_the_choices_are_what_was_written_line_by_line():
    question = QuestionFactory(kind="choice", options=" Un \n\nDeux\nUn")

    assert question.choices == [("Un", "Un"), ("Deux", "Deux")]
    assert QuestionFactory(kind="yes_no").shown("no") == "Non"
