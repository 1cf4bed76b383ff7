"""The site owner's settings and what was kept during a sign-in, both of doubtful shape. Performs no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from podio.json_text import parse_json
from workbench import routes

_LONGEST = 2000
_ROUTE = re.compile(r"#/[!-~]{0,500}")
"""A kept route. An address's fragment is ASCII and holds no space: the browser has escaped the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``config.json`` says; ``problem`` tells the site's owner what is wrong with it."""

    client_id: str = ""
    title: str = "Podio Workbench"
    notice: str = ""
    problem: str = ""


def read_settings(text: str) -> Settings:
    """Read ``config.json``; whatever is wrong in it is told, and the rest still counts."""
    try:
        raw = parse_json(text)
    except ValueError:
        return Settings(problem="The site's config.json is no valid JSON. Its owner must mend it.")
    if not isinstance(raw, dict):
        return Settings(problem="The site's config.json must hold an object. Its owner must mend it.")
    client_id = raw.get("client_id", "")
    texts = raw.get("texts")
    texts = texts if isinstance(texts, dict) else {}
    problem = "" if isinstance(client_id, str) else "The client_id in the site's config.json must be a text."
    return Settings(
        client_id=client_id.strip()[:_LONGEST] if isinstance(client_id, str) else "",
        title=_text(texts.get("title")) or "Podio Workbench",
        notice=_text(texts.get("notice")),
        problem=problem,
    )


def _text(value: Any) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def fragment_after_sign_in(app_state: Any, fragment: str) -> str:
    """Choose where to go on: where the person was before the sign-in, else where the address points."""
    kept = app_state.get("route") if isinstance(app_state, dict) else None
    if not isinstance(kept, str) or not _ROUTE.fullmatch(kept):
        return fragment
    # Written anew: what goes into the address is ours, whatever was kept.
    return routes.fragment(routes.parse(kept) or routes.Home())


def scroll_after_sign_in(app_state: Any) -> dict[str, float]:
    """Give the scroll positions that were kept, by element id."""
    kept = app_state.get("scroll") if isinstance(app_state, dict) else None
    if not isinstance(kept, dict):
        return {}
    return {
        key: float(top)
        for key, top in list(kept.items())[:20]
        if isinstance(key, str)
        and key.isascii()
        and isinstance(top, int | float)
        and not isinstance(top, bool)
        and 0 < top < 10**7
    }
