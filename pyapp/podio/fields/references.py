"""Fields that refer to something else: category, contact, app reference, image, file, embed. Performs no I/O.

Read, they hold the whole of what they refer to; written, its id is enough.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from podio.fields import json_parts as parts
from podio.fields.error import Unfit
from podio.fields.field_type import Entry, FieldType, Settings
from podio.fields.values import Contact, Embed, FileReference, ItemReference, Option


def _written_id(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given <= parts.LARGEST_ID:
        raise Unfit
    return given


def option(given: object, raw: object = None) -> Option | None:
    """Read an option, as it stands in a value or in a category's settings; its id alone is one too."""
    said = parts.mapping(given)
    number = parts.identifier(said.get("id") if said else given)
    if number is None:
        return None
    return Option(
        id=number,
        text=parts.text(said.get("text")),
        status=parts.text(said.get("status")),
        color=parts.text(said.get("color")),
        raw=given if raw is None else raw,
    )


def _read_category(entry: Entry, settings: Settings) -> Option | None:
    return option(entry.get("value"), entry)


def options(settings: object) -> tuple[Option, ...]:
    """Read the options that a category's settings (``config.settings``) offer, deleted ones included. Never raises."""
    given = parts.mapping(settings).get("options")
    found = (option(each) for each in given) if isinstance(given, list | tuple) else ()
    return tuple(each for each in found if each is not None)


def _option_named(name: str, settings: Settings) -> Option:
    """Find the one active option of this text; entities in Podio's texts may be written out or not."""
    offered = [each for each in options(settings) if each.status != "deleted"]
    found = [each for each in offered if name in {each.text, html.unescape(each.text)}]
    if len(found) == 1:
        return found[0]
    if not offered:
        raise Unfit("options by Option or id; by text only where the field's settings are given")
    raise Unfit("one of the options " + ", ".join(f"{each.text!r} (id {each.id})" for each in offered))


def _write_category(value: Any, settings: Settings) -> int:
    if isinstance(value, str):
        value = _option_named(value, settings)
    if isinstance(value, Mapping):
        value = value.get("id")
    return _written_id(value.id if isinstance(value, Option) else value)


def _read_contact(entry: Entry, settings: Settings) -> Contact | None:
    said = parts.mapping(entry.get("value"))
    profile_id = parts.identifier(said.get("profile_id") if said else entry.get("value"))
    user_id = parts.identifier(said.get("user_id"))
    if profile_id is None and user_id is None:
        return None
    return Contact(
        profile_id=profile_id,
        user_id=user_id,
        type=parts.text(said.get("type")),
        name=parts.text(said.get("name")),
        mail=parts.texts(said.get("mail")),
        phone=parts.texts(said.get("phone")),
        link=parts.text(said.get("link")),
        space_id=parts.identifier(said.get("space_id")),
        org_id=parts.identifier(said.get("org_id")),
        external_id=parts.text(said.get("external_id")),
        raw=entry,
    )


def _write_contact(value: Any, settings: Settings) -> Any:
    if isinstance(value, Mapping):
        return _written_contact_reference(value)
    if not isinstance(value, Contact):
        return _written_id(value)
    if value.profile_id is not None:
        return _written_id(value.profile_id)
    if value.user_id is not None:
        return {"type": "user", "id": _written_id(value.user_id)}
    address = next(iter(value.mail), None)
    if not isinstance(address, str) or not address:
        raise Unfit("a Contact with a profile_id, a user_id or a mail address")
    return {"type": "mail", "id": address}


def _written_contact_reference(value: Mapping[str, Any]) -> Any:
    """Take Podio's own forms: ``{"type": "user", "id": 1}``, ``{"type": "mail", "id": "a@b.c"}``, a profile."""
    kind, number = value.get("type"), value.get("id")
    if "id" not in value:
        return _written_id(value.get("profile_id"))
    if not isinstance(kind, str) or not kind:
        raise Unfit
    if isinstance(number, str) and number and kind != "user":
        return {"type": kind, "id": number}
    return {"type": kind, "id": _written_id(number)}


