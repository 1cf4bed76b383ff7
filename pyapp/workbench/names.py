"""What things are called, also where Podio gives them no name: a link without a text leads nobody anywhere."""

from __future__ import annotations

from podio.fields import FieldValue
from podio.model import App, AppField, File, Item, Organization, Space, User
from workbench.html_tokenizer import unescape


def name_of(thing: User | Organization | Space | App | AppField | FieldValue | Item | File) -> str:
    """Return the name of a thing of Podio's; one that says what it is where it has none."""
    match thing:
        case User():
            return thing.name or thing.mail or f"User {thing.user_id}"
        case Organization():
            return thing.name or f"Organization {thing.org_id}"
        case Space():
            return thing.name or f"Workspace {thing.space_id}"
        case App():
            return thing.name or f"App {thing.app_id}"
        case AppField():
            return thing.label or f"Field {thing.field_id}"
        case FieldValue():
            return unescape(thing.label).strip() or f"Field {thing.field_id}"
        case Item():
            return thing.title or f"Item {thing.app_item_id or thing.item_id} (no title)"
        case File():
            return thing.name or f"File {thing.file_id}"


def title_field(app: App | None) -> AppField | None:
    """Return the field whose text Podio makes an item's title of: the first text."""
    return next((field for field in (app.visible_fields if app else ()) if field.type == "text"), None)


def item_name(app: App) -> str:
    """Return what an app calls one of its items."""
    return app.item_name or "Item"
