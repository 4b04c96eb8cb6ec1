"""What a file is, by its content: one of the documented kinds, or a sentence that says why not.

Eight kinds only, read with the standard library: the libraries that guess a type by its first
bytes (puremagic, filetype) take an ODT for a DOCX, since both are ZIP archives; the archive itself
says which it is. RELIABILITY A-44.
"""

import re
import unicodedata
import zipfile
import zlib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.lifecycle import Refused
from base.uploads import MOST_BYTES


TOO_LARGE = gettext_lazy("Ce fichier dépasse 10 Mo.")
MOST_ENTRIES, MOST_UNPACKED = 2000, 100 * 1024 * 1024
MOST_NAME, MOST_NAME_BYTES = 120, 240  # a folder of a computer holds no longer one
PIECE = 64 * 1024

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN}text",
    "ods": f"{OPEN}spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
# What Windows takes for a device, whatever the extension.
DEVICES = re.compile(r"^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:$|[ .])", re.I)
MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|Basic/|Scripts/)", re.IGNORECASE)
OUTSIDE = re.compile(r"^(?:/|\\|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")


def name_of(given):
    """A name to show and to give back, never a path: one line, no invisible or reversing sign."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem, dot, extension = " ".join(seen.split()).strip(". ").rpartition(".")
    if not dot or not stem:
        raise Refused(_("Le nom de ce fichier n’a pas d’extension, comme .pdf ou .odt."))
    stem = f"_{stem}" if DEVICES.match(stem) else stem
    stem, extension = stem[: MOST_NAME - len(extension) - 1], extension[:10]
    room = MOST_NAME_BYTES - len(extension.encode()) - 1
    return f"{stem.encode()[:room].decode(errors='ignore')}.{extension}"


def type_of(file, name):
    """The documented type of a file; refused when its content is not what its name says."""
    extension = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if not file.size:
        raise Refused(_("Ce fichier est vide."))
    if file.size > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if extension not in TYPES:
        raise Refused(
            _("Ce type de fichier n’est pas admis. Sont admis : %(types)s.")
            % {"types": ", ".join(TYPES)}
        )
    if kind_in(file) != extension:
        raise Refused(
            _("Le contenu de ce fichier n’est pas celui d’un fichier .%(extension)s.")
            % {"extension": extension}
        )
    return TYPES[extension]


def kind_in(file):
    """The kind that the content itself declares, or nothing."""
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    for kind, mark in BEGINNINGS.items():
        if beginning.startswith(mark):
            return kind
    return kind_of_archive(file) if beginning.startswith(b"PK\x03\x04") else ""


def kind_of_archive(file):
    """An office document says what it is; refused when it is not safe to open."""
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(archive)
            names = set(archive.namelist())
            declared = archive.read("mimetype").decode("ascii") if "mimetype" in names else ""
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
        OSError,
    ):
        raise Refused(_("Ce fichier est abîmé : il ne s’ouvre pas.")) from None
    finally:
        file.seek(0)
    for kind, main in MAIN_PARTS.items():
        if main in names and "[Content_Types].xml" in names:
            return kind
    return next((k for k, mime in TYPES.items() if mime == declared), "")


def check_archive(archive):
    """Refuse bombs by what they really unpack to, ways out, secrets and programs."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused(_("Ce fichier contient trop d’éléments pour être ouvert sans risque."))
    for entry in entries:
        if fault := fault_of_entry(entry):
            raise Refused(fault)
    left = MOST_UNPACKED
    for entry in entries:
        left -= unpacked(archive, entry, left)


def fault_of_entry(entry):
    if entry.flag_bits & 0x1:
        return _("Ce fichier est protégé par un mot de passe : retirez-le.")
    if OUTSIDE.search(entry.filename):
        return _("Ce fichier cherche à écrire en dehors de lui-même.")
    if MACROS.search(entry.filename):
        return _("Ce fichier contient des macros : enregistrez-le sans elles.")
    return ""


def unpacked(archive, entry, left):
    """How many bytes an entry really makes, whatever it says; refused past what is left."""
    made = 0
    with archive.open(entry) as content:
        while piece := content.read(PIECE):
            made += len(piece)
            if made > left:
                raise Refused(_("Ce fichier se déplie en un volume démesuré."))
    return made
