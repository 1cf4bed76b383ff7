"""Items that no request makes: the sample's, and those of a test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from podio_emulator.calculations import with_calculations
from podio_emulator.errors import invalid_value
from podio_emulator.field_types import write_values
from podio_emulator.model import App, Author, Item
from podio_emulator.store import Store


def new_item(
    store: Store,
    app: App,
    fields: Mapping[str, Any],
    *,
    author: Author,
    now: datetime,
    external_id: str | None = None,
    tags: tuple[str, ...] = (),
    file_ids: tuple[int, ...] = (),
    item_id: int | None = None,
) -> Item:
    """Add an item with values as an API caller writes them, by external id; refuse what Podio refuses."""
    for name in fields:
        if app.field_by_key(name) is None:
            raise invalid_value(name, "must be a field of the app")
    for field in app.fields:
        if field.required and field.external_id not in fields:
            raise invalid_value(None, f"the field {field.external_id} is required")
    values = {
        field.field_id: write_values(fields[field.external_id], field, store)
        for field in app.fields
        if field.external_id in fields
    }
    return store.create_item(
        app=app,
        values=with_calculations(app, values),
        author=author,
        via=1,
        now=now,
        external_id=external_id,
        tags=tags,
        file_ids=file_ids,
        item_id=item_id,
    )
