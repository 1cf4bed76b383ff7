"""The bytes of files: as they were uploaded, and for the sample's made from their descriptions.

Pictures are small PNG files with a pattern that follows from the file's id, so that two files look different and the
same file always looks the same. Documents hold the text of their description.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from podio_emulator.model import StoredFile

#: Podio's sizes of thumbnails in pixels (width, height); without a size it is the first.
THUMBNAIL_SIZES = {
    "default": (40, 40),
    "tiny": (16, 16),
    "small": (32, 32),
    "medium": (80, 80),
    "badge": (220, 160),
    "large": (160, 160),
    "extra_large": (520, 390),
}
_FULL_SIZE = (640, 480)


def contents(file: StoredFile) -> bytes:
    """Return a file's bytes."""
    if file.data is not None:
        return file.data
    if file.mimetype == "image/png":
        return picture(file.file_id, _FULL_SIZE)
    if file.mimetype == "application/pdf":
        return _pdf(file.text)
    return file.text.encode()


def thumbnail(file: StoredFile, size: str) -> bytes:
    """Return a picture's thumbnail of one of the ``THUMBNAIL_SIZES``; an uploaded picture is its own thumbnail."""
    if file.data is not None:
        return file.data
    return picture(file.file_id, THUMBNAIL_SIZES[size])


@lru_cache(maxsize=64)
def picture(seed: int, size: tuple[int, int]) -> bytes:
    """Draw a PNG (8-bit palette; PNG specification, section 11) of two soft colours and a disc, chosen by ``seed``."""
    width, height = size
    hue = seed * 47 % 180
    dark, light = (40 + hue // 3, 60 + hue // 2, 110), (235, 225 - hue // 4, 170 + hue // 3)
    palette = bytes(
        channel
        for step in range(256)
        for channel in (a + (b - a) * step // 255 for a, b in zip(dark, light, strict=True))
    )
    centre_x, centre_y, radius = width * (30 + seed % 40) // 100, height // 2, height // 3
    rows = []
    for y in range(height):
        half = max(0, radius * radius - (y - centre_y) ** 2) ** 0.5
        left, right = int(centre_x - half), int(centre_x + half)
        shade = 40 + 120 * y // height
        disc = max(0, min(width, right)) - max(0, left)
        row = bytes([shade]) * max(0, left) + bytes([230]) * disc
        rows.append(b"\0" + row + bytes([shade]) * (width - len(row)))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pdf(text: str) -> bytes:
    """Write a one-page PDF; characters outside Latin-1 become question marks, as the built-in font has no others."""
    escaped_text = text.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    lines = b" T* ".join(b"(" + line + b") Tj" for line in escaped_text.split(b"\n"))
    stream = b"BT /F1 12 Tf 16 TL 56 780 Td " + lines + b" ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
