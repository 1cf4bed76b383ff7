"""Reading JSON that callers send."""

from __future__ import annotations

import json
from typing import Any

from podio_emulator.errors import Refusal


def decoded(body: bytes) -> Any:
    """Decode a body; refuse what isn't JSON, NaN, and text that could never be sent back (lone surrogates)."""
    try:
        value = json.loads(body, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal(400, "invalid_value", "Invalid value: the body is not valid JSON") from None
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(name)
