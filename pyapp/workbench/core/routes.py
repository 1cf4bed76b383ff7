"""Where the user is, as values and as the fragment of the page's address.

A fragment such as ``#/app/7?page=2`` is a deep link: it shows the same thing to whoever opens it, after a reload and
after a sign-in. Fragments that don't begin with ``/`` are somebody else's (OAuth's answer, an anchor).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from workbench.core.reads import Read

_ID = re.compile(r"[1-9][0-9]{0,15}")
_PLACE = re.compile(r"\{(\w+)\}")
_MOST_PARTS = 20
_PUNCTUATION = ".,;:!?)]>\"'"
"""What ends a sentence is no part of the link in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A place in the page that has an address.

    A subclass names its addresses, and what of its fields each of them means: ``{"app/{app_id}": {}}``. An address's
    places hold ids; of the fields that stand in no address all but those of a query must be named.
    """

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """What the place shows, beside the page's frame."""
        return ()

    @property
    def keeps(self) -> tuple[Read[Any], ...]:
        """What it doesn't show, but where the user comes from and goes to: it isn't read for it, nor left."""
        return ()

    @property
    def query_text(self) -> str:
        """What follows the path."""
        return ""

    def with_query(self, text: str) -> tuple[Self, bool]:
        """Read what follows the path; return whether all of it was understood."""
        return self, True


def fragment(route: Route) -> str:
    """Write a route as the address bar shows it, with its ``#``."""
    for address, values in route.addresses.items():
        if all(getattr(route, name) == value for name, value in values.items()):
            path = _PLACE.sub(lambda place: str(getattr(route, place[1])), address)
            query = route.query_text
            return f"#/{path}?{query}" if query else f"#/{path}"
    raise ValueError(f"{type(route).__name__} has no address for these fields.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a fragment leads; ``is_exact`` or to the nearest place."""

    route: Route
    is_exact: bool


class Addresses:
    """All addresses of the page.

    Args:
        kinds: The kinds of places.
        home: Where an address leads of which nothing is one.
    """

    def __init__(self, kinds: Iterable[type[Route]], *, home: Route) -> None:
        self._home = home
        self._table = [
            (tuple(address.split("/")), kind, values) for kind in kinds for address, values in kind.addresses.items()
        ]

    def find(self, text: str) -> Destination | None:
        """Find where a fragment leads, with or without its ``#``; None when it isn't the page's.

        Of a mistyped one as much counts as is an address, from its beginning: ``#/app/7/itme/9`` leads to the app.
        """
        text = text.removeprefix("#")
        if text and not text.startswith("/"):
            return None
        path, _, query = text.rstrip(_PUNCTUATION).partition("?")
        parts = path.strip("/").lower().split("/")
        for count in range(min(len(parts), _MOST_PARTS), 0, -1):
            if route := self._match(parts[:count]):
                route, is_exact = route.with_query(query)
                return Destination(route=route, is_exact=is_exact and count == len(parts))
        return Destination(route=self._home, is_exact=False)

    def _match(self, parts: list[str]) -> Route | None:
        for pattern, kind, values in self._table:
            if len(pattern) != len(parts):
                continue
            ids: dict[str, int] = {}
            for pattern_part, part in zip(pattern, parts, strict=True):
                place = _PLACE.fullmatch(pattern_part)
                if place and _ID.fullmatch(part):
                    ids[place[1]] = int(part)
                elif pattern_part != part:
                    break
            else:
                return kind(**ids, **values)
        return None
