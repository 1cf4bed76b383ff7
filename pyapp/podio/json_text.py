"""JSON text from outside, parsed so that no text can end the program.

In Pyodide `json.loads` of some thousand nested brackets overflows the browser's stack, which ends Python for good
(there is no `RecursionError` to catch). So the nesting is measured first; Podio nests twenty deep or so.
"""

from __future__ import annotations

import json
from typing import Any

MAX_NESTING = 500

_QUOTE = b'"'
_OTHERS = bytes(set(range(256)) - set(b'[]{}"'))
_CHUNK = 64


def parse_json(text: bytes | str, *, constants: bool = True) -> Any:
    """Return the value of JSON text.

    Args:
        text: The text; bytes are UTF-8, -16 or -32.
        constants: Whether ``NaN`` and ``Infinity``, which are no JSON, are let pass.

    Raises:
        ValueError: when it is no JSON, or nested deeper than `MAX_NESTING`.
    """
    check_nesting(text)
    return json.loads(text) if constants else json.loads(text, parse_constant=_refuse)


def parse_object(text: object, *, longest: int | None = None, constants: bool = True) -> dict[str, Any]:
    """Return the object that stored or foreign JSON text holds; an empty one where it holds anything else.

    Args:
        text: The text; what is none holds nothing.
        longest: Characters or bytes beyond which it is not looked at.
        constants: As in `parse_json`.
    """
    if not isinstance(text, (bytes, str)) or (longest is not None and len(text) > longest):
        return {}
    try:
        value = parse_json(text, constants=constants)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def check_nesting(text: bytes | str) -> None:
    """Refuse JSON text that a parser could come to grief over.

    Raises:
        ValueError: when it is nested deeper than `MAX_NESTING`.
    """
    if _nesting(_brackets(_utf_8(text))) > MAX_NESTING:
        raise ValueError("the text is nested too deeply")


def _utf_8(text: bytes | str) -> bytes:
    """Return the text in the encoding in which a quote or bracket is one byte, and that byte nothing else."""
    if isinstance(text, str):
        return text.encode("utf-8", "surrogatepass")
    encoding = json.detect_encoding(text)
    if encoding in ("utf-8", "utf-8-sig"):
        return text
    return text.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")


def _brackets(content: bytes) -> bytes:
    """Return the brackets outside of strings: those inside, closing ones above all, would spoil the count.

    Only C loops run over the text, because it may be megabytes and this is in the way of every answer. Each of them
    takes time in proportion to its length, also where a string is never closed.
    """
    if b"\\" in content:
        content = content.replace(b"\\\\", b"").replace(b'\\"', b"")
    # Two quotes side by side are removed: whether what follows stands in a string stays as it was.
    skeleton = content.translate(None, _OTHERS).replace(_QUOTE * 2, b"")
    return b"".join(skeleton.split(_QUOTE)[::2]) if _QUOTE in skeleton else skeleton


def _nesting(brackets: bytes) -> int:
    """Return how deep brackets nest, or up to `_CHUNK` more: each chunk counts with all its openings first."""
    depth = deepest = 0
    for start in range(0, len(brackets), _CHUNK):
        chunk = brackets[start : start + _CHUNK]
        opened = chunk.count(b"[") + chunk.count(b"{")
        deepest = max(deepest, depth + opened)
        depth += 2 * opened - len(chunk)
    return deepest


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")
