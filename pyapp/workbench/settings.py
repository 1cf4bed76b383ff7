"""The site owner's settings and what was kept during a sign-in, both of doubtful shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from podio.json_text import parse_json
from workbench import routes, screens

_LONGEST = 2000
_ROUTE = re.compile(r"#/[!-~]{0,500}")
"""A kept route. An address's fragment is ASCII and holds no space: the browser has escaped the rest."""
_SHARED_HOSTS = (".github.io", ".gitlab.io")
"""Hosts whose root shares an origin with the other sites of the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the page lies: the host's name, and the path that the site's files lie below."""

    hostname: str = ""
    path: str = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``config.json`` says; ``problem`` says to the site's owner what is wrong with it.

    Attributes:
        client_id: The id of the API key.
        title: The site's name.
        notice: A text on the sign-in card.
        own_origin: Whether nobody else's pages share the origin, and with it the browser's storage and channels.
        sign_in_by_itself: Whether a tab that was opened with a deep link may go to Podio's sign-in without a click.
    """

    client_id: str = ""
    title: str = "Podio Workbench"
    notice: str = ""
    own_origin: bool = False
    sign_in_by_itself: bool = False
    problem: str = ""


def read_settings(
    text: str, *, place: Place = Place(), from_cache: bool = False, running_client_id: str = ""
) -> Settings:
    """Read ``config.json``; whatever is wrong in it is reported, and the rest still counts.

    A file that came out of a cache may be old, or planted by a neighbour on the origin. So it can't make `own_origin`
    true, only false, and it can't set another client id for the tab than the one that its session is of.

    Args:
        text: The file's content.
        place: Where the page lies.
        from_cache: Whether the file came out of a cache and not from the site.
        running_client_id: The client id that this tab has a session or an open sign-in for, if any.
    """
    try:
        raw = parse_json(text)
    except ValueError:
        return Settings(problem="The site's config.json is no valid JSON. Its owner must fix it.")
    if not isinstance(raw, dict):
        return Settings(problem="The site's config.json must hold an object. Its owner must fix it.")
    texts = raw.get("texts", {})
    client_id = _text(raw.get("client_id"))
    return Settings(
        client_id=running_client_id if from_cache and running_client_id else client_id,
        title=_text(texts.get("title")) or "Podio Workbench" if isinstance(texts, dict) else "Podio Workbench",
        notice=_text(texts.get("notice")) if isinstance(texts, dict) else "",
        own_origin=_own_origin(raw, place, from_cache=from_cache),
        sign_in_by_itself=raw.get("sign_in_by_itself", True) is True,
        problem=_problem(raw, texts),
    )


def _own_origin(raw: dict[str, Any], place: Place, *, from_cache: bool) -> bool:
    """Decide whether the origin is the site's own: what the file says, else what the place suggests."""
    configured = raw.get("own_origin")
    if configured is True and not from_cache:
        return True
    if "own_origin" in raw and configured is not True:
        return False
    hostname = place.hostname.lower().rstrip(".")
    return place.path == "/" and not hostname.endswith(_SHARED_HOSTS)


def _problem(raw: dict[str, Any], texts: Any) -> str:
    """Name every setting of a wrong type."""
    problems = [
        f"{name} must be {kind}"
        for name, kind, is_right in (
            ("client_id", "a text", isinstance(raw.get("client_id", ""), str)),
            ("own_origin", "true or false", isinstance(raw.get("own_origin", False), bool)),
            ("sign_in_by_itself", "true or false", isinstance(raw.get("sign_in_by_itself", False), bool)),
            ("texts", "an object", isinstance(texts, dict)),
            ("texts.title", "a text", not isinstance(texts, dict) or isinstance(texts.get("title", ""), str)),
            ("texts.notice", "a text", not isinstance(texts, dict) or isinstance(texts.get("notice", ""), str)),
        )
        if not is_right
    ]
    return f"In the site's config.json {', '.join(problems)}. Its owner must fix it." if problems else ""


def running_client_id(keys: Iterable[str], api_host: str) -> str:
    """Find the client id that a tab has a session, or else an open sign-in, for among its `sessionStorage` keys."""
    begin = f"podio.{api_host}."
    key_ends = [key.removeprefix(begin) for key in keys if key.startswith(begin)]
    ids = [key_end.rpartition(mark)[0] for mark in (".session.", ".attempt.") for key_end in key_ends]
    return next((client_id for client_id in ids if client_id), "")


def _text(value: Any) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def sign_out_url(authorize_url: str) -> str:
    """Return the address at which a user signs out of Podio itself, which is on the site where they sign in."""
    parts = urlsplit(authorize_url)
    return f"{parts.scheme}://{parts.netloc}/logout" if parts.scheme and parts.netloc else ""


def fragment_after_sign_in(app_state: Any, fragment: str) -> str:
    """Choose where to go on: where the user was before the sign-in, else where the address points."""
    route = app_state.get("route") if isinstance(app_state, dict) else None
    if not isinstance(route, str) or not _ROUTE.fullmatch(route):
        return fragment
    # Written again: what goes into the address is ours, whatever was kept.
    destination = screens.find(route)
    return routes.fragment(destination.route if destination else routes.Home())


def scroll_after_sign_in(app_state: Any) -> dict[str, float]:
    """Return the scroll positions that were kept, by element id."""
    positions = app_state.get("scroll") if isinstance(app_state, dict) else None
    if not isinstance(positions, dict):
        return {}
    return {
        key: float(top)
        for key, top in list(positions.items())[:20]
        if isinstance(key, str)
        and key.isascii()
        and isinstance(top, int | float)
        and not isinstance(top, bool)
        and 0 < top < 10**7
    }
