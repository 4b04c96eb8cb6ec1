"""The files of the desk: a table of what was asked for, or a folder of papers."""

from django.core.files.base import ContentFile

from base import sheets
from calls import columns
from calls.folders import Folder
from calls.models import Question


STEP = 100  # rows between two words on progress


def write(export):
    """(file, keys of what is in it) of an export; says how far it is on the way."""
    applications = list(_applications(export))
    content = WRITERS[export.format](export, applications)
    return content, [application.pk for application in applications]


def _applications(export):
    return columns.rows_of(export.applications()).prefetch_related("answers")


def _csv(export, applications):
    return ContentFile(_table(export, applications))


def _xlsx(export, applications):
    headings, rows = _headings(export), _rows(export, applications)
    return ContentFile(sheets.xlsx_of(headings, rows, title="Candidatures"))


def _zip(export, applications):
    folder = Folder(export.person)
    folder.add_table(_table(export, applications))
    for number, application in enumerate(applications, 1):
        folder.add_dossier(application)
        export.advance(number)
    return folder.close()


def _table(export, applications):
    return sheets.csv_of(_headings(export), _rows(export, applications))


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


WRITERS = {"csv": _csv, "xlsx": _xlsx, "zip": _zip}
