from hypothesis import given
from hypothesis import strategies as st

from base.difference import Part, difference


WORDS = st.lists(
    st.sampled_from(["eau", "été", "pénurie", "l’", "trop", " ", "  ", ", ", ".\n", "\n\n", "🌊"]),
    max_size=60,
).map("".join)
TEXTS = st.one_of(WORDS, st.text(max_size=200))


def joined(parts, *kinds):
    return "".join(part.text for part in parts if part.kind in kinds)


@given(TEXTS, TEXTS)
def test_the_parts_give_back_both_texts(before, after):
    parts = difference(before, after)

    assert joined(parts, "same", "gone") == before
    assert joined(parts, "same", "new") == after


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert difference(text, text) == ([Part("same", text)] if text else [])


@given(TEXTS, TEXTS)
def test_no_part_is_empty_and_two_in_a_row_are_never_of_a_kind(before, after):
    parts = difference(before, after)

    assert all(part.text for part in parts)
    assert all(first.kind != second.kind for first, second in zip(parts, parts[1:], strict=False))


@given(TEXTS, TEXTS)
def test_the_other_way_round_has_as_much_in_common_or_nearly(before, after):
    """What is gone one way is new the other: never a word that was in neither."""
    there, back = difference(before, after), difference(after, before)

    assert joined(there, "same", "gone") == joined(back, "same", "new")


def test_a_word_that_changes_is_seen_alone():
    parts = difference("Les préfets apprennent trop tard.", "Les maires apprennent trop tard.")

    assert parts == [
        ("same", "Les "),
        ("gone", "préfets"),
        ("new", "maires"),
        ("same", " apprennent trop tard."),
    ]


def test_a_sentence_written_anew_is_read_as_a_whole():
    parts = difference("Un deux trois. Fin.", "Quatre cinq six. Fin.")

    assert parts == [("gone", "Un deux trois"), ("new", "Quatre cinq six"), ("same", ". Fin.")]


def test_a_paragraph_added_leaves_the_others_as_they_are():
    parts = difference("Un.\nTrois.\n", "Un.\nDeux.\nTrois.\n")

    assert parts == [("same", "Un.\n"), ("new", "Deux.\n"), ("same", "Trois.\n")]
