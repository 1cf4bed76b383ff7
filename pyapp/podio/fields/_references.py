"""Fields that refer to something else: category, contact, app reference, image, file.

Read, they hold the whole of what they refer to; written, its id is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from podio.fields import _json_parts as parts
from podio.fields._error import Unfit
from podio.fields._field_type import Entry, EntryColumn, FieldType, Settings
from podio.fields._values import Contact, FileReference, ItemReference, Option

Named = tuple[int, str]
"""An id, and what its bearer is called."""


def written_id(value: object) -> int:
    """Return an id as it is written; raise `Unfit` for what is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= parts.LARGEST_ID:
        raise Unfit
    return value


def named_column(settings: Settings) -> Callable[[Named], EntryColumn]:
    """Return what a grid keeps of what has an id and a name."""

    def column(pieces: Named) -> EntryColumn:
        number, name = pieces
        label = parts.plain(name)
        return number, label, label.casefold()

    return column


def parse_named(entry: Entry, id_key: str, name_key: str) -> Named | None:
    """Parse an object by its id and name; its id alone will do."""
    value = entry.get("value")
    fields = parts.mapping(value)
    if fields:
        number = parts.identifier(fields.get(id_key))
        return None if number is None else (number, parts.text(fields.get(name_key)))
    number = parts.identifier(value)
    return None if number is None else (number, "")


def option(option_json: object) -> Option | None:
    """Read an option, as it stands in a value or in a category's settings; its id alone is one too."""
    pieces = parse_named({"value": option_json}, "id", "text")
    return None if pieces is None else _option(pieces, parts.mapping(option_json), option_json)


def _option(pieces: Named, rest: Mapping[str, Any], raw: object) -> Option:
    number, text = pieces
    return Option(
        id=number, text=text, status=parts.text(rest.get("status")), color=parts.text(rest.get("color")), raw=raw
    )


def _category(pieces: Named, entry: Entry) -> Option:
    return _option(pieces, parts.mapping(entry.get("value")), entry)


def options(settings: object) -> tuple[Option, ...]:
    """Read the options that a category's settings (``config.settings``) offer, deleted ones included. Never raises."""
    pieces = map(option, parts.sequence(parts.mapping(settings).get("options")))
    return tuple(entry for entry in pieces if entry is not None)


def _active(settings: Settings) -> list[Option]:
    return [entry for entry in options(settings) if entry.status != "deleted"]


def _category_column(settings: Settings) -> Callable[[Named], EntryColumn]:
    order = {entry.id: place for place, entry in enumerate(options(settings))}
    if not order:
        return named_column(settings)
    last = len(order)

    def column(pieces: Named) -> EntryColumn:
        number, text = pieces
        return number, parts.plain(text), order.get(number, last)

    return column


def _one_of(active: list[Option]) -> Unfit:
    if not active:
        return Unfit("nothing: the field has no options to choose")
    return Unfit("one of the options " + ", ".join(f"{entry.text!r} (id {entry.id})" for entry in active))


def _option_named(name: str, settings: Settings) -> Option:
    """Find the one active option of this text; entities in Podio's texts may be written out or not."""
    active = _active(settings)
    pieces = [entry for entry in active if name in {entry.text, parts.plain(entry.text)}]
    if len(pieces) == 1:
        return pieces[0]
    if not active:
        raise Unfit("options by Option or id; by text only where the field's settings are given")
    raise _one_of(active)


def _write_category(value: Any, settings: Settings) -> int:
    if isinstance(value, str):
        value = _option_named(value, settings)
    if isinstance(value, Mapping):
        value = value.get("id")
    return written_id(value.id if isinstance(value, Option) else value)


def _check_category(written: Any, settings: Settings) -> None:
    if not isinstance(settings.get("options"), list | tuple):
        return
    active = _active(settings)
    if written not in {entry.id for entry in active}:
        raise _one_of(active)


ContactParts = tuple[int | None, int | None, str]


def _parse_contact(entry: Entry, settings: Settings) -> ContactParts | None:
    fields = parts.mapping(entry.get("value"))
    if not fields:
        profile_id = parts.identifier(entry.get("value"))
        return None if profile_id is None else (profile_id, None, "")
    profile_id, user_id = parts.identifier(fields.get("profile_id")), parts.identifier(fields.get("user_id"))
    if profile_id is None and user_id is None:
        return None
    return profile_id, user_id, parts.text(fields.get("name"))


def _contact(pieces: ContactParts, entry: Entry) -> Contact:
    rest = parts.mapping(entry.get("value"))
    profile_id, user_id, name = pieces
    return Contact(
        profile_id=profile_id,
        user_id=user_id,
        type=parts.text(rest.get("type")),
        name=name,
        mail=parts.texts(rest.get("mail")),
        phone=parts.texts(rest.get("phone")),
        link=parts.text(rest.get("link")),
        space_id=parts.identifier(rest.get("space_id")),
        org_id=parts.identifier(rest.get("org_id")),
        external_id=parts.text(rest.get("external_id")),
        raw=entry,
    )


