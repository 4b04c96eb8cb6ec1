import csv
import io
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from base import sheets


FORMULAS = ["=1+1", "+33 6", "-5", "@SUM(A1)", "\t=1", "'déjà", "#N/A", "=HYPERLINK(1)"]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))


@given(WORDS)
def test_a_text_is_never_run_and_never_lost(text):
    """RELIABILITY A-45."""
    armoured = sheets.armoured(text)

    assert not armoured.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert sheets.bare(armoured) == text


def read(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_csv_gives_back_every_text(texts):
    rows = read(sheets.csv_of(["Été"] * len(texts), [texts]))

    assert [sheets.bare(cell) for cell in rows[1]] == texts


def test_a_csv_writes_numbers_instants_and_nothing():
    rows = read(
        sheets.csv_of(["a", "b", "c"], [[-5, datetime.fromisoformat("2026-03-01T09:05"), None]])
    )

    assert rows == [["a", "b", "c"], ["-5", "2026-03-01 09:05", ""]]


def test_a_workbook_holds_texts_as_texts():
    """RELIABILITY A-45."""
    content = sheets.xlsx_of(["Titre"], [[text] for text in FORMULAS], title="Candidatures")

    sheet = load_workbook(io.BytesIO(content)).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == FORMULAS
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_text_too_long_for_a_cell_goes_on_below():
    text = "é" * (sheets.CELL + 10)

    content = sheets.xlsx_of(["a", "b"], [[1, text], [2, "court"]], title="x")

    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [1, None, 2]
    assert rows[0][1] + rows[1][1] == text
