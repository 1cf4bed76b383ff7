"""How the values of every type of Podio field read to a person. Performs no I/O.

A field's values become *pieces*, small values that say what is shown (a text, a chip, a link …); the views turn
pieces into markup, and ``plain`` turns them into the text of a table's cell. Types that Podio may add later are
shown by what text they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from urllib.parse import quote

from workbench import numbers, rich_text, routes
from workbench import podio_shapes as shapes
from workbench.html_tokenizer import unescape
from workbench.numbers import number_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
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
Value = Mapping[str, Any]


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


def duration_text(seconds: Any) -> str:
    """Write a duration given in seconds: ``1 day 2 h 3 min 4 s``."""
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds < 10**12:
        return shapes.text(seconds)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    parts = ((days, "day" if days == 1 else "days"), (hour, "h"), (minute, "min"), (second, "s"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 min"


def _day(raw: Any) -> date | None:
    try:
        return date.fromisoformat(shapes.text(raw)[:10])
    except ValueError:
        return None


def _time(value: Value, edge: str) -> str:
    """The time that the person entered, which Podio keeps as a naive one."""
    whole = shapes.text(value.get(f"{edge}_time")) or (
        shapes.text(value.get(edge))[11:] if value.get(f"{edge}_time", "") is not None else ""
    )
    return whole[:5]


def _date(value: Value, field: shapes.AppField | None) -> Piece | None:
    start = _day(value.get("start_date") or value.get("start"))
    if not start:
        return Words(text=raw) if (raw := shapes.text(value.get("start"))) else None
    end = _day(value.get("end_date") or value.get("end"))
    shows_time = field is None or field.has_time
    start_time = _time(value, "start") if shows_time else ""
    end_time = _time(value, "end") if shows_time else ""
    written = readable_date(start) + (f", {start_time}" if start_time else "")
    if end and end != start:
        written += f" – {readable_date(end)}" + (f", {end_time}" if end_time else "")
    elif end_time and end_time != start_time:
        written += f"–{end_time}"
    return When(text=written, machine=start.isoformat() + (f"T{start_time}" if start_time else ""))


def _text(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = shapes.text(value.get("value"))
    if not raw.strip():
        return None
    if field is None:
        return Prose(nodes=rich_text.from_podio(raw))
    if field.holds_html(value):
        return Prose(nodes=rich_text.from_html(raw) if "<" in raw else rich_text.from_plain(unescape(raw)))
    # What looks like a tag here was typed as text.
    return Prose(nodes=rich_text.from_plain(unescape(raw))) if field.large else Words(text=unescape(raw))


def _number(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = value.get("value")
    return Figure(text=number_text(raw, field.decimals if field else None)) if shapes.text(raw) else None


def _calculation(value: Value, field: shapes.AppField | None) -> Piece | None:
    if "start" in value or "start_date" in value:
        return _date(value, field)
    raw = value.get("value")
    if not shapes.text(raw):
        return None
    if (field is not None and field.return_type == "text") or numbers.podio_number(raw) is None:
        return Prose(nodes=rich_text.from_podio(shapes.text(raw)))
    unit = f" {field.unit}" if field and field.unit else ""
    return Figure(text=number_text(raw, field.decimals if field else None) + unit)


def _money(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = value.get("value")
    return Figure(text=money_text(raw, shapes.text(value.get("currency")))) if shapes.text(raw) else None


def _progress(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = value.get("value")
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return Bar(percent=round(min(100, max(0, raw)))) if raw == raw else None


def _duration(value: Value, field: shapes.AppField | None) -> Piece | None:
    written = duration_text(value.get("value"))
    return Figure(text=written) if written else None


def _category(value: Value, field: shapes.AppField | None) -> Piece | None:
    chosen = shapes.option(value.get("value"))
    if chosen:
        return Chip(text=chosen.text, color=chosen.color)
    raw = shapes.name(value.get("value"))
    return Chip(text=raw) if raw else None


def _contact(value: Value, field: shapes.AppField | None) -> Piece | None:
    who = shapes.mapping(value.get("value"))
    called = shapes.name(who.get("name"))
    mail = next((entry for entry in shapes.sequence(who.get("mail")) if isinstance(entry, str)), "")
    if not called and not mail:
        return None
    link = rich_text.safe_link(f"mailto:{quote(mail, safe='@+.-_')}") if mail else ""
    return Anchor(text=called or mail, href=link, note=mail if called else "") if link else Words(text=called)


def _app(value: Value, field: shapes.AppField | None) -> Piece | None:
    other = shapes.mapping(value.get("value"))
    item_id = shapes.identifier(other.get("item_id"))
    app = shapes.mapping(other.get("app"))
    app_id = shapes.identifier(app.get("app_id"))
    title = shapes.name(other.get("title"))
    if not item_id:
        return Words(text=title) if title else None
    title = title or f"Item {item_id}"
    kind = shapes.name(app.get("item_name")) or shapes.name(shapes.mapping(app.get("config")).get("item_name"))
    if not app_id:
        return Words(text=title)
    return Anchor(text=title, href=routes.fragment(routes.ItemPage(app_id=app_id, item_id=item_id)), note=kind)


def _file(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = shapes.mapping(value.get("value"))
    label = shapes.name(raw.get("name"))
    size = shapes.count(raw.get("size"))
    if not label:
        return None
    return Words(text=f"{label} ({readable_size(size)})" if size else label)


def _location(value: Value, field: shapes.AppField | None) -> Piece | None:
    whole = shapes.name(value.get("formatted")) or shapes.name(value.get("value"))
    if not whole:
        parts = ("street_address", "postal_code", "city", "state", "country")
        whole = ", ".join(filter(None, (shapes.name(value.get(part)) for part in parts)))
    if not whole:
        return None
    return Anchor(text=whole, href=f"https://www.openstreetmap.org/search?query={quote(whole, safe='')}", note="map")


def _phone(value: Value, field: shapes.AppField | None) -> Piece | None:
    number = shapes.text(value.get("value")).strip()
    dialled = "".join(sign for sign in number if sign in "+0123456789")
    if not number:
        return None
    kind = shapes.text(value.get("type")).replace("_", " ")
    return Anchor(text=number, href=f"tel:{dialled}", note=kind) if dialled else Words(text=number)


def _email(value: Value, field: shapes.AppField | None) -> Piece | None:
    address = shapes.text(value.get("value")).strip()
    if not address:
        return None
    return Anchor(text=address, href=f"mailto:{quote(address, safe='@+.-_')}", note=shapes.text(value.get("type")))


def _embed(value: Value, field: shapes.AppField | None) -> Piece | None:
    embed = shapes.mapping(value.get("embed"))
    address = next(
        (link for key in ("original_url", "resolved_url", "url") if (link := rich_text.safe_link(embed.get(key)))), ""
    )
    title = shapes.name(embed.get("title")) or address
    if not title:
        return None
    return Anchor(text=title, href=address, note=shapes.name(embed.get("hostname"))) if address else Words(text=title)


def _tag(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = shapes.name(value.get("value"))
    return Chip(text=raw) if raw else None


def _unknown(value: Value, field: shapes.AppField | None) -> Piece | None:
    raw = value.get("value")
    inner = shapes.mapping(raw)
    shown = (
        shapes.name(raw)
        or shapes.name(inner.get("text"))
        or shapes.name(inner.get("title"))
        or shapes.name(inner.get("name"))
    )
    return Words(text=shown) if shown else None


_READERS: Mapping[str, Callable[[Value, shapes.AppField | None], Piece | None]] = {
    "text": _text,
    "title": _text,
    "number": _number,
    "calculation": _calculation,
    "money": _money,
    "progress": _progress,
    "duration": _duration,
    "category": _category,
    "question": _category,
    "state": _category,
    "date": _date,
    "contact": _contact,
    "member": _contact,
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


def pieces(value: shapes.FieldValue | None, field: shapes.AppField | None) -> tuple[Piece, ...]:
    """Read a field's values; ``field``, where known, says how they were meant (decimals, with or without time)."""
    if value is None:
        return ()
    field = field or (shapes.app_field(value.template) if value.template else None)
    read = _READERS.get(value.type, _unknown)
    return tuple(piece for each in value.values if (piece := read(each, field)) is not None)


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
