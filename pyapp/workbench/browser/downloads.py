"""Texts that the browser saves as files."""

from __future__ import annotations

import js
from pyodide.ffi import to_js

_KEPT_FOR = 60_000
"""Milliseconds for which the browser may take its time to read it."""


def save_file(name: str, text: str) -> None:
    """Let the browser save a text as a file."""
    options = to_js({"type": "application/json"}, dict_converter=js.Object.fromEntries)
    address = js.URL.createObjectURL(js.Blob.new(to_js([text]), options))
    link = js.document.createElement("a")
    link.href, link.download = address, name
    link.click()
    js.setTimeout(js.URL.revokeObjectURL, _KEPT_FOR, address)
