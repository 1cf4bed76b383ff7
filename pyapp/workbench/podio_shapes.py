"""Podio's JSON as values of ours: the one place where answers are taken apart. Performs no I/O.

Answers are untrusted in shape: keys may be missing, null or of another type. Nothing here raises for that; what
can't be read becomes an empty value, and entries without an id are left out. Shapes follow developers.podio.com.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from workbench.html_tokenizer import unescape
from workbench.rich_text import looks_like_html, safe_link

Json = Any
LARGEST_ID = 2**53
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


def mapping(value: Json) -> Mapping[str, Json]:
    """Give a JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: Json) -> list[Json]:
    """Give a JSON array, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: Json) -> str:
    """Give a JSON string (or a number's digits), or an empty text for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def name(value: Json) -> str:
    """Give a name with Podio's one layer of HTML entities undone."""
    return unescape(text(value)).strip()


def identifier(value: Json) -> int:
    """Give a positive id, or 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < LARGEST_ID else 0


def count(value: Json) -> int:
    """Give a number of things, or 0."""
    return identifier(value)


def moment(value: Json) -> datetime | None:
    """Read ``YYYY-MM-DD HH:MM:SS`` as UTC, which Podio's own times are."""
    written = text(value)
    if not _MOMENT.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in."""

    user_id: int
    name: str
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A workspace."""

    space_id: int
    org_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An organization and the workspaces the person can open in it."""

    org_id: int
    name: str
    spaces: tuple[Space, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a category field; ``color`` is six hexadecimal digits or empty."""

    option_id: int
    text: str
    color: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppField:
    """A field of an app's template."""

    field_id: int
    external_id: str
    type: str
    label: str
    description: str = ""
    required: bool = False
    hidden: bool = False
    multiple: bool = False
    large: bool = False
    format: str = ""
    decimals: int | None = None
    has_time: bool = True
    has_end: bool = False
    return_type: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    currencies: tuple[str, ...] = ()
    value_types: tuple[str, ...] = ()

    def holds_html(self, value: Mapping[str, Json]) -> bool:
        """Whether a text value of this field is HTML: its own format tells, else the field's.

        Where neither says so, only a large field may hold HTML, and its text has to look like it.
        """
        given = text(value.get("format")) or self.format
        return given == "html" if given else self.large and looks_like_html(text(value.get("value")))


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app; ``fields`` is empty where Podio gave its short form."""

    app_id: int
    space_id: int
    name: str
    item_name: str
    description: str = ""
    allow_create: bool = True
    allow_edit: bool = True
    allow_comments: bool = True
    fields: tuple[AppField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """The values of one field of one item, as Podio sent them; ``template`` is for `app_field`, where it came along."""

    field_id: int
    external_id: str
    type: str
    label: str
    values: tuple[Mapping[str, Json], ...] = ()
    template: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who did something, and when (UTC)."""

    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file attached to an item."""

    file_id: int
    name: str
    size: int = 0
    mimetype: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item, of a list or by itself."""

    item_id: int
    app_id: int
    title: str
    revision: int = 0
    app_item_id: int = 0
    external_id: str = ""
    created: Byline = field(default_factory=Byline)
    created_via: str = ""
    changed: Byline = field(default_factory=Byline)
    comment_count: int = 0
    link: str = ""
    may_edit: bool = True
    may_delete: bool = True
    tags: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    fields: tuple[FieldValue, ...] = ()

    def field_value(self, field_id: int) -> FieldValue | None:
        """Find a field's values; ``None`` where it has none."""
        return next((value for value in self.fields if value.field_id == field_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsPage:
    """One page of an app's items; ``filtered`` is how many there are in all pages."""

    items: tuple[Item, ...] = ()
    filtered: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment; ``rich`` is Podio's HTML, ``value`` the text without it."""

    comment_id: int
    value: str
    rich: str = ""
    external_id: str = ""
    written: Byline = field(default_factory=Byline)


def person(answer: Json) -> Person | None:
    """Read ``GET /user/status``; ``None`` when it names nobody."""
    user, profile = mapping(mapping(answer).get("user")), mapping(mapping(answer).get("profile"))
    user_id = identifier(user.get("user_id")) or identifier(profile.get("user_id"))
    if not user_id:
        return None
    mail = text(user.get("mail"))
    return Person(user_id=user_id, name=name(profile.get("name")) or mail or f"Person {user_id}", mail=mail)


def space(answer: Json) -> Space | None:
    """Read a workspace of any of Podio's forms."""
    raw = mapping(answer)
    space_id = identifier(raw.get("space_id"))
    org_id = identifier(raw.get("org_id")) or identifier(mapping(raw.get("org")).get("org_id"))
    return (
        Space(space_id=space_id, org_id=org_id, name=name(raw.get("name")) or f"Workspace {space_id}")
        if space_id
        else None
    )


def organizations(answer: Json) -> tuple[Organization, ...]:
    """Read ``GET /org/``."""
    found = []
    for raw in map(mapping, sequence(answer)):
        org_id = identifier(raw.get("org_id"))
        if org_id:
            spaces = tuple(entry for entry in map(space, sequence(raw.get("spaces"))) if entry)
            found.append(
                Organization(org_id=org_id, name=name(raw.get("name")) or f"Organization {org_id}", spaces=spaces)
            )
    return tuple(found)


def _color(value: Json) -> str:
    digits = text(value).removeprefix("#")
    return digits if len(digits) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in digits) else ""


def option(answer: Json) -> Option | None:
    """Read a category's option, from settings or from a value."""
    raw = mapping(answer)
    label = name(raw.get("text"))
    option_id = identifier(raw.get("id"))
    if not label and not option_id:
        return None
    active = raw.get("status") != "deleted"
    return Option(
        option_id=option_id, text=label or f"Option {option_id}", color=_color(raw.get("color")), active=active
    )


def _strings(values: Iterable[Json]) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str) and value)


