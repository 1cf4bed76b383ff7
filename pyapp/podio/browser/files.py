"""A file that a user chose or dropped, as a source for `podio.upload_file`.

It is never read into Python to be uploaded: the browser sends it from where it lies (`podio.browser.FetchTransport`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

_CHUNK = 1024 * 1024


class BrowserFile:
    """A browser's `File` or `Blob` (https://www.w3.org/TR/FileAPI/).

    Attributes:
        blob: The browser's own object.
    """

    def __init__(self, blob: Any) -> None:
        self.blob = blob

    @property
    def name(self) -> str:
        """Its name; empty for a blob, which has none."""
        name = getattr(self.blob, "name", "")
        return name if isinstance(name, str) else ""

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return int(self.blob.size)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield its content, a megabyte at a time."""
        for start in range(0, self.size, _CHUNK):
            yield (await self.blob.slice(start, start + _CHUNK).arrayBuffer()).to_bytes()
