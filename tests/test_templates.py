"""What is written for readers: the sentences of events, the notices, and no markup of theirs."""

import ast
import re

import pytest

from committees.models import Examinable
from tests.sources import ROOT, SOURCES, TEMPLATES, calls, name_of, nodes


EMAILS = [path for path in TEMPLATES if path.parts[-3] == "emails"]
NAMES = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}


@pytest.fixture(autouse=True)
def database():
    """What is read here is not in it."""


def first_constants(*functions):
    """The texts that are the first argument of these functions anywhere in the house."""
    return {
        call.args[0].value
        for _path, call in calls(SOURCES, *functions)
        if call.args and isinstance(call.args[0], ast.Constant)
    }


def events():
    """`Event.record("vote.cast")`, and `self.record("deposited")` which begins with its model."""
    named = first_constants("Event.record", "Event.record_each")
    for _path, kind in nodes(SOURCES, ast.ClassDef):
        names = [kind.name]
        if kind.name == "Examinable":
            names = [heir.__name__ for heir in Examinable.__subclasses__()]
        for call in ast.walk(kind):
            named_here = isinstance(call, ast.Call) and call.args
            if named_here and ast.unparse(call.func) == "self.record":
                what = call.args[0].value
                named |= {f"{name.lower()}.{what}" for name in names}
    return named


def test_every_event_has_its_sentence_and_every_sentence_its_event():
    written = {path.stem for path in TEMPLATES if path.parent.name == "events"}

    assert {"unwritten": events() - written, "unused": written - events()} == {
        "unwritten": set(),
        "unused": set(),
    }


def test_an_event_is_named_where_it_is_recorded():
    """Otherwise the test above would not see it; only a method `record` completes a name."""
    unnamed = [
        f"{name_of(path)}:{call.lineno}"
        for path, function in nodes(SOURCES, ast.FunctionDef)
        if function.name != "record"
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "Event.record"
        and not isinstance(call.args[0], ast.Constant)
    ]

    assert unnamed == []


def test_every_notice_has_its_text_and_every_text_its_notice():
    notices = first_constants("outbox.post", "post", "tell")
    written = {f"{path.parent.name}/{path.stem}" for path in EMAILS}
    # allauth names its own letters; the adapter posts them as `accounts/<name>` (incubator/login).
    written = {notice for notice in written if not notice.startswith("accounts/")}

    assert {"unwritten": notices - written, "unused": written - notices} == {
        "unwritten": set(),
        "unused": set(),
    }


@pytest.mark.parametrize("path", EMAILS, ids=name_of)
def test_every_notice_has_its_subject_and_says_why_it_is_sent(path):
    text = re.sub(r"""{% translate ["'](.*?)["'] %}""", r"\1", path.read_text())
    text = re.sub(r"{%.*?%}|{#.*?#}", "", text).replace("\u00a0", " ").strip()
    subject, *body = text.split("\n\n")

    assert subject
    assert body[-1].strip().startswith("Pourquoi ce message :")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_trusts_no_text(path):
    """RELIABILITY A-40."""
    script = r"<script(?![^>]*(?:\bsrc=|application/json))"
    trusting = rf"\|\s*safe(?:seq)?\b|autoescape\s+off|{script}|\son[a-z]+=|\sstyle="

    assert re.findall(trusting, path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_translated_sentence_names_its_values(path):
    """`{{ one.title }}` inside blocktranslate is an empty text: it needs `with title=one.title`."""
    sentences = re.findall(
        r"(?s){% blocktranslate.*?%}(.*?){% endblocktranslate %}", path.read_text()
    )

    assert [s for s in sentences if re.search(r"{{\s*\w+[.|]", s)] == []


def test_every_template_is_used():
    named = {
        node.value
        for _path, node in nodes(SOURCES, ast.Constant)
        if isinstance(node.value, str) and node.value.endswith((".html", ".txt", ".typ"))
    }
    for path in TEMPLATES:
        named |= set(re.findall(r"""["']([\w/.-]+\.(?:html|txt|svg))["']""", path.read_text()))
    ours = {
        name
        for name in NAMES
        if name.split("/")[0] not in {"emails", "events", "pdf", "account", "mfa", "allauth"}
        and name.split("/")[0] not in {"dsfr", "django", "admin", "widgets", "usersessions"}
        and "/" in name
    }

    assert ours - named == set()
