"""A large answer of items as columns: what a grid of thousands of items keeps, without an object for each.

msgspec decodes such an answer several times faster than `json`, because it makes only what is named here. It isn't
needed: where it isn't installed, or refuses an answer (half an emoji, NaN, null for a text, "1" for a number), `json`
reads the whole answer, and what comes of it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from podio.fields import EMPTY_CELL, Cell
from podio.fields import _json_parts as parts
from podio.json_text import check_nesting, parse_json
from podio.model._apps import AppField
from podio.model._authorship import authorship_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemColumns:
    """Items in columns: each attribute but the counts has an entry for each item, in the order of the answer.

    Attributes:
        item_ids: Their ids.
        app_item_ids: Their numbers within the app.
        external_ids: Their names for programs.
        titles: Their titles, as plain text.
        revisions: The numbers of their current revisions.
        links: The addresses of their pages at Podio.
        rights: What the user may do with them; empty where Podio doesn't say.
        tags: Their tags.
        comment_counts: How many comments they have.
        created_by: What those who made them are called.
        created_on: When (UTC).
        last_edit_by: What those who changed them last are called.
        last_edit_on: When (UTC).
        cells: What a grid keeps of a field (`podio.fields.Cell`), by field id.
        total: How many items the app has; None where Podio doesn't say.
        filtered: How many of them pass the filter; None where Podio doesn't say.
    """

    item_ids: Sequence[int]
    app_item_ids: Sequence[int | None]
    external_ids: Sequence[str]
    titles: Sequence[str]
    revisions: Sequence[int | None]
    links: Sequence[str]
    rights: Sequence[tuple[str, ...]]
    tags: Sequence[tuple[str, ...]]
    comment_counts: Sequence[int]
    created_by: Sequence[str]
    created_on: Sequence[datetime | None]
    last_edit_by: Sequence[str]
    last_edit_on: Sequence[datetime | None]
    cells: Mapping[int, Sequence[Cell]]
    total: int | None = None
    filtered: int | None = None


class ItemParts(NamedTuple):
    """The parts of an item that are used, as they came: from `json`, or from msgspec, which has checked some types."""

    item_id: Any
    app_item_id: Any
    external_id: Any
    title: Any
    link: Any
    revision: Any
    current_revision: Any
    rights: Any
    tags: Any
    comment_count: Any
    comments: Any
    creator: Any
    created_on: Any
    editor: Any
    edited_on: Any
    fields: Iterable[tuple[Any, Any]]


class PageParts(NamedTuple):
    """The parts of a page that are used."""

    total: Any
    filtered: Any
    items: Iterable[ItemParts]


def read_item_columns(content: bytes, fields: Iterable[AppField]) -> ItemColumns:
    """Decode a page of items into columns.

    Args:
        content: What ``POST /item/app/{app_id}/filter/`` answers, as it came.
        fields: The fields to make cells of, of the app that the items are in.

    Raises:
        ValueError: when the content is no JSON, or nested too deeply.
    """
    page = _decoded_by_msgspec(content) or _decoded_by_json(content)
    return _columns(page, fields)


def _decoded_by_msgspec(content: bytes) -> PageParts | None:
    """Decode the content; None where msgspec isn't installed or refuses it."""
    try:
        from podio.model import _typed_items
    except ImportError:
        return None
    check_nesting(content)
    return _typed_items.decode(content)


def _decoded_by_json(content: bytes) -> PageParts:
    page = parts.mapping(parse_json(content))
    return PageParts(page.get("total"), page.get("filtered"), _items(page.get("items")))


def _items(items: object) -> Iterator[ItemParts]:
    for item in parts.sequence(items):
        if not isinstance(item, Mapping):
            continue
        authorship = authorship_of(item)
        yield ItemParts(
            item.get("item_id"),
            item.get("app_item_id"),
            item.get("external_id"),
            item.get("title"),
            item.get("link"),
            item.get("revision"),
            parts.mapping(item.get("current_revision")).get("revision"),
            item.get("rights"),
            item.get("tags"),
            item.get("comment_count"),
            item.get("comments"),
            parts.mapping(authorship.created_by).get("name"),
            authorship.created_on,
            parts.mapping(authorship.last_edit_by).get("name"),
            authorship.last_edit_on,
            [
                (parts.identifier(field.get("field_id")), field.get("values"))
                for field in parts.sequence(item.get("fields"))
                if isinstance(field, Mapping)
            ],
        )


def _columns(page: PageParts, fields: Iterable[AppField]) -> ItemColumns:
    readers = {field.field_id: field.cell_reader() for field in fields}
    cells: dict[int, list[Cell]] = {field_id: [] for field_id in readers}
    rows: list[tuple[Any, ...]] = []
    for item in page.items:
        item_id = parts.identifier(item.item_id)
        if item_id is None:
            continue
        rows.append((item_id, *_row(item)))
        data: dict[int, Cell] = {}
        for field_id, values in item.fields:
            # Of a field that is there twice the first counts, as elsewhere.
            if field_id in readers and field_id not in data:
                data[field_id] = readers[field_id](values)
        for field_id, column in cells.items():
            column.append(data.get(field_id, EMPTY_CELL))
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in range(_WIDTH))
    return ItemColumns(
        **dict(zip(_COLUMNS, columns, strict=True)),
        cells=cells,
        total=parts.count(page.total),
        filtered=parts.count(page.filtered),
    )


def _row(item: ItemParts) -> tuple[Any, ...]:
    """Return the columns of an item but its id, in the order of `_COLUMNS`: as `Item.from_json` decodes them."""
    comments = [comment for comment in parts.sequence(item.comments) if _is_comment(comment)]
    return (
        parts.identifier(item.app_item_id),
        parts.text(item.external_id),
        parts.name(item.title),
        parts.largest_count(item.revision, item.current_revision),
        parts.text(item.link),
        parts.texts(item.rights),
        parts.names(item.tags),
        parts.count(item.comment_count) or len(comments),
        parts.name(item.creator),
        parts.utc_moment(item.created_on),
        parts.name(item.editor),
        parts.utc_moment(item.edited_on),
    )


def _is_comment(comment: object) -> bool:
    return parts.identifier(parts.mapping(comment).get("comment_id")) is not None


_COLUMNS = (
    "item_ids",
    "app_item_ids",
    "external_ids",
    "titles",
    "revisions",
    "links",
    "rights",
    "tags",
    "comment_counts",
    "created_by",
    "created_on",
    "last_edit_by",
    "last_edit_on",
)
_WIDTH = len(_COLUMNS)
