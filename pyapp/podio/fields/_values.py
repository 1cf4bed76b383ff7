"""The values that Podio's fields hold, as Python sees them.

Where Python has a type of its own, that is used: `decimal.Decimal` for numbers and numeric calculations, `int` for
progress (per cent), `datetime.timedelta` for durations, `str` for tags. The others are the dataclasses below. Each of
them keeps the JSON that it was read from as ``raw``, with all keys that this module doesn't know; ``raw`` counts
neither for equality nor for ``repr``. Names and texts are as Podio sends them, HTML entities (``&amp;``) included.

Source: "Item field values" of https://developers.podio.com/doc/items and captured answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from podio.fields import _json_parts as parts

_NAMES = ("text", "title", "name", "formatted", "value", "street_address", "city")
_QUALIFIERS = ("type", "currency", "format")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValue:
    """A value that was not understood: of a type that this module doesn't know, or of an unexpected shape.

    Written, it is sent as it came; one that holds nothing (``{"value": null}``, a deleted item) is left out.

    Attributes:
        raw: The JSON, of any shape.
    """

    raw: Any

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What there is to read in it: a text, a number, or the name of an object; empty where there is nothing."""
        raw = self.raw
        for _ in range(2):
            if isinstance(raw, Mapping):
                values = (raw.get(key) for key in ("value", "embed", "start", *_NAMES))
                raw = next((value for value in values if value is not None), None)
        if isinstance(raw, str):
            return parts.text_of_html(raw)
        number = None if isinstance(raw, bool) else parts.decimal(raw)
        return "" if number is None else f"{number:f}"

    @property
    def is_empty(self) -> bool:
        """Whether it is what Podio's JSON has in the place of what was deleted: ``{"value": null}``."""
        if not isinstance(self.raw, Mapping):
            return self.raw is None
        contents = self.raw.items()
        return bool(contents) and all(content is None or key in _QUALIFIERS for key, content in contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromJSON:
    """A value that may have been read from JSON.

    Attributes:
        raw: The JSON that it was read from, whole; ``{}`` for a value made in Python. Never written.
    """

    raw: Any = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        """Return it as a user reads it, as a grid shows it (`podio.fields.Cell`)."""
        from podio.fields._columns import text_of  # which needs this module

        return text_of(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(FromJSON):
    """A text, or the text that a calculation gives.

    Attributes:
        value: The text; HTML in most large fields, as only the field's settings say.
        format: ``plain``, ``markdown`` or ``html`` where this value says so itself, else None: the field's own.
    """

    value: str
    format: str | None = None

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(FromJSON):
    """An amount in a currency.

    Attributes:
        amount: The amount; Podio keeps four decimals.
        currency: The currency's code, such as ``EUR``.
    """

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(FromJSON):
    """One option of a category (or of a question, its forerunner). To write one, its ``id`` is enough.

    Attributes:
        id: The option's id, unique within its field only.
        text: What the option is called.
        status: ``active`` or ``deleted``; empty where unknown.
        color: Six hexadecimal digits, empty where unknown.
    """

    id: int
    text: str = ""
    status: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue(FromJSON):
    """A date, a moment, or a span of either.

    The kind of value says whether there is a time: a `datetime` has one, a plain `date` is a whole day.

    Attributes:
        start: As the user entered it: a `date`, or a naive `datetime` in the user's own, unnamed time zone. An
            aware `datetime` where only UTC is known, or to write a moment of which the time zone is known.
        end: The same for the end; None where there is none.
        start_utc: The moment of ``start`` in UTC, as Podio worked it out (aware); None for whole days, and where Podio
            didn't say. Never written: to write it, make it the ``start`` of a new value.
        end_utc: The same for the end.
    """

    start: date
    end: date | None = None
    start_utc: datetime | None = None
    end_utc: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(FromJSON):
    """A user of Podio, or a contact of a workspace.

    To write one, the first of these that is there is used: ``profile_id``, ``user_id``, the first ``mail``.

    Attributes:
        profile_id: The id of the profile.
        user_id: The id of the user; None for contacts that are no users.
        type: ``user``, ``space`` or ``connection``; empty where unknown.
        name: What they are called.
        mail: Their mail addresses.
        phone: Their telephone numbers.
        link: The address of their page at Podio.
        space_id: The workspace that the contact belongs to, or None.
        org_id: The organization that the contact belongs to, or None.
        external_id: The id that another system gave the contact.
    """

    profile_id: int | None = None
    user_id: int | None = None
    type: str = ""
    name: str = ""
    mail: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    link: str = ""
    space_id: int | None = None
    org_id: int | None = None
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReference(FromJSON):
    """Another item, held by an app reference (relationship). To write one, its ``item_id`` is enough.

    Attributes:
        item_id: The item's id.
        app_item_id: The item's number within its app.
        app_id: The app that the item is in.
        item_name: What that app calls one of its items.
        title: The item's title.
        link: The address of its page at Podio.
        revision: The item's revision when it was read.
    """

    item_id: int
    app_item_id: int | None = None
    app_id: int | None = None
    item_name: str = ""
    title: str = ""
    link: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReference(FromJSON):
    """A file or an image. To write one, the ``file_id`` of an uploaded file is enough.

    Attributes:
        file_id: The file's id.
        name: The file's name.
        mimetype: Its media type, such as ``image/png``.
        size: Its size in bytes.
        link: Where its contents are; needs the token in a header, never in the address.
        thumbnail_link: Where its thumbnails are; a size is appended: ``{thumbnail_link}/medium``.
        perma_link: The lasting address of its page, empty where there is none.
        description: What a user wrote about it.
    """

    file_id: int
    name: str = ""
    mimetype: str = ""
    size: int | None = None
    link: str = ""
    thumbnail_link: str = ""
    perma_link: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed(FromJSON):
    """A link with what Podio found behind it.

    To write one, its ``embed_id`` is enough (of an answer to ``POST /embed/``); without an id the ``url`` is sent.

    Attributes:
        embed_id: The embed's id, or None.
        url: The address.
        original_url: The address as the user entered it.
        resolved_url: The address that it led to.
        title: The title of the page.
        description: The description of the page.
        type: ``link``, ``image``, ``video``, ``rich``, ``unresolved``; empty where unknown.
        hostname: The host of the address.
        embed_html: HTML from outside that shows what is embedded. Not safe to put into a page.
        embed_width: Its width in pixels.
        embed_height: Its height in pixels.
        file: The picture chosen to show the link, or None.
    """

    embed_id: int | None = None
    url: str = ""
    original_url: str = ""
    resolved_url: str = ""
    title: str = ""
    description: str = ""
    type: str = ""
    hostname: str = ""
    embed_html: str = ""
    embed_width: int | None = None
    embed_height: int | None = None
    file: FileReference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(FromJSON):
    """A place. To write one, ``value`` is enough: Podio then looks the place up.

    Attributes:
        value: The address as the user entered it.
        formatted: The address as Podio writes it, None (as for all parts) where Podio didn't say.
        street_address: Street with number.
        street_number: The number alone.
        street_name: The street alone.
        city: The town.
        postal_code: The postal code.
        state: The state or region.
        country: The country.
        lat: Latitude in degrees, north positive.
        lng: Longitude in degrees, east positive.
        map_in_sync: Whether the point on the map is that of the address; worked out by Podio, never written.
    """

    value: str
    formatted: str | None = None
    street_address: str | None = None
    street_number: str | None = None
    street_name: str | None = None
    city: str | None = None
    postal_code: str | None = None
    state: str | None = None
    country: str | None = None
    lat: float | None = None
    lng: float | None = None
    map_in_sync: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(FromJSON):
    """A telephone number.

    Attributes:
        value: The number, at most 50 characters.
        type: ``mobile``, ``work``, ``home``, ``main``, ``work_fax``, ``private_fax``, ``other``, or another that Podio
            has; empty where the JSON names none. Written without one, it is ``work``, or where the field's settings
            don't offer that, the first type that they do.
    """

    value: str
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(FromJSON):
    """A mail address.

    Attributes:
        value: The address, at most 254 characters.
        type: ``home``, ``work``, ``other``, or another that Podio has; empty where the JSON names none, and then
            written as a phone number's is.
    """

    value: str
    type: str = ""


Value = (
    Text
    | Decimal
    | Money
    | int
    | timedelta
    | Option
    | DateValue
    | Contact
    | ItemReference
    | FileReference
    | Embed
    | Location
    | Phone
    | Email
    | str
    | RawValue
)
"""What a field may hold, once read."""
