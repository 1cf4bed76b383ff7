"""How the values of every type of Podio field read to a person. Performs no I/O.

A field's values become *pieces*, small values that say what is shown (a text, a chip, a link …); the views turn
pieces into markup, and ``plain`` turns them into the text of a table's cell. Types that Podio may add later are
shown by what text they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from podio.fields import (
    Contact,
    DateValue,
    Email,
    Embed,
    FieldValue,
    FileReference,
    ItemReference,
    Location,
    Money,
    Option,
    Phone,
    RawValue,
    Text,
    Value,
)
from podio.model import AppField
from workbench import numbers, rich_text, routes
from workbench.html_tokenizer import unescape
from workbench.numbers import number_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_COLOR = re.compile(r"[0-9a-fA-F]{6}")
_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A plain text on one line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, set flush right in tables."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text with lines and simple markup."""

    nodes: rich_text.RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A category's choice or a tag; ``color`` is six hexadecimal digits or empty."""

    text: str
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link: into the workbench (``#/…``) or out of it; ``note`` says more in small letters."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Progress in per cent, 0 to 100."""

    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date or a time span, with the machine's form of its start."""

    text: str
    machine: str


Piece = Words | Figure | Prose | Chip | Anchor | Bar | When


def readable_date(day: date) -> str:
    """Write a date so that no country misreads it: ``21 Nov 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def readable_moment(moment: datetime | None, zone: tzinfo | None) -> str:
    """Write a moment in the person's time zone (``None``: that of the machine): ``21 Nov 2026, 14:05``."""
    if moment is None:
        return ""
    try:
        local = moment.astimezone(zone)
    except (OverflowError, OSError, ValueError):
        local = moment
    return f"{readable_date(local)}, {local:%H:%M}"


def readable_size(size: int) -> str:
    """Write a file's size: ``1.4 MB``."""
    for unit, label in _SIZES:
        if size >= unit:
            return f"{size / unit:.1f} {label}"
    return f"{size} bytes"


def money_text(raw: Any, currency: str) -> str:
    """Write an amount with two decimals (or as many as it has) and its currency: ``€541.99``."""
    written = number_text(raw)
    if numbers.readable_number(raw) is not None:
        whole, _, rest = written.partition(".")
        written = f"{whole}.{rest.ljust(2, '0')}"
    symbol = _SYMBOLS.get(currency)
    if not symbol:
        return f"{written} {currency}".strip()
    return f"-{symbol}{written[1:]}" if written.startswith("-") else f"{symbol}{written}"


def ink(color: str) -> str:
    """Choose ``dark`` or ``light`` letters on a colour of six hexadecimal digits, by WCAG's relative luminance."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "dark" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "light"


def duration_text(length: timedelta) -> str:
    """Write a duration: ``1 day 2 h 3 min 4 s``."""
    minutes, second = divmod(length.seconds, 60)
    hour, minute = divmod(minutes, 60)
    parts = ((length.days, "day" if length.days == 1 else "days"), (hour, "h"), (minute, "min"), (second, "s"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 min"


def holds_html(field: AppField, value: Text) -> bool:
    """Whether a text of this field is HTML: its own format says so, else the field's.

    Where neither does, only a large field may hold HTML, and its text has to look like it.
    """
    text_format = field.format_of(value)
    return text_format == "html" if text_format else field.is_large and rich_text.looks_like_html(value.value)


def option_text(option: Option) -> str:
    """Return what an option of a category is called."""
    return unescape(option.text).strip() or f"Option {option.id}"


def _date(value: DateValue, field: AppField | None) -> Piece:
    shows_time = field is None or field.has_time
    start, start_time = _edge(value.start, shows_time=shows_time)
    written = readable_date(start) + (f", {start_time}" if start_time else "")
    if value.end is not None:
        end, end_time = _edge(value.end, shows_time=shows_time)
        if end != start:
            written += f" – {readable_date(end)}" + (f", {end_time}" if end_time else "")
        elif end_time and end_time != start_time:
            written += f"–{end_time}"
    zone = " UTC" if start_time and isinstance(value.start, datetime) and value.start.tzinfo else ""
    return When(text=written + zone, machine=start.isoformat() + (f"T{start_time}" if start_time else ""))


def _edge(edge: date, *, shows_time: bool) -> tuple[date, str]:
    """Return the day, and the time as it is shown."""
    if not isinstance(edge, datetime):
        return edge, ""
    return edge.date(), f"{edge:%H:%M}" if shows_time else ""


def _text(value: Text, field: AppField | None) -> Piece | None:
    raw = value.value
    if not raw.strip():
        return None
    if field is None:
        return Prose(nodes=rich_text.from_podio(raw))
    if holds_html(field, value):
        return Prose(nodes=rich_text.from_html(raw) if "<" in raw else rich_text.from_plain(unescape(raw)))
    # What looks like a tag here was typed as text.
    return Prose(nodes=rich_text.from_plain(unescape(raw))) if field.is_large else Words(text=unescape(raw))


def _number(value: Decimal, field: AppField | None) -> Piece:
    return Figure(text=number_text(value, field.decimals if field else None))


def _calculation(value: Decimal | Text | DateValue, field: AppField | None) -> Piece | None:
    if isinstance(value, DateValue):
        return _date(value, field)
    if isinstance(value, Text):
        return Prose(nodes=rich_text.from_podio(value.value)) if value.value else None
    if field is not None and field.return_type == "text":
        return Words(text=f"{value:f}")
    unit = f" {field.unit}" if field and field.unit else ""
    return Figure(text=number_text(value, field.decimals if field else None) + unit)


def _money(value: Money, field: AppField | None) -> Piece:
    return Figure(text=money_text(value.amount, value.currency))


def _progress(value: int, field: AppField | None) -> Piece:
    return Bar(percent=value)


def _duration(value: timedelta, field: AppField | None) -> Piece:
    return Figure(text=duration_text(value))


def _category(value: Option, field: AppField | None) -> Piece:
    digits = value.color.removeprefix("#")
    return Chip(text=option_text(value), color=digits if _COLOR.fullmatch(digits) else "")


def _contact(value: Contact, field: AppField | None) -> Piece | None:
    name, mail = unescape(value.name).strip(), next(iter(value.mail), "")
    link = rich_text.safe_link(f"mailto:{quote(mail, safe='@+.-_')}") if mail else ""
    if link:
        return Anchor(text=name or mail, href=link, note=mail if name else "")
    return Words(text=name) if name else None


def _app(value: ItemReference, field: AppField | None) -> Piece:
    title = unescape(value.title).strip() or f"Item {value.item_id}"
    if not value.app_id:
        return Words(text=title)
    address = routes.fragment(routes.ItemPage(app_id=value.app_id, item_id=value.item_id))
    return Anchor(text=title, href=address, note=unescape(value.item_name).strip())


def _file(value: FileReference, field: AppField | None) -> Piece:
    name = unescape(value.name).strip() or f"File {value.file_id}"
    return Words(text=f"{name} ({readable_size(value.size)})" if value.size else name)


def _location(value: Location, field: AppField | None) -> Piece | None:
    address = unescape(value.formatted or value.value).strip()
    if not address:
        return None
    return Anchor(
        text=address, href=f"https://www.openstreetmap.org/search?query={quote(address, safe='')}", note="map"
    )


def _phone(value: Phone, field: AppField | None) -> Piece | None:
    number = value.value.strip()
    dialled = "".join(sign for sign in number if sign in "+0123456789")
    if not number:
        return None
    return Anchor(text=number, href=f"tel:{dialled}", note=type_text(value.type)) if dialled else Words(text=number)


def type_text(name: str) -> str:
    """Write the type of a phone number or a mail address: ``work fax``."""
    return name.replace("_", " ")


def _email(value: Email, field: AppField | None) -> Piece | None:
    address = value.value.strip()
    if not address:
        return None
    return Anchor(text=address, href=f"mailto:{quote(address, safe='@+.-_')}", note=type_text(value.type))


def _embed(value: Embed, field: AppField | None) -> Piece | None:
    addresses = (value.original_url, value.resolved_url, value.url)
    address = next(filter(None, map(rich_text.safe_link, addresses)), "")
    title = unescape(value.title).strip() or address
    if not title:
        return None
    return Anchor(text=title, href=address, note=value.hostname) if address else Words(text=title)


def _tag(value: str, field: AppField | None) -> Piece | None:
    text = unescape(value).strip()
    return Chip(text=text) if text else None


_READERS: Mapping[str, Callable[[Any, AppField | None], Piece | None]] = {
    "text": _text,
    "number": _number,
    "calculation": _calculation,
    "money": _money,
    "progress": _progress,
    "duration": _duration,
    "category": _category,
    "question": _category,
    "date": _date,
    "contact": _contact,
    "app": _app,
    "image": _file,
    "file": _file,
    "video": _file,
    "location": _location,
    "phone": _phone,
    "email": _email,
    "embed": _embed,
    "tag": _tag,
}
_CHIPS = {"category", "question", "state", "tag"}


def pieces(value: FieldValue | None, field: AppField | None) -> tuple[Piece, ...]:
    """Return what is shown of a field's values.

    Args:
        value: The field, as `podio.fields` reads it.
        field: Its template, where known: it says how the values were meant (decimals, with or without time).
    """
    if value is None:
        return ()
    if field is None and value.settings:
        field = AppField.from_json(value.raw)
    return tuple(piece for entry in value.values if (piece := _piece(value.type, entry, field)) is not None)


def _piece(kind: str, value: Value, field: AppField | None) -> Piece | None:
    if not isinstance(value, RawValue):
        return _READERS[kind](value, field) if kind in _READERS else None
    text = value.text
    if not text:
        return None
    return Chip(text=text) if kind in _CHIPS else Words(text=text)


def plain(shown: Sequence[Piece]) -> str:
    """Give the pieces' text alone."""
    parts = []
    for piece in shown:
        match piece:
            case Prose(nodes=nodes):
                parts.append(" ".join(rich_text.plain(nodes).split()))
            case Bar(percent=percent):
                parts.append(f"{percent}%")
            case _:
                parts.append(piece.text)
    return ", ".join(parts)