def app_field(answer: Json) -> AppField | None:
    """Read a field of an app's template."""
    raw = mapping(answer)
    config = mapping(raw.get("config"))
    settings = mapping(config.get("settings"))
    field_id = identifier(raw.get("field_id"))
    if not field_id or raw.get("status") == "deleted":
        return None
    decimals = settings.get("decimals")
    return AppField(
        field_id=field_id,
        external_id=text(raw.get("external_id")),
        type="phone" if raw.get("type") == "tel" else text(raw.get("type")),
        label=name(raw.get("label")) or name(config.get("label")) or f"Field {field_id}",
        description=name(config.get("description")),
        required=config.get("required") is True,
        hidden=config.get("hidden") is True or config.get("visible") is False,
        multiple=settings.get("multiple") is True,
        large=settings.get("size") == "large",
        format=text(settings.get("format")),
        decimals=decimals if isinstance(decimals, int) and 0 <= decimals <= 10 else None,
        has_time=settings.get("time") != "disabled",
        has_end=settings.get("end") in {"enabled", "required"},
        return_type=text(settings.get("return_type")),
        unit=name(settings.get("unit")),
        options=tuple(entry for entry in map(option, sequence(settings.get("options"))) if entry),
        currencies=_strings(sequence(settings.get("allowed_currencies"))),
        value_types=_strings(sequence(settings.get("possible_types"))),
    )


def app(answer: Json) -> App | None:
    """Read an app, short or full; its ``token``, a credential, is never taken over."""
    raw = mapping(answer)
    config = mapping(raw.get("config"))
    app_id = identifier(raw.get("app_id"))
    if not app_id:
        return None
    by_place = sorted(
        sequence(raw.get("fields")), key=lambda entry: count(mapping(mapping(entry).get("config")).get("delta"))
    )
    return App(
        app_id=app_id,
        space_id=identifier(raw.get("space_id")),
        name=name(config.get("name")) or name(raw.get("name")) or f"App {app_id}",
        item_name=name(config.get("item_name")) or name(raw.get("item_name")) or "Item",
        description=name(config.get("description")),
        allow_create=config.get("allow_create") is not False,
        allow_edit=config.get("allow_edit") is not False,
        allow_comments=config.get("allow_comments") is not False,
        fields=tuple(entry for entry in map(app_field, by_place) if entry and not entry.hidden),
    )


