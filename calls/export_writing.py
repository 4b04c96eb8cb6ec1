"""The files of the desk: a table of what was asked for, or a folder of papers."""

import io
import zipfile

from base.pdf import pdf
from base.search import plain
from calls import columns, sheets
from calls.models import Question


STEP = 100  # rows between two words on progress


def write(export):
    """(bytes, keys of what is in them) of an export; says how far it is on the way."""
    applications = list(_applications(export))
    content = WRITERS[export.format](export, applications)
    return content, [application.pk for application in applications]


def _applications(export):
    return columns.rows_of(export.applications()).prefetch_related("answers")


def _csv(export, applications):
    return sheets.csv_of(_headings(export), _rows(export, applications))


def _xlsx(export, applications):
    return sheets.xlsx_of(_headings(export), _rows(export, applications), title="Candidatures")


def _zip(export, applications):
    """The table, and for each dossier its last deposit on paper, in a folder of its own."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("candidatures.csv", _csv(export, applications))
        for number, application in enumerate(applications, 1):
            receipt = application.receipts.select_related("snapshot").order_by("pk").last()
            if receipt:
                paper = pdf("receipt", **receipt.printed())
                folder.writestr(f"{_folder_of(application)}/depot-{receipt.number}.pdf", paper)
            export.advance(number)
    return written.getvalue()


def _shown(export):
    return [*columns.FIRST, *columns.chosen(export.columns)]


def _headings(export):
    return [*(column.label for column in _shown(export)), *(q.label for q in _questions(export))]


def _rows(export, applications):
    """Each dossier's cells: number, title, the columns asked for, then the answers of its call."""
    shown, questions = _shown(export), _questions(export)
    for number, application in enumerate(applications, 1):
        answers = {answer.key: answer.text for answer in application.answers.all()}
        cells = [column.value(application) for column in shown]
        if number % STEP == 0:
            export.advance(number)
        yield [*cells, *(question.shown(answers.get(question.key, "")) for question in questions)]


def _questions(export):
    """The questions of the one call that is asked for, by their latest words; else none."""
    asked = Question.objects.filter(revision__call=export.call)
    asked = (
        asked.exclude(revision__published_at=None).order_by("revision__number", "position")
        if export.call
        else []
    )
    return list({question.key: question for question in asked}.values())


def _folder_of(application):
    """A name that any computer accepts: `000012-alerte-secheresse`."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain(application.title))
    return "-".join([f"{application.pk:06d}", *words.split()])[:60]


WRITERS = {"csv": _csv, "xlsx": _xlsx, "zip": _zip}
