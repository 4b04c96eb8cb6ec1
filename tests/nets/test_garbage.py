"""RELIABILITY A-43, A-57: whatever is sent, the answer is ours: never a crash, never elsewhere."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.urls.converters import IntConverter

from tests.nets.pages import forms_of
from tests.nets.rights import RIGHTS
from tests.nets.walk import parameters


INTEGERS = [2**31, 2**63, 10**40]
WORDS = ["a" * 3000, "\x00", "-1' OR 1=1 % ..\u202e/«œ"]
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "http:evil.example",
    "https:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert('evil')",
    "data:text/html,evil",
    " https://evil.example",
    "https://localhost@evil.example",
    "https://testserver.evil.example",
    "//evil.example/%2f..",
    "////evil.example",
]
ANSWERED = {200, 302, 400, 401, 404, 409, 422, 429}


def rows(wanted=lambda row: True):
    """One row for each address, of whichever object."""
    found = {row.name: row for row in reversed(RIGHTS) if wanted(row)}
    return pytest.mark.parametrize("row", found.values(), ids=lambda r: r.id)


def odd_paths(row, world):
    """The row's address with each of its parameters in turn made absurd."""
    path, known = world.path_of(row), world.kwargs.get(row.of, {})
    for name, converter in parameters(row.name).items():
        value = known[name] if name in known else getattr(world.objects[row.of], name)
        for odd in INTEGERS if isinstance(converter, IntConverter) else WORDS:
            yield path.replace(str(value), str(odd).replace("\x00", "%00"), 1)


@rows(lambda row: parameters(row.name))
def test_an_absurd_address_is_nobodys_page(row, world, walkers):
    answers = {
        (role, path): walkers[role].ask("get", path)[0].status_code
        for path in odd_paths(row, world)
        for role in ["anonymous", "superuser"]
    }

    assert {case: code for case, code in answers.items() if code not in {200, 302, 404, 405}} == {}


@rows(lambda row: row.reads)
def test_an_absurd_question_gets_an_ordinary_answer(row, world, visits):
    path, role = world.path_of(row), max(row.reads)
    forms = forms_of(visits.get(row, role)[0].content, path) if row.kind != "file" else []
    names = {name for form in forms if form.method == "get" for name in form.controls}
    names |= {"page", "q", "tri", "etat", "irritant", "next"}
    answers = {
        word: visits.walkers[role].ask("get", f"{path}?{urlencode(dict.fromkeys(names, word))}")[0]
        for word in WORDS
    }

    assert {w: a.status_code for w, a in answers.items() if a.status_code not in ANSWERED} == {}


@rows(lambda row: row.acts)
def test_absurd_words_are_taken_or_refused_with_a_sentence(row, visits):
    found = visits.form_of(row)
    role, names = (found[0], list(found[1].controls)) if found else (min(row.acts), ["x"])
    answers = {
        word: visits.send(row, role, dict.fromkeys(names, word))[0].status_code for word in WORDS
    }

    assert {word: code for word, code in answers.items() if code not in ANSWERED} == {}


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_elsewhere(elsewhere, walkers):
    """RELIABILITY A-43."""
    places = []
    for path in [reverse("account_login"), reverse("set_language"), reverse("account_logout")]:
        for role in ["anonymous", "agent"]:
            asked = walkers[role].ask("get", f"{path}?{urlencode({'next': elsewhere})}")[0]
            sent = walkers[role].ask("post", path, {"next": elsewhere, "language": "en"})[0]
            places += [answer.get("Location", "") for answer in [asked, sent]]

    assert [place for place in places if "evil" in place] == []


@pytest.mark.parametrize(
    "path", ["/" + "a" * 5000, "/%00", "/appels/%ff/", "/..//..//etc/passwd", "/\u202e"]
)
def test_an_unknown_address_is_a_page_not_found(path, walkers):
    seen = {role: walkers[role].ask("get", path)[0].status_code for role in ["anonymous", "staff"]}

    assert seen == {"anonymous": 404, "staff": 404}
