"""An item as the user sees it: what Podio holds, under the user's own changes that Podio doesn't have yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from podio.fields import FieldValue, ItemValues, Option, read_field
from podio.model import App, AppField, Item
from workbench.field_ui import plain, show
from workbench.locales import ENGLISH
from workbench.names import title_field
from workbench.outbox import Outbox, values_of

_IDS = {"contact": "profile_id", "app": "item_id", "image": "file_id", "file": "file_id", "video": "file_id"}
_SHOWN_AS_WRITTEN = {"text", "number", "money", "progress", "duration", "date", "tag", "phone", "email"}


def with_changes(item: Item, app: App | None, outbox: Outbox) -> Item:
    """Return an item with the values that the user has given its fields, once its app is read."""
    if app is None or all(change.item != item.item_id for change in outbox.changes):
        return item
    podio_values = values_of(item.fields)
    values_shown = outbox.values_shown(item.item_id, podio_values)
    changed_values = {
        key: values_shown[key]
        for key in values_shown
        if key not in podio_values or values_shown[key] != podio_values[key]
    }
    if not changed_values:
        return item
    fields = []
    for field in app.fields:
        key = next((key for key in (field.external_id, str(field.field_id)) if key in changed_values), None)
        value = item.fields.get(field.field_id) if key is None else field_value(field, changed_values[key])
        if value is not None:
            fields.append(value)
    item_values = ItemValues(fields=tuple(fields))
    return replace(item, fields=item_values, title=_title(item, app, item_values))


def _title(item: Item, app: App, item_values: ItemValues) -> str:
    """Return the title of an item under other values, where the one that it has is the text of its first text field."""
    field = title_field(app)
    if field is None:
        return item.title
    texts = [plain(show(values.get(field.field_id), field, ENGLISH)) for values in (item.fields, item_values)]
    return texts[1] if texts[0] == item.title and texts[1] else item.title


def field_value(field: AppField, json: Any) -> FieldValue | None:
    """Return what a field holds that such JSON was written into; None where it is empty.

    What only Podio knows (the name of a contact, the title of an item) is left out.
    """
    entries = [] if json in (None, "") else json if isinstance(json, list) else [json]
    if not entries:
        return None
    template = field.raw if isinstance(field.raw, Mapping) else {}
    return read_field({**template, "values": [_entry(field, entry) for entry in entries]})


def is_known(field: AppField, written: Any) -> bool:
    """Whether what a field shows that such JSON was written into is known without Podio."""
    value = field_value(field, written)
    if value is None:
        return True
    if field.type == "category":
        ids = {option.id for option in field.options}
        return all(option.id in ids for option in value.of(Option))
    return field.type in _SHOWN_AS_WRITTEN


def new_item(app: App, written: Mapping[str, Any]) -> Item:
    """Return an item of an app that holds what is written into its fields, as far as that is known without Podio."""
    values = [
        field_value(field, written.get(field.external_id, written.get(str(field.field_id)))) for field in app.fields
    ]
    item = Item(item_id=0, app_id=app.app_id)
    fields = ItemValues(fields=tuple(value for value in values if value is not None))
    return replace(item, fields=fields, title=_title(item, app, fields))


def _entry(field: AppField, json: Any) -> Any:
    """Return one value in the form that Podio's responses have."""
    if field.type == "category":
        option = next((option for option in field.options if option.id == json), None)
        return {"value": _option(option) if option else {"id": json, "text": "…"}}
    if field.type in _IDS and isinstance(json, int):
        return {"value": {_IDS[field.type]: json}}
    if field.type == "embed" and isinstance(json, Mapping) and "url" in json:
        return {"embed": {"url": json["url"]}}
    return json if isinstance(json, Mapping) else {"value": json}


def _option(option: Option) -> dict[str, Any]:
    return {"id": option.id, "text": option.text, "status": option.status, "color": option.color}
