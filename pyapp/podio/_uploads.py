"""What is uploaded, as chunks: of bytes, a path, a file, a stream, or a browser's file; and its multipart body.

Reads the source while it is sent, never whole, and performs no other I/O. RFC 7578 (``multipart/form-data``); file
names are written as browsers write them (HTML, "Multipart form data").
"""

from __future__ import annotations

import inspect
import io
import mimetypes
import os
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from podio.errors import ConfigurationError, FileTooLarge

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes that Podio takes at most (https://developers.podio.com/examples/files: 100 MB)."""

_CHUNK = 256 * 1024

Progress = Callable[[int, int | None], Any]
"""Called with the bytes of the file that are sent, and with those it has in all (None: not known)."""


@runtime_checkable
class FileSource(Protocol):
    """A file that can be read again and again: a browser's (`podio.browser.BrowserFile`), or one of your own."""

    @property
    def name(self) -> str:
        """Its name, without a directory."""
        ...

    @property
    def size(self) -> int:
        """Its length in bytes."""
        ...

    def chunks(self) -> AsyncIterator[bytes]:
        """Yield its content from the start."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source that is ready to be read.

    Attributes:
        chunks: Yields the content; from the start at each call, unless `one_shot`.
        size: Bytes, or None where nobody knows before the end.
        name: What the source calls itself.
        one_shot: Whether it can be read only once.
        origin: What it was made of.
    """

    chunks: Callable[[], AsyncIterator[bytes]] = field(repr=False)
    size: int | None
    name: str | None
    one_shot: bool
    origin: Any = field(default=None, repr=False)


def source_of(source: Any, *, size: int | None = None) -> Source:
    """Return bytes, a path, a file or a stream as a source that is ready.

    Args:
        source: Bytes, a path (a str is one), a file opened in binary mode, a `FileSource`, or an async iterator of
            bytes.
        size: The length in bytes of a stream that doesn't say.

    Raises:
        ConfigurationError: for anything else.
        FileTooLarge: when it is known to be larger than Podio takes.
        OSError: when a path can't be read.
    """
    ready = _source_of(source, size)
    if ready.size is not None and ready.size > LARGEST_FILE:
        raise _too_large(ready.size)
    return ready


def _source_of(source: Any, size: int | None) -> Source:
    if isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
        return Source(chunks=lambda: _slices(content), size=len(content), name=None, one_shot=False)
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if path.parts[:1] == ("~",):
            path = path.expanduser()
        return Source(chunks=lambda: _of_path(path), size=path.stat().st_size, name=path.name, one_shot=False)
    if isinstance(source, FileSource):
        return Source(chunks=source.chunks, size=source.size, name=source.name, one_shot=False, origin=source)
    if isinstance(source, io.TextIOBase):
        raise ConfigurationError(
            "A file is sent as bytes, and this one gives text: open it in binary mode, or give its text encoded "
            "(text.encode())."
        )
    if callable(getattr(source, "read", None)):
        return _of_file(source, size)
    if isinstance(source, AsyncIterable):
        return Source(chunks=lambda: aiter(source), size=size, name=None, one_shot=True)
    raise ConfigurationError(
        f"A file can't be made of {type(source).__name__}: give bytes, a path, a file opened in binary mode, or an "
        "async iterator of bytes."
    )


def _of_file(file: Any, size: int | None) -> Source:
    name = getattr(file, "name", None)
    name = Path(name).name if isinstance(name, str) and name else None
    seekable = getattr(file, "seekable", None)
    is_seekable = callable(seekable) and seekable()
    if inspect.isawaitable(is_seekable):
        # An asynchronous file: read it as it comes.
        getattr(is_seekable, "close", lambda: None)()
        is_seekable = False
    if is_seekable is not True:
        return Source(chunks=lambda: _read(file), size=size, name=name, one_shot=True)
    start = file.tell()
    end = file.seek(0, os.SEEK_END)
    file.seek(start)

    def chunks() -> AsyncIterator[bytes]:
        file.seek(start)
        return _read(file)

    return Source(chunks=chunks, size=end - start, name=name, one_shot=False)


async def _slices(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), _CHUNK):
        yield content[start : start + _CHUNK]


