"""Who made an item and who changed it last, and when: which of the places counts where Podio says it in several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from podio.fields import _json_parts as parts

_Mark = tuple[Any, Any]  # by whom, when


class Authorship(NamedTuple):
    """Who made an item and who changed it last, and when, as it came; None where Podio doesn't say."""

    created_by: Any
    created_on: Any
    last_edit_by: Any
    last_edit_on: Any


def authorship_by(*, item: _Mark, first_revision: _Mark, current_revision: _Mark, last_edit: _Mark) -> Authorship:
    """Return what counts of the marks that an item, its revisions and its last edit bear.

    Lists leave out some of them: what the item says of its making goes before its first revision, and the current
    revision before the last edit.
    """
    return Authorship(
        parts.first(item[0], first_revision[0]),
        parts.first(item[1], first_revision[1]),
        parts.first(current_revision[0], last_edit[0]),
        parts.first(current_revision[1], last_edit[1]),
    )


def authorship_of(item: Mapping[str, Any]) -> Authorship:
    """Return who made an item and who changed it last, by its JSON object."""
    first, current = parts.mapping(item.get("initial_revision")), parts.mapping(item.get("current_revision"))
    return authorship_by(
        item=(item.get("created_by"), item.get("created_on")),
        first_revision=(first.get("created_by"), first.get("created_on")),
        current_revision=(current.get("created_by"), current.get("created_on")),
        last_edit=(item.get("last_edit_by"), item.get("last_edit_on")),
    )
