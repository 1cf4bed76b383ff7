"""What refers to something that must be looked up: contacts, items, files. Shown here, edited in Podio."""

from __future__ import annotations

from urllib.parse import quote

from podio.fields import Contact, FileReference, ItemReference
from podio.model import AppField
from workbench import rich_text, routes
from workbench.field_ui.controls import FieldUI
from workbench.field_ui.pieces import Anchor, Person, Piece, Words, readable_size
from workbench.html_tokenizer import unescape
from workbench.locales import Locale


def _contact(value: Contact, field: AppField | None, locale: Locale) -> Piece | None:
    name, mail = unescape(value.name).strip(), next(iter(value.mail), "")
    link = rich_text.safe_link(f"mailto:{quote(mail, safe='@+.-_')}") if mail else ""
    if link:
        return Person(text=name, mail=mail, href=link) if name else Anchor(text=mail, href=link)
    return Words(text=name) if name else None


def _item(value: ItemReference, field: AppField | None, locale: Locale) -> Piece:
    title = unescape(value.title).strip() or f"Item {value.item_id}"
    if not value.app_id:
        return Words(text=title)
    address = routes.fragment(routes.ItemPage(app_id=value.app_id, item_id=value.item_id))
    return Anchor(text=title, href=address, note=unescape(value.item_name).strip())


def _file(value: FileReference, field: AppField | None, locale: Locale) -> Piece:
    name = unescape(value.name).strip() or f"File {value.file_id}"
    return Words(text=f"{name} ({readable_size(value.size)})" if value.size else name)


CONTACT = FieldUI(show=_contact)
APP = FieldUI(show=_item)
FILE = FieldUI(show=_file)
