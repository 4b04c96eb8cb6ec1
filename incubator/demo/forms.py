"""The questions of a call, as the demonstration's files tell them: by names of their own."""

import tomllib
from pathlib import Path

from calls.models import FormRevision, Question


def told_in(name):
    """A file of the demonstration: its questions, what is written in answer, what is asked."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def ask(form, questions, *, by):
    """Add questions to a form in preparation, each with the answer above that calls for it."""
    keys = {}
    for question in questions:
        fields = {name: question[name] for name in question if name not in {"name", "only_if"}}
        asked = form.add_question(by=by, **fields)
        keys[question.get("name")] = asked.key
        if leaf := question.get("only_if"):
            asked.ask_if(by=by, condition=leaf | {"question": keys[leaf["question"]]})


def keys_of(call, questions):
    """The key of each question of a call by its name here, found by its words."""
    asked = Question.objects.filter(revision__call=call).values_list("label", "key")
    keys = dict(asked)
    return {question["name"]: keys[question["label"]] for question in questions}


def rewrite(call, second, *, by, keys):
    """Publish the next version of a form: what goes, what is said better, what is new."""
    revision = FormRevision.prepare(call, by=by)
    for name in second["removed"]:
        revision.questions.get(key=keys[name]).remove(by=by)
    for name, words in second["reworded"].items():
        revision.questions.get(key=keys[name]).edit(by=by, **words)
    ask(revision, second["questions"], by=by)
    revision.publish(by=by)
    return keys | keys_of(call, second["questions"])


def stored(people, call, keys, answers):
    """(key, text) of each answer that is typed; a service is kept by its number."""
    kinds = dict(Question.objects.filter(revision__call=call).values_list("key", "kind"))
    for name, answer in answers.items():
        kind = kinds[keys[name]]
        if kind == Question.Kind.ENTITY:
            yield keys[name], str(people.entities[answer].pk)
        elif kind != Question.Kind.FILES:
            yield keys[name], answer
