"""Reading ``multipart/form-data`` (RFC 7578), the way in for files. Performs no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from podio_emulator.errors import Refusal

_BOUNDARY = re.compile(r'(?i)multipart/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))')
_NAME = re.compile(r'(?i)[;\s]name="((?:[^"\\]|\\.)*)"')
_FILENAME = re.compile(r'(?i)[;\s]filename="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One field of a form: its bytes, and what its header says of it."""

    content: bytes = field(repr=False)
    filename: str | None
    content_type: str | None

    @property
    def text(self) -> str:
        """The bytes as text."""
        return self.content.decode("utf-8", "replace")


def form_parts(content_type: str, body: bytes) -> dict[str, Part]:
    """Return a form's parts by name; of a repeated name the last counts. Refuse what is no such form."""
    match = _BOUNDARY.match(content_type)
    if match is None:
        raise Refusal(400, "invalid_value", "Invalid value: the body must be multipart/form-data")
    delimiter = b"\r\n--" + (match[1] or match[2]).encode()
    # The first delimiter may stand at the very beginning, without a line's end before it.
    _, *sections = (b"\r\n" + body).split(delimiter)
    parts: dict[str, Part] = {}
    complete = False
    for section in sections:
        if section.startswith(b"--"):
            complete = True
            break
        head, _, content = section.partition(b"\r\n\r\n")
        headers = _headers(head)
        disposition = headers.get("content-disposition", "")
        name = _NAME.search(disposition)
        if name is not None:
            filename = _FILENAME.search(disposition)
            parts[_unquoted(name[1])] = Part(
                content=content,
                filename=None if filename is None else _unquoted(filename[1]),
                content_type=headers.get("content-type"),
            )
    if not complete:
        raise Refusal(400, "invalid_value", "Invalid value: the form is cut off")
    return parts


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def _unquoted(text: str) -> str:
    """Undo both ways of quoting a name: browsers write ``%22``, mail programs a backslash."""
    return unquote(re.sub(r'\\(["\\])', r"\1", text))
