"""A folder of dossiers: the table, and for each its last deposit on paper with its files."""

import tempfile
import unicodedata
import zipfile

from django.core.files import File
from django.utils.translation import gettext as _

from base.pdf import pdf
from base.search import plain
from base.storage import read
from calls.models import Attachment


MOST_JOINED = 500 * 1024 * 1024  # of joined files in one folder


class Folder:
    """A ZIP being written for someone, and what she is told did not go into it."""

    def __init__(self, person):
        self.readable = Attachment.objects.visible_to(person)
        self.written = tempfile.TemporaryFile()  # noqa: SIM115  - whoever keeps it reads it
        self.archive = zipfile.ZipFile(self.written, "w", zipfile.ZIP_DEFLATED)
        self.left = MOST_JOINED
        self.missing = []

    def add_table(self, content):
        self.archive.writestr("candidatures.csv", content)

    def add_dossier(self, application):
        """Its last deposit, on paper, and the files that this deposit names."""
        receipt = application.receipts.select_related("snapshot").order_by("pk").last()
        if receipt is None:
            return
        place = place_of(application)
        paper = pdf("receipt", **receipt.printed())
        self.archive.writestr(f"{place}/depot-{receipt.number}.pdf", paper)
        taken = set()
        for attachment in self.readable.handed_in(receipt.snapshot):
            name = free_name(attachment.given_name, taken)
            if why := self.reason_against(attachment) or self.put(attachment, f"{place}/{name}"):
                self.missing.append(f"{place}/{name} : {why}")

    def reason_against(self, attachment):
        """Why a file does not go into the folder, or nothing."""
        if not attachment.is_accepted:
            return attachment.get_state_display()
        if attachment.size > self.left:
            return _("la place manque : demandez moins de dossiers à la fois")
        return ""

    def put(self, attachment, path):
        """Copy a file; why it could not be, or nothing."""
        try:
            self.archive.writestr(path, read(attachment.path))
        except OSError:
            return _("introuvable : signalez-le à l’administrateur")
        self.left -= attachment.size
        return ""

    def close(self):
        """The whole file, to be read from its beginning; the reader is told what is not there."""
        if self.missing:
            said = [_("Ces fichiers joints n’ont pas été mis dans ce dossier :"), "", *self.missing]
            self.archive.writestr("LISEZMOI.txt", "\r\n".join(["\ufeff" + said[0], *said[1:], ""]))
        self.archive.close()
        self.written.seek(0)
        return File(self.written)


def place_of(application):
    """A name that any computer accepts: `000012-alerte-secheresse`."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain(application.title))
    return "-".join([f"{application.pk:06d}", *words.split()])[:60]


def free_name(name, taken):
    """A name that no other file of the place has, whatever its case or its Unicode form."""
    stem, _dot, extension = name.rpartition(".")
    names = [name, *(f"{stem} ({number}).{extension}" for number in range(2, len(taken) + 3))]
    free = next(name for name in names if _as_compared(name) not in taken)
    taken.add(_as_compared(free))
    return free


def _as_compared(name):
    """Windows and macOS take « É.pdf » and « e´.PDF » for one file."""
    return unicodedata.normalize("NFKC", name).casefold()