async def _of_path(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        async for chunk in _read(file):
            yield chunk


async def _read(file: Any) -> AsyncIterator[bytes]:
    while True:
        chunk = file.read(_CHUNK)
        if inspect.isawaitable(chunk):
            chunk = await chunk
        if not chunk:
            return
        yield chunk


class MultipartBody(AsyncIterable[bytes]):
    """A file as the body of a request: ``source`` and ``filename``, as Podio wants them.

    Iterating it reads the source and reports the progress; each iteration begins again, unless the source is one-shot.
    """

    def __init__(
        self,
        source: Source,
        filename: str,
        *,
        mimetype: str | None = None,
        progress: Progress | None = None,
        boundary: str | None = None,
    ) -> None:
        if not filename or any(character < " " or character == "\x7f" for character in filename):
            raise ConfigurationError("A file needs a name, without control characters: pass filename=….")
        mimetype = mimetype or mimetypes.guess_type(filename)[0] or "application/octet-stream"
        if any(not "!" <= character <= "~" for character in mimetype.replace("; ", ";")):
            raise ConfigurationError(f"{mimetype!r} is not a media type.")
        boundary = boundary or secrets.token_hex(16)
        try:
            name = filename.encode()
        except UnicodeEncodeError:
            raise ConfigurationError("The file's name is not valid text: it holds half a character.") from None
        quoted = name.replace(b'"', b"%22")
        dashes = b"--" + boundary.encode("ascii")
        self.source = source
        self.progress = progress
        self._reported: int | None = None
        self.head = b"".join(
            [
                dashes + b'\r\nContent-Disposition: form-data; name="filename"\r\n\r\n' + name + b"\r\n",
                dashes + b'\r\nContent-Disposition: form-data; name="source"; filename="' + quoted + b'"\r\n',
                b"Content-Type: " + mimetype.encode("ascii") + b"\r\n\r\n",
            ]
        )
        self.tail = b"\r\n" + dashes + b"--\r\n"
        self._content_type = f"multipart/form-data; boundary={boundary}"

    @property
    def headers(self) -> dict[str, str]:
        """What describes the body; without a length where the source does not say its own."""
        headers = {"Content-Type": self._content_type}
        if self.source.size is not None:
            headers["Content-Length"] = str(len(self.head) + self.source.size + len(self.tail))
        return headers

    def report(self, sent: int) -> None:
        """Report the progress, unless it is what was reported last or is for `finish` to report."""
        if self.progress is not None and sent != self._reported and (sent == 0 or sent != self.source.size):
            self._reported = sent
            self.progress(sent, self.source.size)

    def finish(self) -> None:
        """Report that Podio has it all: only now, for what was sent whole may have to be sent again."""
        if self.progress is not None and self.source.size not in (None, self._reported):
            self._reported = self.source.size
            self.progress(self.source.size or 0, self.source.size)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the body and report the progress; errors as of `parts`."""
        sent = -len(self.head)
        self.report(0)
        async for part in self.parts():
            yield part
            sent += len(part)
            if sent > 0 and part is not self.tail:
                self.report(sent)

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield the body: head, file, tail.

        Raises:
            FileTooLarge: as soon as a source of unknown size gave more than Podio takes.
            ConfigurationError: when the source gives text, or not as much as its size says.
        """
        sent = 0
        yield self.head
        async for chunk in self.source.chunks():
            if not isinstance(chunk, (bytes, bytearray, memoryview)):
                raise ConfigurationError("A file is sent as bytes: open it in binary mode, or encode its text.")
            sent += len(chunk)
            if sent > LARGEST_FILE:
                raise _too_large(sent)
            if self.source.size is not None and sent > self.source.size:
                raise _other_size(self.source.size)
            yield bytes(chunk)
        if self.source.size is not None and sent != self.source.size:
            raise _other_size(self.source.size)
        yield self.tail


def _too_large(size: int) -> FileTooLarge:
    return FileTooLarge(
        f"The file is too large ({size / 1024 / 1024:,.1f} MB or more): Podio takes at most "
        f"{LARGEST_FILE // 1024 // 1024} MB. Make it smaller, or link to where it lies."
    )


def _other_size(size: int) -> ConfigurationError:
    return ConfigurationError(f"The source did not give the {size} bytes that its size says. Upload it again.")
