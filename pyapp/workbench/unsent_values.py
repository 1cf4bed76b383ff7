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
    held = values_of(item.fields)
    seen = outbox.seen(item.item_id, held)
    changed = {key: seen[key] for key in seen if key not in held or seen[key] != held[key]}
    if not changed:
        return item
    fields = []
    for field in app.fields:
        key = next((key for key in (field.external_id, str(field.field_id)) if key in changed), None)
        value = item.fields.get(field.field_id) if key is None else shown(field, changed[key])
        if value is not None:
            fields.append(value)
    after = ItemValues(fields=tuple(fields))
    return replace(item, fields=after, title=_title(item, app, after))


def _title(item: Item, app: App, after: ItemValues) -> str:
    """Return the title of an item under other values, where the one that it has is the text of its first text field."""
    field = title_field(app)
    if field is None:
        return item.title
    texts = [plain(show(values.get(field.field_id), field, ENGLISH)) for values in (item.fields, after)]
    return texts[1] if texts[0] == item.title and texts[1] else item.title


def shown(field: AppField, written: Any) -> FieldValue | None:
    """Return what a field holds that such JSON was written into; None where it is empty.

    What only Podio knows (the name of a contact, the title of an item) is left out.
    """
    entries = [] if written in (None, "") else written if isinstance(written, list) else [written]
    if not entries:
        return None
    template = field.raw if isinstance(field.raw, Mapping) else {}
    return read_field({**template, "values": [_entry(field, entry) for entry in entries]})


def is_known(field: AppField, written: Any) -> bool:
    """Whether what a field shows that such JSON was written into is known without Podio."""
    value = shown(field, written)
    if value is None:
        return True
    if field.type == "category":
        ids = {option.id for option in field.options}
        return all(option.id in ids for option in value.of(Option))
    return field.type in _SHOWN_AS_WRITTEN


def new_item(app: App, written: Mapping[str, Any]) -> Item:
    """Return an item of an app that holds what is written into its fields, as far as that is known without Podio."""
    values = [shown(field, written.get(field.external_id, written.get(str(field.field_id)))) for field in app.fields]
    item = Item(item_id=0, app_id=app.app_id)
    fields = ItemValues(fields=tuple(value for value in values if value is not None))
    return replace(item, fields=fields, title=_title(item, app, fields))


def _entry(field: AppField, written: Any) -> Any:
    """Return one value in the form in which Podio answers it."""
    if field.type == "category":
        option = next((option for option in field.options if option.id == written), None)
        return {"value": _option(option) if option else {"id": written, "text": "…"}}
    if field.type in _IDS and isinstance(written, int):
        return {"value": {_IDS[field.type]: written}}
    if field.type == "embed" and isinstance(written, Mapping) and "url" in written:
        return {"embed": {"url": written["url"]}}
    return written if isinstance(written, Mapping) else {"value": written}


def _option(option: Option) -> dict[str, Any]:
    return {"id": option.id, "text": option.text, "status": option.status, "color": option.color}
