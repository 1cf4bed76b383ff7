"""What things are called, also where Podio gives them no name: a link without a text leads nobody anywhere."""

from __future__ import annotations

from podio.fields import FieldValue
from podio.model import App, AppField, File, Item, Organization, Space, User
from workbench.html_tokenizer import unescape


def name_of(model: User | Organization | Space | App | AppField | FieldValue | Item | File) -> str:
    """Return the name of a thing of Podio's; one that says what it is where it has none."""
    match model:
        case User():
            return model.name or model.mail or f"User {model.user_id}"
        case Organization():
            return model.name or f"Organization {model.org_id}"
        case Space():
            return model.name or f"Workspace {model.space_id}"
        case App():
            return model.name or f"App {model.app_id}"
        case AppField():
            return model.label or f"Field {model.field_id}"
        case FieldValue():
            return unescape(model.label).strip() or f"Field {model.field_id}"
        case Item():
            return model.title or f"Item {model.app_item_id or model.item_id} (no title)"
        case File():
            return model.name or f"File {model.file_id}"


def title_field(app: App | None) -> AppField | None:
    """Return the field whose text Podio makes an item's title of: the first text."""
    return next((field for field in (app.visible_fields if app else ()) if field.type == "text"), None)


def item_name(app: App) -> str:
    """Return what an app calls one of its items."""
    return app.item_name or "Item"
