"""What msgspec makes of a page of items. Imported where it is needed alone: msgspec is compiled, and may be missing."""

from __future__ import annotations

from typing import Any

import msgspec

from podio.model._authorship import authorship_by
from podio.model._item_columns import ItemParts, PageParts


class _Author(msgspec.Struct, gc=False):
    name: str | None = None


class _Revision(msgspec.Struct, gc=False):
    revision: int | None = None
    created_by: _Author | None = None
    created_on: str | None = None


class _Field(msgspec.Struct, gc=False):
    field_id: int | None = None
    values: Any = None


class _Item(msgspec.Struct, gc=False):
    item_id: int | None = None
    app_item_id: int | None = None
    external_id: str | None = None
    title: str | None = None
    link: str | None = None
    revision: int | None = None
    initial_revision: _Revision | None = None
    current_revision: _Revision | None = None
    rights: list[str] | None = None
    tags: list[str] | None = None
    comment_count: int | None = None
    comments: list[Any] | None = None
    created_by: _Author | None = None
    created_on: str | None = None
    last_edit_by: _Author | None = None
    last_edit_on: str | None = None
    fields: list[_Field] | None = None


class _Page(msgspec.Struct, gc=False):
    total: int | None = None
    filtered: int | None = None
    items: list[_Item] | None = None


_DECODER = msgspec.json.Decoder(_Page)
_NO_REVISION, _NOBODY = _Revision(), _Author()


def decode(content: bytes) -> PageParts | None:
    """Decode a page of items; None where msgspec refuses it."""
    try:
        page = _DECODER.decode(content)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return PageParts(page.total, page.filtered, map(_item, page.items or ()))


def _item(item: _Item) -> ItemParts:
    first, current = item.initial_revision or _NO_REVISION, item.current_revision or _NO_REVISION
    authorship = authorship_by(
        item=(item.created_by, item.created_on),
        first_revision=(first.created_by, first.created_on),
        current_revision=(current.created_by, current.created_on),
        last_edit=(item.last_edit_by, item.last_edit_on),
    )
    return ItemParts(
        item.item_id,
        item.app_item_id,
        item.external_id,
        item.title,
        item.link,
        item.revision,
        current.revision,
        item.rights,
        item.tags,
        item.comment_count,
        item.comments,
        (authorship.created_by or _NOBODY).name,
        authorship.created_on,
        (authorship.last_edit_by or _NOBODY).name,
        authorship.last_edit_on,
        [(field.field_id, field.values) for field in item.fields or ()],
    )
