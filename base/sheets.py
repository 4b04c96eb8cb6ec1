"""Tables as files that a spreadsheet opens: nothing in them is ever run, and nothing is lost.

A spreadsheet runs a cell of a CSV that begins with one of `= + - @`, a tab or a line break
(OWASP, CSV injection): such a text gets one apostrophe in front, as does one that begins with an
apostrophe already. Taking one leading apostrophe away (`bare`) gives every text back as it was.
In XLSX each text is stored as a text: it needs no apostrophe, and no formula can be written.
"""

import csv
import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE


DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
CELL = 32_767  # characters: a cell of XLSX holds no more


def armoured(text):
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def bare(text):
    """The text as it was before `armoured`."""
    return text.removeprefix("'")


def csv_of(headings, rows):
    """UTF-8 with its mark and semicolons, which French spreadsheets read without asking."""
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow([armoured(str(heading)) for heading in headings])
    for row in rows:
        sheet.writerow([_in_csv(value) for value in row])
    return ("\ufeff" + written.getvalue()).encode()


def xlsx_of(headings, rows, *, title):
    """One sheet with its headings kept in sight; a text too long for a cell goes on below.

    The rows are read once and written as they come.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, str(heading)) for heading in headings])
    for row in rows:
        for line in _lines(row):
            sheet.append([_cell(sheet, value) for value in line])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _in_csv(value):
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else armoured(value) if isinstance(value, str) else str(value)


def _lines(row):
    """A row, and as many more as its longest text asks for, empty but for what is left of it."""
    parts = [_parts(value) for value in row]
    for number in range(max(map(len, parts))):
        yield [part[number] if number < len(part) else None for part in parts]


def _parts(value):
    if not isinstance(value, str) or len(value) <= CELL:
        return [value]
    return [value[start : start + CELL] for start in range(0, len(value), CELL)]


def _cell(sheet, value):
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    cell.data_type = "s"  # « =1+1 » and « #N/A » would be read as a formula and an error
    return cell
