"""The files that people join: a paper of a page and a chart, small and true to their kind."""

import struct
import zlib

from django.core.files.base import ContentFile


LEFT, TOP, LINE = 72, 760, 18  # in points, on an A4 page
BLUE, GROUND = b"\x00\x00\x91", b"\xff\xff\xff"
WIDTH, HEIGHT, BAR = 320, 160, 26


def paper(name, *lines):
    """A PDF of one page: a heading, then lines, in Helvetica."""
    sizes = [16, *[11] * (len(lines) - 1)]
    shown = b"\n".join(
        b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, LEFT, TOP - LINE * row, _escaped(line))
        for row, (size, line) in enumerate(zip(sizes, lines, strict=True))
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    end = len(written) - len(table) - len(b"xref\n0 %d\n0000000000 65535 f \n" % count)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, end)
    return ContentFile(written, name=name)


def chart(name, values):
    """A PNG of bars, one a value from 0 to 100."""
    rows = []
    for y in range(HEIGHT):
        row = bytearray(GROUND * WIDTH)
        for number, value in enumerate(values):
            if HEIGHT - y <= value * HEIGHT // 100:
                start = 3 * (number * (BAR + 4) + 8)
                row[start : start + 3 * BAR] = BLUE * BAR
        rows.append(b"\x00" + bytes(row))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    return ContentFile(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts), name=name)


def _chunk(kind, content):
    checked = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checked


def _escaped(line):
    return line.encode("cp1252").translate(None, b"()\\")
