"""French words reduced to their stems: « l’écologie » is found by « écologique »."""

import re
from functools import lru_cache

import snowballstemmer
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

from base.search import plain


# The words as they are indexed: PostgreSQL splits them, the stems are made here. The function is
# ours for its cost: with a cheap `to_tsvector` the planner reads every row for a rare word.
INDEXED = Func("search_text", function="calls_words", output_field=SearchVectorField())


def stems(text):
    """The stems of a text's words, in their order, separated by single spaces.

    Words are stemmed with their accents (the algorithm needs them) and lose them afterwards.
    Elided articles (l’, d’, qu’…) are dropped.
    """
    words = re.findall(r"\w+", re.sub(r"\b\w{1,2}['’ʼ]", " ", text.lower()))
    return plain(" ".join(map(stem, words)))


@lru_cache(maxsize=50_000)
def stem(word):
    """The stem of one lowercase word. A stemmer keeps state: one for each call."""
    return snowballstemmer.stemmer("french").stemWord(word)


def holding(rows, text):
    """The rows whose `search_text` holds every word of a text; all of them where there is none."""
    words = query_of(text)
    found = SearchQuery(words, search_type="raw", config="simple")
    return rows.alias(indexed=INDEXED).filter(indexed=found) if words else rows


def query_of(text, most=8):
    """The words of a text as PostgreSQL's full-text search reads them: all, each by its beginning.

    « secheresses » finds « sécheresse », and « penur » finds « pénurie ».
    """
    words = [word for word in stems(text).split() if any(c.isalnum() for c in word)]
    return " & ".join(f"'{word}':*" for word in words[:most])
