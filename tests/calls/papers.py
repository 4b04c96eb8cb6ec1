"""Files as people join them, and as others forge them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(24)
OPEN = "application/vnd.oasis.opendocument."


def archive(*entries, **options):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in entries:
            made.writestr(name, text)
    return content.getvalue()


def office(main, *more):
    return archive(("[Content_Types].xml", "<Types/>"), (main, "<x/>"), *more)


DOCX = office("word/document.xml")
ODT = archive(("mimetype", f"{OPEN}text"), ("content.xml", "<x/>"))
GOOD = {
    "note.pdf": PDF,
    "note.docx": DOCX,
    "tableau.xlsx": office("xl/workbook.xml"),
    "exposé.pptx": office("ppt/presentation.xml"),
    "note.odt": ODT,
    "tableau.ods": archive(("mimetype", f"{OPEN}spreadsheet"), ("content.xml", "<x/>")),
    "photo.PNG": PNG,
    "photo.jpeg": JPG,
}


def upload(name="note.pdf", content=PDF):
    return SimpleUploadedFile(name, content)
