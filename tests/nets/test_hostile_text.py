"""RELIABILITY A-40: whatever people write is words, on every page and in every form."""

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import reverse

from tests.nets.hostile import MARKUP, columns_of_words, spoil_every_text, unescaped
from tests.nets.rights import RIGHTS
from tests.nets.table import voices
from tests.nets.visits import Visits


@pytest.fixture(scope="module")
def spoilt(world, walkers, apart):
    """The same world once its people have written only hostile things."""
    spoil_every_text(MARKUP)
    return Visits(world, walkers, {})


def rows(wanted=lambda row: True):
    return pytest.mark.parametrize("row", [r for r in RIGHTS if wanted(r)], ids=lambda r: r.id)


def test_a_payload_goes_into_every_floor():
    assert {model._meta.app_label for model, _field in columns_of_words()} >= {
        *{"accounts", "journal", "notifications", "committees", "calls", "projects", "coaching"}
    }


@rows()
def test_no_page_shows_markup_of_theirs(row, spoilt):
    readers = voices(row.reads) or ["anonymous"]  # the others read nothing of anybody's
    faults = {role: unescaped(spoilt.get(row, role)[0]) for role in readers}

    assert {role: found for role, found in faults.items() if found} == {}


@rows(lambda row: row.acts & row.reads)
def test_no_form_gives_back_markup_as_it_was_typed(row, spoilt):
    found = spoilt.form_of(row)  # none where the page has nothing to choose from yet
    role, names = (found[0], found[1].controls) if found else (min(row.acts), ["text"])
    sent = dict.fromkeys(names, MARKUP.format(number=9))

    assert unescaped(spoilt.send(row, role, sent)[0]) == []


def test_no_page_of_the_administration_shows_markup_of_theirs(spoilt, walkers):
    faults = {}
    for model in admin.site._registry:
        name = f"admin:{model._meta.label_lower}".replace(".", "_")
        paths = [reverse(f"{name}_changelist")]
        if first := model._base_manager.first():
            paths.append(reverse(f"{name}_change", args=[first.pk]))
            paths.append(reverse(f"{name}_history", args=[first.pk]))
        for path in paths:
            faults[path] = unescaped(walkers["superuser"].ask("get", path)[0])

    assert len(faults) > 20
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    "text", ["<i id=x10>", '<a title="<i id=x10&gt;"">', "value='x10>'", "x &49"]
)
def test_what_is_not_escaped_is_seen(text):
    assert unescaped(HttpResponse(text))


def test_what_is_escaped_is_let_through():
    assert unescaped(HttpResponse("&lt;i id=x10&gt;&quot;&#x27;&amp;{{7*7}}&lt;/i&gt;")) == []
