"""A house in which everything that a person can write is hostile."""

import re
from itertools import count

from django.db import models

from tests.sources import MODELS
from tests.spoiling import spoil


MARKUP = "<i id=x{number}>\"'&{{{{7*7}}}}</i>"
HEADER = "x{number}\r\nBcc: voleur@example.org\r\n\r\n"
# Columns that hold no one's words: digests, keys, addresses of the portal, what we search in,
# outcomes (codes of the model that is examined, which only our verbs write).
NOT_WORDS = {"key", "verb", "notice", "previous", "request_id", "search_text", "url", "path"}
NOT_WORDS |= {
    "password",
    "language",
    "domain",
    "slug",
    "reason_code",
    "digest",
    "outcome",
    "proposal",
}
UNESCAPED = [
    r"<i id=x\d+",  # an element of theirs
    r"x\d+(?:>|&gt;)[\"']",  # a quote that ends an attribute
    r"&(?:amp;)?49",  # their arithmetic done by us
]


def columns_of_words():
    """(model, field) for every text that a person may have typed."""
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if holds_words(field) and field.model is model:
                yield model, field


def holds_words(field):
    typed = isinstance(field, models.CharField | models.TextField)
    coded = isinstance(field, models.EmailField | models.SlugField | models.URLField)
    named = field.name in NOT_WORDS or field.name.endswith(("_digest", "digest"))
    return typed and not (coded or named or field.choices) and (field.max_length or 99) >= 12


def spoil_every_text(payload, *, but=()):
    """Write a payload over every text of every row; the number in it says which column it was.

    Nothing is written into the floors named by `but`.
    """
    numbers = count(10)
    for model, field in columns_of_words():
        if model._meta.app_label in but:
            continue
        text = payload.format(number=next(numbers))
        limit = field.max_length or 2000
        table, column = model._meta.db_table, field.column
        spoil(
            f'UPDATE "{table}" SET "{column}" = left(%s || {model._meta.pk.column}, %s)'
            f" WHERE \"{column}\" <> ''",
            text,
            limit,
        )
    text = payload.format(number=next(numbers))
    spoil(
        "UPDATE journal_snapshot SET sections = jsonb_build_array(jsonb_build_array(%s, %s))",
        *[text] * 2,
    )
    spoil(
        "UPDATE journal_event SET detail = coalesce((SELECT jsonb_object_agg(name, CASE"
        " WHEN value ~ '^[0-9]+$' THEN value ELSE %s END)"  # a number counts, it says nothing
        " FROM jsonb_each_text(detail) AS said(name, value)), '{}')",
        text,
    )


def unescaped(response):
    """What a page shows of a payload as it was written."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    text = response.content.decode()
    return [
        found for pattern in UNESCAPED for found in re.findall(f".{{0,60}}{pattern}.{{0,20}}", text)
    ]