def apps(answer: Json) -> tuple[App, ...]:
    """Read ``GET /app/space/{id}/``: the apps that are in use."""
    return tuple(
        entry for raw in sequence(answer) if mapping(raw).get("status") in {None, "active"} and (entry := app(raw))
    )


def byline(who: Json, when: Json) -> Byline:
    """Read who did something and when."""
    return Byline(name=name(mapping(who).get("name")), at=moment(when))


def _field_value(answer: Json) -> FieldValue | None:
    raw = mapping(answer)
    field_id = identifier(raw.get("field_id"))
    values = tuple(value for value in sequence(raw.get("values")) if isinstance(value, dict))
    if not field_id or not values:
        return None
    return FieldValue(
        field_id=field_id,
        external_id=text(raw.get("external_id")),
        type="phone" if raw.get("type") == "tel" else text(raw.get("type")),
        label=name(raw.get("label")) or f"Field {field_id}",
        values=values,
        template=raw if mapping(raw.get("config")).get("settings") else {},
    )


def _file(answer: Json) -> File | None:
    raw = mapping(answer)
    file_id = identifier(raw.get("file_id"))
    if not file_id:
        return None
    label = name(raw.get("name")) or f"File {file_id}"
    return File(file_id=file_id, name=label, size=count(raw.get("size")), mimetype=text(raw.get("mimetype")))


def _revision(answer: Json) -> int:
    return count(answer) if not isinstance(answer, dict) else count(mapping(answer).get("revision"))


def item(answer: Json, app_id: int = 0) -> Item | None:
    """Read an item of ``GET /item/{id}`` or of a list; ``app_id`` fills in what lists leave out."""
    raw = mapping(answer)
    item_id = identifier(raw.get("item_id"))
    if not item_id:
        return None
    now = mapping(raw.get("current_revision"))
    rights = _strings(sequence(raw.get("rights")))
    title = name(raw.get("title"))
    return Item(
        item_id=item_id,
        app_id=identifier(mapping(raw.get("app")).get("app_id")) or app_id,
        title=title or f"Item {count(raw.get('app_item_id')) or item_id} (no title)",
        revision=max(_revision(raw.get("revision")), _revision(now)),
        app_item_id=count(raw.get("app_item_id")),
        external_id=text(raw.get("external_id")),
        created=byline(raw.get("created_by"), raw.get("created_on")),
        created_via=name(mapping(raw.get("created_via")).get("name")),
        changed=byline(
            now.get("created_by") or raw.get("last_edit_by"), now.get("created_on") or raw.get("last_edit_on")
        ),
        comment_count=count(raw.get("comment_count")) or len(sequence(raw.get("comments"))),
        link=safe_link(raw.get("link")),
        may_edit=not rights or "update" in rights,
        may_delete=not rights or "delete" in rights,
        tags=tuple(filter(None, (name(tag) for tag in sequence(raw.get("tags"))))),
        files=tuple(entry for entry in map(_file, sequence(raw.get("files"))) if entry),
        fields=tuple(entry for entry in map(_field_value, sequence(raw.get("fields"))) if entry),
    )


def items_page(answer: Json, app_id: int, offset: int) -> ItemsPage:
    """Read ``POST /item/app/{id}/filter/``."""
    raw = mapping(answer)
    items = tuple(entry for each in sequence(raw.get("items")) if (entry := item(each, app_id)))
    return ItemsPage(items=items, filtered=max(count(raw.get("filtered")), offset + len(items)), offset=offset)


def comment(answer: Json) -> Comment | None:
    """Read one comment."""
    raw = mapping(answer)
    comment_id = identifier(raw.get("comment_id"))
    if not comment_id:
        return None
    return Comment(
        comment_id=comment_id,
        value=text(raw.get("value")),
        rich=text(raw.get("rich_value")),
        external_id=text(raw.get("external_id")),
        written=byline(raw.get("created_by"), raw.get("created_on")),
    )


def comments(answer: Json) -> tuple[Comment, ...]:
    """Read ``GET /comment/{type}/{id}/``, oldest first."""
    return tuple(entry for entry in map(comment, sequence(answer)) if entry)