def _contact_parts(value: Contact) -> ContactParts:
    return value.profile_id, value.user_id, value.name


def _contact_column(settings: Settings) -> Callable[[ContactParts], EntryColumn]:
    def column(pieces: ContactParts) -> EntryColumn:
        profile_id, user_id, name = pieces
        label = parts.plain(name)
        return ("user", user_id) if profile_id is None else profile_id, label, label.casefold()

    return column


def _write_contact(value: Any, settings: Settings) -> Any:
    if isinstance(value, Mapping):
        return _written_contact_reference(value)
    if not isinstance(value, Contact):
        return written_id(value)
    if value.profile_id is not None:
        return written_id(value.profile_id)
    if value.user_id is not None:
        return {"type": "user", "id": written_id(value.user_id)}
    address = next(iter(value.mail), None)
    if not isinstance(address, str) or not address:
        raise Unfit("a Contact with a profile_id, a user_id or a mail address")
    return {"type": "mail", "id": address}


def _written_contact_reference(value: Mapping[str, Any]) -> Any:
    """Take Podio's own forms: ``{"type": "user", "id": 1}``, ``{"type": "mail", "id": "a@b.c"}``, a profile."""
    kind, number = value.get("type"), value.get("id")
    if "id" not in value:
        return written_id(value.get("profile_id"))
    if not isinstance(kind, str) or not kind:
        raise Unfit
    if isinstance(number, str) and number and kind != "user":
        return {"type": kind, "id": number}
    return {"type": kind, "id": written_id(number)}


def _item(pieces: Named, entry: Entry) -> ItemReference:
    rest = parts.mapping(entry.get("value"))
    app = parts.mapping(rest.get("app"))
    return ItemReference(
        item_id=pieces[0],
        app_item_id=parts.identifier(rest.get("app_item_id")),
        app_id=parts.identifier(app.get("app_id")),
        item_name=parts.text(app.get("item_name")) or parts.text(parts.mapping(app.get("config")).get("item_name")),
        title=pieces[1],
        link=parts.text(rest.get("link")),
        revision=parts.whole(rest.get("revision")),
        raw=entry,
    )


def _write_item(value: Any, settings: Settings) -> int:
    if isinstance(value, Mapping):
        value = value.get("item_id")
    return written_id(value.item_id if isinstance(value, ItemReference) else value)


def file_reference(file_json: object) -> FileReference | None:
    """Read a file, as it stands in an embed; its id alone is one too."""
    pieces = parse_named({"value": file_json}, "file_id", "name")
    return None if pieces is None else _file_reference(pieces, parts.mapping(file_json), file_json)


def _file_reference(pieces: Named, rest: Mapping[str, Any], raw: object) -> FileReference:
    file_id, name = pieces
    return FileReference(
        file_id=file_id,
        name=name,
        mimetype=parts.text(rest.get("mimetype")),
        size=parts.count(rest.get("size")),
        link=parts.text(rest.get("link")),
        thumbnail_link=parts.text(rest.get("thumbnail_link")),
        perma_link=parts.text(rest.get("perma_link")),
        description=parts.text(rest.get("description")),
        raw=raw,
    )


def _file(pieces: Named, entry: Entry) -> FileReference:
    return _file_reference(pieces, parts.mapping(entry.get("value")), entry)


def write_file(value: Any, settings: Settings) -> int:
    """Return a file's id, of whatever names the file; raise `Unfit` for what doesn't."""
    if isinstance(value, Mapping):
        value = value.get("file_id")
    return written_id(value.file_id if isinstance(value, FileReference) else value)


CATEGORY = FieldType(
    parse=lambda entry, settings: parse_named(entry, "id", "text"),
    value=_category,
    parts=lambda value: (value.id, value.text),
    column=_category_column,
    write=_write_category,
    check=_check_category,
    expected="options: each an Option, an option's id or, where the field's settings are known, its text",
    several=True,
    distinct=True,
)
CONTACT = FieldType(
    parse=_parse_contact,
    value=_contact,
    parts=_contact_parts,
    column=_contact_column,
    write=_write_contact,
    expected="contacts: each a Contact, a profile's id, {'type': 'user', 'id': …} or {'type': 'mail', 'id': '…'}",
    several=True,
)
APP = FieldType(
    parse=lambda entry, settings: parse_named(entry, "item_id", "title"),
    value=_item,
    parts=lambda value: (value.item_id, value.title),
    column=named_column,
    write=_write_item,
    expected="items: each an ItemReference or an item's id",
    several=True,
)
FILE = FieldType(
    parse=lambda entry, settings: parse_named(entry, "file_id", "name"),
    value=_file,
    parts=lambda value: (value.file_id, value.name),
    column=named_column,
    write=write_file,
    expected="uploaded files: each a FileReference or a file's id",
    several=True,
)
