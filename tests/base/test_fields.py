import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, connection

from accounts.models import Entity
from base.fields import Line, NoControlCharacters, Prose
from tests.factories import EntityFactory


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301te\u0301", "été"),
        ("un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        ("🌍 déjà", "🌍 déjà"),
        ("", ""),
    ],
)
def test_typed_text_has_one_unicode_form_and_one_line_end(typed, kept):
    assert Prose(max_length=50).to_python(typed) == kept


@pytest.mark.parametrize("value", ["a\x00b", "a\x1bb", "a\x7fb", "a\nb", "a\ud800b"])
def test_a_line_refuses_what_no_keyboard_writes(value):
    with pytest.raises(ValidationError):
        NoControlCharacters(lines=False)(value)


def test_prose_may_have_lines_and_tabulations():
    NoControlCharacters(lines=True)("a\n\tb")


def test_the_form_counts_a_line_break_as_the_column_does():
    field = Prose(max_length=5).formfield()

    assert field.clean("ab\r\ncd") == "ab\ncd"
    with pytest.raises(ValidationError):
        field.clean("ab\r\ncde")


def test_the_column_itself_has_the_limit():
    entity = EntityFactory()

    with pytest.raises(DataError), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Entity._meta.db_table} SET name = %s WHERE id = %s", ["x" * 201, entity.pk]
        )


def test_a_null_stays_null():
    assert Line(max_length=5, null=True).to_python(None) is None
