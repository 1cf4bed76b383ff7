"""Where somebody or something is: locations, phone numbers, mail addresses, links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from podio.fields import Email, Embed, Location, Phone
from podio.model import AppField
from workbench import rich_text
from workbench.field_ui.controls import Complaint, Control, FieldUI, Parts, Reading, main_control, part_control
from workbench.field_ui.pieces import Anchor, Piece, Words
from workbench.html_tokenizer import unescape
from workbench.locales import Locale

_PHONES, _EMAILS = ("work", "mobile", "home", "other"), ("work", "home", "other")
_EMAIL = re.compile(r"[^@\s]++@[^@\s]++")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)


def _show_location(value: Location, field: AppField | None, locale: Locale) -> Piece | None:
    address = unescape(value.formatted or value.value).strip()
    if not address:
        return None
    return Anchor(
        text=address, href=f"https://www.openstreetmap.org/search?query={quote(address, safe='')}", note="map"
    )


def _edit_location(field: AppField, values: tuple[Location, ...], locale: Locale) -> tuple[Control, ...]:
    address = unescape(values[0].value) if values else ""
    return (main_control(field, address, kind="lines" if "\n" in address else "line", hint="Street, town, country"),)


def _read_location(texts: Parts, field: AppField, values: tuple[Location, ...], locale: Locale) -> Reading:
    # Another address is another place: what Podio found out about the one before goes.
    return Reading(value=texts[""])


def _show_phone(value: Phone, field: AppField | None, locale: Locale) -> Piece | None:
    number = value.value.strip()
    digits = "".join(sign for sign in number if sign in "+0123456789")
    if not number:
        return None
    return Anchor(text=number, href=f"tel:{digits}", note=_type_text(value.type)) if digits else Words(text=number)


def _show_email(value: Email, field: AppField | None, locale: Locale) -> Piece | None:
    address = value.value.strip()
    if not address:
        return None
    return Anchor(text=address, href=f"mailto:{quote(address, safe='@+.-_')}", note=_type_text(value.type))


def _type_text(name: str) -> str:
    """Write the type of a phone number or a mail address: ``work fax``."""
    return name.replace("_", " ")


def _typed_controls(
    types: tuple[str, ...], mode: str
) -> Callable[[AppField, tuple[Phone | Email, ...], Locale], tuple[Control, ...]]:
    def edit(field: AppField, values: tuple[Phone | Email, ...], locale: Locale) -> tuple[Control, ...]:
        type_names = tuple(dict.fromkeys((*field.value_types, *types)))
        type_name = (values[0].type if values else "") or type_names[0]
        choices = tuple((entry, _type_text(entry)) for entry in dict.fromkeys((*type_names, type_name)))
        choice = replace(part_control(field, "type", type_name, kind="choice", words="kind"), choices=choices)
        return main_control(field, values[0].value if values else "", mode=mode), choice

    return edit


def _read_phone(texts: Parts, field: AppField, values: tuple[Phone, ...], locale: Locale) -> Reading:
    return Reading(value=Phone(value=texts[""], type=texts["type"]))


def _read_email(texts: Parts, field: AppField, values: tuple[Email, ...], locale: Locale) -> Reading:
    if not _EMAIL.fullmatch(texts[""]):
        raise Complaint("Enter an e-mail address, such as ada@example.com.")
    return Reading(value=Email(value=texts[""], type=texts["type"]))


def _link(value: Embed) -> str:
    addresses = (value.original_url, value.resolved_url, value.url)
    return next(filter(None, map(rich_text.safe_link, addresses)), "")


def _show_embed(value: Embed, field: AppField | None, locale: Locale) -> Piece | None:
    address = _link(value)
    title = unescape(value.title).strip() or address
    if not title:
        return None
    return Anchor(text=title, href=address, note=value.hostname) if address else Words(text=title)


def _edit_embeds(field: AppField, values: tuple[Embed, ...], locale: Locale) -> tuple[Control, ...]:
    links = [_link(value) for value in values]
    # What is not known by its address can't stand in a line.
    if len(set(links)) < len(links) or not all(map(_WEB_ADDRESS.fullmatch, links)):
        return ()
    return (main_control(field, "\n".join(links), kind="lines", hint="A web address on each line"),)


def _read_embeds(texts: Parts, field: AppField, values: tuple[Embed, ...], locale: Locale) -> Reading:
    values_by_link = {_link(value): value for value in values}
    links = dict.fromkeys(line.strip() for line in texts[""].split("\n") if line.strip())
    if bad_link := next((link for link in links if not _WEB_ADDRESS.fullmatch(link)), ""):
        raise Complaint(f"Enter a web address such as https://example.com/page in place of “{bad_link[:60]}”.")
    # A link that was there stays with its picture and title.
    return Reading(value=tuple(values_by_link.get(link, link) for link in links))


LOCATION = FieldUI(
    show=_show_location,
    edit=_edit_location,
    read=_read_location,
    icon="M8 14.5C11 11 12.5 8.5 12.5 6.5a4.5 4.5 0 0 0-9 0c0 2 1.5 4.5 4.5 8M8 6.5h.01",
)
PHONE = FieldUI(
    show=_show_phone,
    edit=_typed_controls(_PHONES, "tel"),
    read=_read_phone,
    icon="M3 2h3l1 4-2 1c1 2 2 3 4 4l1-2 4 1v3c-6 1-12-5-11-11",
)
EMAIL = FieldUI(
    show=_show_email, edit=_typed_controls(_EMAILS, "email"), read=_read_email, icon="M2 3.5h12v9H2zM2 4l6 4.5L14 4"
)
EMBED = FieldUI(
    show=_show_embed,
    edit=_edit_embeds,
    read=_read_embeds,
    several=True,
    icon="M6 10l4-4M7 5l2-2a2.8 2.8 0 0 1 4 4l-2 2M9 11l-2 2a2.8 2.8 0 0 1-4-4l2-2",
)
