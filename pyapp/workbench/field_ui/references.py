"""What refers to something that must be looked up: contacts, items, files. Shown here, edited in Podio."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from podio.fields import Contact, FileReference, ItemReference
from podio.model import AppField
from workbench import rich_text, routes
from workbench.field_ui.controls import FieldUI
from workbench.field_ui.pieces import Anchor, Piece, Profile, Words, readable_size
from workbench.html_tokenizer import unescape
from workbench.locales import Locale


def _contact(value: Contact, field: AppField | None, locale: Locale) -> Piece | None:
    name, mail = unescape(value.name).strip(), next(iter(value.mail), "")
    link = rich_text.safe_link(f"mailto:{quote(mail, safe='@+.-_')}") if mail else ""
    if link:
        return Profile(text=name, mail=mail, href=link) if name else Anchor(text=mail, href=link)
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


CONTACT = FieldUI(show=_contact, icon="M8 2a3 3 0 1 0 .01 0M2.5 14c1-6 10-6 11 0")
APP = FieldUI(show=_item, icon="M3 2.5h10v11H3zM5.5 8h5M8.5 6l2 2-2 2")
FILE = FieldUI(show=_file, icon="M4 2h5l3 3v9H4zM9 2v3h3")
IMAGE = replace(FILE, icon="M2.5 3h11v10h-11zM2.5 11 6 7.5l3 3L10.5 9l3 3M10 6h.01")
VIDEO = replace(FILE, icon="M2 4h8v8H2zM10 7.5 14 5.5v5L10 8.5")
