"""Apps, their fields and their views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from podio.fields import Option, Text, column_reader, options
from podio.fields import _json_parts as parts
from podio.fields._columns import CellReader
from podio.fields._reading import settings_of
from podio.fields._types import type_name
from podio.model._objects import Byline, PodioObject, read_list

_MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AppField(PodioObject):
    """A field of an app: what its items may hold.

    Attributes:
        field_id: The field's id.
        external_id: Its name for programs, such as ``due-date``.
        type: Its type, such as ``date``; a phone number is a ``phone`` also where Podio's documentation says ``tel``.
        label: Its name for users.
        description: The help that is shown beside it.
        status: ``active`` or ``deleted``; empty where unknown.
        delta: Its place among the app's fields.
        required: Whether an item must hold a value.
        hidden: Whether the app doesn't show it.
        unique: Whether no two items may hold the same value.
        settings: The settings of its type (``config.settings``), as they came.
    """

    field_id: int
    external_id: str = ""
    type: str = ""
    label: str = ""
    description: str = ""
    status: str = ""
    delta: int = 0
    required: bool = False
    hidden: bool = False
    unique: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a field, of an app or as an item has it with its values; None without an id."""
        data = parts.mapping(json)
        field_id = parts.identifier(data.get("field_id"))
        if field_id is None:
            return None
        config = parts.mapping(data.get("config"))
        return cls(
            field_id=field_id,
            external_id=parts.text(data.get("external_id")),
            type=type_name(parts.text(data.get("type"))),
            label=parts.name(data.get("label")) or parts.name(config.get("label")),
            description=parts.name(config.get("description")),
            status=parts.text(data.get("status")),
            delta=parts.whole(config.get("delta")) or 0,
            required=config.get("required") is True,
            hidden=config.get("hidden") is True or config.get("visible") is False,
            unique=config.get("unique") is True,
            settings=settings_of(data),
            raw=json,
        )

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of a category, deleted ones included."""
        return options(self.settings)

    @property
    def multiple(self) -> bool:
        """Whether several options or items may be chosen."""
        return self.settings.get("multiple") is True

    @property
    def is_large(self) -> bool:
        """Whether a text may have several lines."""
        return self.settings.get("size") == "large"

    @property
    def format(self) -> str:
        """The format of a text that names none itself: ``plain``, ``markdown``, ``html``; empty where unknown."""
        return parts.text(self.settings.get("format"))

    def format_of(self, value: Text) -> str:
        """Return the format of a text: its own, else the field's; empty where neither says so."""
        return value.format or self.format

    @property
    def decimals(self) -> int | None:
        """How many decimals a number is shown with; None where the settings don't say."""
        decimals = parts.whole(self.settings.get("decimals"))
        return decimals if decimals is not None and 0 <= decimals <= _MOST_DECIMALS else None

    @property
    def has_time(self) -> bool:
        """Whether a date may have a time."""
        return self.settings.get("time") != "disabled"

    @property
    def has_end(self) -> bool:
        """Whether a date may have an end."""
        return parts.text(self.settings.get("end")) in {"enabled", "required"}

    @property
    def return_type(self) -> str:
        """What a calculation gives: ``number``, ``text``, ``date``; empty where unknown."""
        return parts.text(self.settings.get("return_type"))

    @property
    def unit(self) -> str:
        """The unit of a calculation's number."""
        return parts.name(self.settings.get("unit"))

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that money may be in; empty where the settings don't say."""
        return parts.texts(self.settings.get("allowed_currencies"))

    @property
    def value_types(self) -> tuple[str, ...]:
        """The types that a phone number or a mail address may have; empty where the settings don't say."""
        return parts.texts(self.settings.get("possible_types"))

    def cell_reader(self) -> CellReader:
        """Return the function that makes a grid's cell of this field's ``values`` (`podio.fields.column_reader`)."""
        return column_reader(self.type, self.settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class App(PodioObject):
    """An app. Its `raw` may hold the app's ``token``, a credential: don't log it.

    Attributes:
        app_id: The app's id.
        space_id: The id of its workspace.
        name: What it is called.
        item_name: What one of its items is called.
        description: What it is for.
        status: ``active`` or ``inactive``; empty where unknown.
        icon: The file name of its icon.
        link: The address of its page at Podio.
        url_label: Its name within an address.
        rights: What the user may do with it; empty where Podio doesn't say.
        allow_create: Whether the app lets items be made.
        allow_edit: Whether it lets them be changed.
        allow_comments: Whether it lets them be commented on.
        fields: Its fields in the app's order, hidden ones included, deleted ones left out; empty in the short view of
            lists.
    """

    app_id: int
    space_id: int | None = None
    name: str = ""
    item_name: str = ""
    description: str = ""
    status: str = ""
    icon: str = ""
    link: str = ""
    url_label: str = ""
    rights: tuple[str, ...] = ()
    allow_create: bool = True
    allow_edit: bool = True
    allow_comments: bool = True
    fields: tuple[AppField, ...] = ()

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode an app in any of Podio's views of it; None without an id."""
        data = parts.mapping(json)
        app_id = parts.identifier(data.get("app_id"))
        if app_id is None:
            return None
        config, space = parts.mapping(data.get("config")), parts.mapping(data.get("space"))
        fields = (entry for entry in read_list(AppField, data.get("fields")) if entry.status != "deleted")
        return cls(
            app_id=app_id,
            space_id=parts.identifier(data.get("space_id")) or parts.identifier(space.get("space_id")),
            name=parts.name(config.get("name")) or parts.name(data.get("name")),
            item_name=parts.name(config.get("item_name")) or parts.name(data.get("item_name")),
            description=parts.name(config.get("description")),
            status=parts.text(data.get("status")),
            icon=parts.text(config.get("icon")) or parts.text(data.get("icon")),
            link=parts.text(data.get("link")) or parts.text(data.get("url")),
            url_label=parts.text(data.get("url_label")),
            rights=parts.texts(data.get("rights")),
            allow_create=config.get("allow_create") is not False,
            allow_edit=config.get("allow_edit") is not False,
            allow_comments=config.get("allow_comments") is not False,
            fields=tuple(sorted(fields, key=lambda entry: entry.delta)),
            raw=json,
        )

    @property
    def visible_fields(self) -> tuple[AppField, ...]:
        """The fields without those that the app doesn't show."""
        return tuple(entry for entry in self.fields if not entry.hidden)

    def field(self, key: str | int) -> AppField | None:
        """Find a field by its external id or its field id; None where the app has none."""
        return next((entry for entry in self.fields if key in (entry.external_id, entry.field_id)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class View(PodioObject):
    """A view of an app: which of its items, in which order, shown how.

    Attributes:
        view_id: The view's id; 0 for the user's last one.
        name: What it is called.
        type: ``saved`` or ``standard``; empty where unknown.
        item_count: How many items it shows; None where Podio doesn't say.
        layout: ``table``, ``badge``, ``card``, ``calendar``, ``stream`` …; empty where unknown.
        sort_by: The key or the field's id that it is sorted by; empty where unknown.
        sort_desc: Whether it is sorted from high to low.
        filters: Its filters as they came, each with ``key`` and ``values``.
        fields: How its fields are shown, by field id, as it came.
        grouping: What its items are grouped by, as it came.
        created_by: Who made it.
        created_on: When it was made (UTC).
    """

    view_id: int
    name: str = ""
    type: str = ""
    item_count: int | None = None
    layout: str = ""
    sort_by: str = ""
    sort_desc: bool = False
    filters: tuple[Mapping[str, Any], ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    grouping: Mapping[str, Any] = field(default_factory=dict)
    created_by: Byline | None = None
    created_on: datetime | None = None

    @classmethod
    def from_json(cls, json: object) -> Self | None:
        """Decode a view; None without an id."""
        data = parts.mapping(json)
        view_id = 0 if parts.whole(data.get("view_id")) == 0 else parts.identifier(data.get("view_id"))
        if view_id is None:
            return None
        sort_by = data.get("sort_by")
        return cls(
            view_id=view_id,
            name=parts.name(data.get("name")),
            type=parts.text(data.get("type")),
            item_count=parts.count(data.get("items")),
            layout=parts.text(data.get("layout")),
            sort_by=str(sort_by) if parts.identifier(sort_by) else parts.text(sort_by),
            sort_desc=data.get("sort_desc") is True,
            filters=tuple(entry for entry in parts.sequence(data.get("filters")) if isinstance(entry, Mapping)),
            fields=parts.mapping(data.get("fields")),
            grouping=parts.mapping(data.get("grouping")),
            created_by=Byline.from_json(data.get("created_by")),
            created_on=parts.utc_moment(data.get("created_on")),
            raw=json,
        )
