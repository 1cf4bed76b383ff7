"""What the user can do with the mouse or a key, declared once: the views write it, the page's steps take it.

What comes back from the document is untrusted, as anything may have written there: it is read strictly by its
declaration, and what isn't declared so is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar, Generic, Self, TypeVar

from workbench.core.values import Value

_LONGEST_TEXT = 200
_NUMBER = re.compile(r"[0-9]{1,16}")
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class PodioUse(Enum):
    """What a click does at Podio: whether an expired sign-in must be renewed in the click's own turn."""

    NONE = "none"
    CALLS = "calls"
    TRIES_AGAIN = "tries-again"


class Click(Value):
    """Something that can be clicked, with the numbers and texts that it needs."""

    podio_use: ClassVar[PodioUse]
    click_name: ClassVar[str]
    """As it stands in the document: ``ToggleSpace`` is ``toggle-space``."""
    _readers: ClassVar[Mapping[str, Callable[[str], Any]]] = {}

    def __init_subclass__(cls, *, podio: PodioUse = PodioUse.CALLS) -> None:
        super().__init_subclass__()
        cls.podio_use = podio
        cls.click_name = _WORD.sub("-", cls.__name__).lower()
        cls._readers = {field: _READERS[str(cls.__annotations__[field])] for field in cls.field_names()}

    @classmethod
    def read(cls, data: Callable[[str], object]) -> Self | None:
        """Return the click that the document's data make up; None where they don't."""
        fields: dict[str, Any] = {}
        for field, reader in cls._readers.items():
            text = data(field)
            value = reader(text) if isinstance(text, str) else None
            if value is None:
                return None
            fields[field] = value
        return cls(**fields)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def _text(text: str) -> str | None:
    return text if len(text) <= _LONGEST_TEXT else None


_READERS: Mapping[str, Callable[[str], Any]] = {"int": _number, "str": _text}


ClickT = TypeVar("ClickT", bound=Click)


class Clicks(Generic[ClickT]):
    """All that can be clicked in a page."""

    def __init__(self, kinds: Iterable[type[ClickT]]) -> None:
        self._kinds = {kind.click_name: kind for kind in kinds}

    def read(self, name: str, data: Callable[[str], object]) -> ClickT | None:
        """Return a click as the document names it, with its element's data; None for any other."""
        kind = self._kinds.get(name)
        return kind.read(data) if kind else None


def on_click(click: Click) -> dict[str, str]:
    """Return the attributes of an element that a click on it means."""
    return {"data-on-click": click.click_name, **_data(click)}


def on_cancel(click: Click) -> dict[str, str]:
    """Return the attributes of a dialog that its dismissal by a key means."""
    return {"data-on-cancel": click.click_name, **_data(click)}


def on_change(kind: type[Click]) -> dict[str, str]:
    """Return the attributes of a select whose new text is the one field, ``value``, of a click."""
    return {"data-on-change": kind.click_name}


def _data(click: Click) -> dict[str, str]:
    return {f"data-{field.replace('_', '-')}": str(getattr(click, field)) for field in click.field_names()}
