"""Fields that say where somebody or something is to be pieces: location, phone, email, embed (a link)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from podio.fields import _json_parts as parts
from podio.fields import _references as references
from podio.fields._error import Unfit
from podio.fields._field_type import Entry, EntryColumn, FieldType, Settings
from podio.fields._values import Email, Embed, Location, Phone

LONGEST_PHONE = 50
LONGEST_EMAIL = 254

DEFAULT_TYPE = "work"
"""The type of a phone number or a mail address that names none, as Podio has it."""

_TEXTS = (
    "formatted",
    "street_address",
    "street_number",
    "street_name",
    "city",
    "postal_code",
    "state",
    "country",
)
_DEGREES = ("lat", "lng")
_LOCATION_KEYS = ("value", *_TEXTS, *_DEGREES)

LocationParts = tuple[Any, ...]
"""The parts of a location in the order of `_LOCATION_KEYS`."""


def _parse_location(entry: Entry, settings: Settings) -> LocationParts | None:
    values = [entry.get(key) for key in _LOCATION_KEYS]
    pieces = [*map(parts.text_or_none, values[:-2]), *map(parts.degrees, values[-2:])]
    # A part that can't be understood would be lost when the value is written back.
    if any(part is None and value is not None for part, value in zip(pieces, values, strict=True)):
        return None
    if pieces[0] is None:
        pieces[0] = pieces[1]
    return None if pieces[0] is None else tuple(pieces)


def _location(pieces: LocationParts, entry: Entry) -> Location:
    in_sync = entry.get("map_in_sync")
    return Location(
        **dict(zip(_LOCATION_KEYS, pieces, strict=True)),
        map_in_sync=in_sync if isinstance(in_sync, bool) else None,
        raw=entry,
    )


def _location_column(settings: Settings) -> Callable[[LocationParts], EntryColumn]:
    def column(pieces: LocationParts) -> EntryColumn:
        label = parts.plain(pieces[1] or pieces[0])
        return pieces[0], label, label.casefold()

    return column


def _write_location(value: Any, settings: Settings) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, Location) or not isinstance(value.value, str):
        raise Unfit
    written: dict[str, Any] = {"value": value.value}
    for names, decode in ((_TEXTS, parts.text_or_none), (_DEGREES, parts.degrees)):
        for name in names:
            part = getattr(value, name)
            if part is not None and decode(part) is None:
                raise Unfit(f"a Location whose {name} is {'a str' if names is _TEXTS else 'a number of degrees'}")
            if part is not None:
                written[name] = part
    if written.get("formatted") == value.value:
        # Podio's own repetition of the address; sent back, it would count as a change.
        del written["formatted"]
    return written


def _parse_typed(longest: int, entry: Entry) -> tuple[str, str] | None:
    value, label = entry.get("value"), entry.get("type")
    if not isinstance(value, str) or len(value) > longest or not (label is None or isinstance(label, str)):
        return None
    return value, label or ""


def _typed_column(settings: Settings) -> Callable[[tuple[str, str]], EntryColumn]:
    return lambda pieces: (pieces[0], pieces[0], pieces[0].casefold())


def _write_typed(kind: type[Phone] | type[Email], longest: int, value: Any, settings: Settings) -> dict[str, str]:
    if isinstance(value, str):
        value = kind(value=value)
    if not isinstance(value, kind) or not isinstance(value.value, str) or not isinstance(value.type, str):
        raise Unfit
    if len(value.value) > longest:
        raise Unfit(f"at most {longest} characters")
    return {"type": value.type or _default_type(settings), "value": value.value}


def _default_type(settings: Settings) -> str:
    possible = parts.texts(settings.get("possible_types"))
    return DEFAULT_TYPE if DEFAULT_TYPE in possible or not possible else possible[0]


EmbedParts = tuple[int | None, str, str]
"""Id, address, title."""


def _parse_embed(entry: Entry, settings: Settings) -> EmbedParts | None:
    embed = entry.get("embed")
    pieces = parts.mapping(embed)
    embed_id = parts.identifier(pieces.get("embed_id") if pieces else embed)
    url = parts.text(pieces.get("url")) or parts.text(entry.get("url"))
    if embed_id is None and not url:
        return None
    picture = entry.get("file")
    # A picture that can't be understood would be lost when the value is written back.
    if picture is not None and references.parse_named({"value": picture}, "file_id", "name") is None:
        return None
    return embed_id, url, parts.text(pieces.get("title"))


def _embed(pieces: EmbedParts, entry: Entry) -> Embed:
    rest = parts.mapping(entry.get("embed"))
    embed_id, url, title = pieces
    return Embed(
        embed_id=embed_id,
        url=url,
        original_url=parts.text(rest.get("original_url")),
        resolved_url=parts.text(rest.get("resolved_url")),
        title=title,
        description=parts.text(rest.get("description")),
        type=parts.text(rest.get("type")),
        hostname=parts.text(rest.get("hostname")),
        embed_html=parts.text(rest.get("embed_html")),
        embed_width=parts.whole(rest.get("embed_width")),
        embed_height=parts.whole(rest.get("embed_height")),
        file=references.file_reference(entry.get("file")),
        raw=entry,
    )


def _embed_column(settings: Settings) -> Callable[[EmbedParts], EntryColumn]:
    def column(pieces: EmbedParts) -> EntryColumn:
        embed_id, url, title = pieces
        label = parts.plain(title) or url
        return url if embed_id is None else embed_id, label, label.casefold()

    return column


def _write_embed(value: Any, settings: Settings) -> dict[str, Any]:
    if isinstance(value, str) and value:
        return {"url": value}
    if not isinstance(value, Embed):
        return {"embed": references.written_id(value)}
    if value.embed_id is not None:
        written: dict[str, Any] = {"embed": references.written_id(value.embed_id)}
    elif isinstance(value.url, str) and value.url:
        written = {"url": value.url}
    else:
        raise Unfit("an Embed with an embed_id or a url")
    return written if value.file is None else written | {"file": references.write_file(value.file, settings)}


def _check_embed(written: Any, settings: Settings) -> None:
    if "url" in written and not _is_web_address(written["url"]):
        raise Unfit("a link with its scheme and host: https://example.com/page")


def _is_web_address(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    # `urlsplit` passes over control characters, and a host may hold anything for it; Podio gets the text as it is.
    begins = url.lower().startswith(("http://", "https://"))
    return begins and bool(address.hostname) and address.netloc.isprintable() and " " not in address.netloc


LOCATION = FieldType(
    parse=_parse_location,
    value=_location,
    parts=lambda value: tuple(getattr(value, key) for key in _LOCATION_KEYS),
    column=_location_column,
    write=_write_location,
    expected="an address (str), or a Location to give its parts too",
)
PHONE = FieldType(
    parse=lambda entry, settings: _parse_typed(LONGEST_PHONE, entry),
    value=lambda pieces, entry: Phone(value=pieces[0], type=pieces[1], raw=entry),
    parts=lambda value: (value.value, value.type),
    column=_typed_column,
    write=lambda value, settings: _write_typed(Phone, LONGEST_PHONE, value, settings),
    expected="numbers: each a str, or with its type: Phone(type='work', value='…')",
    several=True,
)
EMAIL = FieldType(
    parse=lambda entry, settings: _parse_typed(LONGEST_EMAIL, entry),
    value=lambda pieces, entry: Email(value=pieces[0], type=pieces[1], raw=entry),
    parts=lambda value: (value.value, value.type),
    column=_typed_column,
    write=lambda value, settings: _write_typed(Email, LONGEST_EMAIL, value, settings),
    expected="addresses: each a str, or with its type: Email(type='work', value='…')",
    several=True,
)
EMBED = FieldType(
    parse=_parse_embed,
    value=_embed,
    parts=lambda value: (value.embed_id, value.url, value.title),
    column=_embed_column,
    write=_write_embed,
    check=_check_embed,
    expected="links: each an Embed, an embed's id or an address (str)",
    several=True,
)