def _read_item(entry: Entry, settings: Settings) -> ItemReference | None:
    said = parts.mapping(entry.get("value"))
    item_id = parts.identifier(said.get("item_id") if said else entry.get("value"))
    if item_id is None:
        return None
    return ItemReference(
        item_id=item_id,
        app_item_id=parts.identifier(said.get("app_item_id")),
        app_id=parts.identifier(parts.mapping(said.get("app")).get("app_id")),
        title=parts.text(said.get("title")),
        link=parts.text(said.get("link")),
        revision=parts.whole(said.get("revision")),
        raw=entry,
    )


def _write_item(value: Any, settings: Settings) -> int:
    if isinstance(value, Mapping):
        value = value.get("item_id")
    return _written_id(value.item_id if isinstance(value, ItemReference) else value)


def file_reference(given: object, raw: object = None) -> FileReference | None:
    """Read a file, as it stands in a value, in an embed or among an item's files; its id alone is one too."""
    said = parts.mapping(given)
    file_id = parts.identifier(said.get("file_id") if said else given)
    if file_id is None:
        return None
    return FileReference(
        file_id=file_id,
        name=parts.text(said.get("name")),
        mimetype=parts.text(said.get("mimetype")),
        size=parts.whole(said.get("size")),
        link=parts.text(said.get("link")),
        thumbnail_link=parts.text(said.get("thumbnail_link")),
        perma_link=parts.text(said.get("perma_link")),
        description=parts.text(said.get("description")),
        raw=given if raw is None else raw,
    )


def _read_file(entry: Entry, settings: Settings) -> FileReference | None:
    return file_reference(entry.get("value"), entry)


def _write_file(value: Any, settings: Settings) -> int:
    if isinstance(value, Mapping):
        value = value.get("file_id")
    return _written_id(value.file_id if isinstance(value, FileReference) else value)


def _read_embed(entry: Entry, settings: Settings) -> Embed | None:
    said = parts.mapping(entry.get("embed"))
    embed_id = parts.identifier(said.get("embed_id") if said else entry.get("embed"))
    url = parts.text(said.get("url")) or parts.text(entry.get("url"))
    picture = file_reference(entry.get("file"))
    # A picture that can't be understood would be lost when the value is written back.
    if (embed_id is None and not url) or (picture is None and entry.get("file") is not None):
        return None
    return Embed(
        embed_id=embed_id,
        url=url,
        original_url=parts.text(said.get("original_url")),
        resolved_url=parts.text(said.get("resolved_url")),
        title=parts.text(said.get("title")),
        description=parts.text(said.get("description")),
        type=parts.text(said.get("type")),
        hostname=parts.text(said.get("hostname")),
        embed_html=parts.text(said.get("embed_html")),
        embed_width=parts.whole(said.get("embed_width")),
        embed_height=parts.whole(said.get("embed_height")),
        file=picture,
        raw=entry,
    )


def _write_embed(value: Any, settings: Settings) -> dict[str, Any]:
    if isinstance(value, str) and value:
        return {"url": value}
    if not isinstance(value, Embed):
        return {"embed": _written_id(value)}
    if value.embed_id is not None:
        written: dict[str, Any] = {"embed": _written_id(value.embed_id)}
    elif isinstance(value.url, str) and value.url:
        written = {"url": value.url}
    else:
        raise Unfit("an Embed with an embed_id or a url")
    return written if value.file is None else written | {"file": _write_file(value.file, settings)}


CATEGORY = FieldType(
    read=_read_category,
    write=_write_category,
    wanted="options: each an Option, an option's id or, where the field's settings are known, its text",
    several=True,
)
CONTACT = FieldType(
    read=_read_contact,
    write=_write_contact,
    wanted="people: each a Contact, a profile's id, {'type': 'user', 'id': …} or {'type': 'mail', 'id': '…'}",
    several=True,
)
APP = FieldType(read=_read_item, write=_write_item, wanted="items: each an ItemReference or an item's id", several=True)
FILE = FieldType(
    read=_read_file,
    write=_write_file,
    wanted="uploaded files: each a FileReference or a file's id",
    several=True,
)
EMBED = FieldType(
    read=_read_embed, write=_write_embed, wanted="links: each an Embed, an embed's id or an address (str)", several=True
)
