import pytest

from base.search import plain


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("L’Écologie", "l'ecologie"),
        ("Œuvre  d’ÂGE\tç", "oeuvre d'age c"),
        ("", ""),
        ("Ægir", "aegir"),
    ],
)
def test_case_accents_ligatures_and_apostrophes_do_not_count(text, searched):
    assert plain(text) == searched
