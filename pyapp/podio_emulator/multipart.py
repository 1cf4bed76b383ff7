"""Reading ``multipart/form-data`` (RFC 7578), the way in for files, with the parser that Starlette's forms stand on.

Not with Starlette's forms themselves: they take a part without a file name for text and decode it, and some of Podio's
clients (pypodio2) send a file's bytes so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from podio_emulator.errors import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One field of a form: its bytes, and the type that its header names."""

    content: bytes = field(repr=False)
    content_type: str | None

    @property
    def text(self) -> str:
        """The bytes as text."""
        return self.content.decode("utf-8", "replace")


class _Reader:
    """Collects a form's parts by name, as the parser comes upon them; of a repeated name the last counts."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self.is_complete = False
        self._name, self._value, self._content = bytearray(), bytearray(), bytearray()
        self._headers: dict[str, bytes] = {}

    def on_part_begin(self) -> None:
        self._content, self._headers = bytearray(), {}

    def on_header_begin(self) -> None:
        self._name, self._value = bytearray(), bytearray()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = bytes(self._value)

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def on_part_end(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", b""))
        content_type = self._headers.get("content-type")
        self.parts[options.get(b"name", b"").decode("utf-8", "replace")] = Part(
            content=bytes(self._content),
            content_type=None if content_type is None else content_type.decode("latin-1"),
        )

    def on_end(self) -> None:
        self.is_complete = True


def form_parts(content_type: str, body: bytes) -> dict[str, Part]:
    """Return a form's parts by name.

    Raises:
        Refusal: ``invalid_value``, for what is no such form, or one that is cut off.
    """
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise Refusal(400, "invalid_value", "Invalid value: the body must be multipart/form-data")
    reader = _Reader()
    try:
        parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": reader.on_part_begin,
                "on_header_begin": reader.on_header_begin,
                "on_header_field": reader.on_header_field,
                "on_header_value": reader.on_header_value,
                "on_header_end": reader.on_header_end,
                "on_part_data": reader.on_part_data,
                "on_part_end": reader.on_part_end,
                "on_end": reader.on_end,
            },
        )
        parser.write(body)
    except FormParserError:
        reader.is_complete = False
    if not reader.is_complete:
        raise Refusal(400, "invalid_value", "Invalid value: the form is cut off or broken")
    return reader.parts
