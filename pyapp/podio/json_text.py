"""JSON text from outside, parsed so that no text can end the program. Performs no I/O.

In Pyodide `json.loads` of some thousand nested brackets overflows the browser's stack, which ends Python for good
(there is no `RecursionError` to catch). So the nesting is measured first; Podio nests twenty deep or so.
"""

from __future__ import annotations

import json
import re
from typing import Any

MAX_NESTING = 500

_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CHUNK = 64


def parse_json(text: bytes | str, *, constants: bool = True) -> Any:
    """Return the value of JSON text.

    Args:
        text: The text; bytes are UTF-8, -16 or -32.
        constants: Whether ``NaN`` and ``Infinity``, which are no JSON, are let pass.

    Raises:
        ValueError: when it is no JSON, or nested deeper than `MAX_NESTING`.
    """
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if _nesting(content) > MAX_NESTING and _nesting(_STRING.sub(b"", content)) > MAX_NESTING:
        raise ValueError("the text is nested too deeply")
    return json.loads(text) if constants else json.loads(text, parse_constant=_refuse)


def _nesting(content: bytes) -> int:
    """Return how deep brackets nest, at most: brackets within strings count too, and each chunk by its openings.

    Only C loops run over the text, because it may be megabytes and this is in the way of every answer.
    """
    brackets = content.translate(None, _OTHERS)
    depth = deepest = 0
    for start in range(0, len(brackets), _CHUNK):
        chunk = brackets[start : start + _CHUNK]
        opened = chunk.count(b"[") + chunk.count(b"{")
        deepest = max(deepest, depth + opened)
        depth += 2 * opened - len(chunk)
    return deepest


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")
