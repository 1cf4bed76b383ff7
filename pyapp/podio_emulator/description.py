"""Apps for a test, described in Python and made as Podio makes them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import datetime
from typing import Any

from podio_emulator.api.app_changes import new_app
from podio_emulator.control import Control
from podio_emulator.errors import Refusal
from podio_emulator.ids import ADA_ID
from podio_emulator.model import App, AppField, Author
from podio_emulator.new_items import new_item
from podio_emulator.store import Store


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an app; its external id follows from the label, as at Podio ("Due on": ``due-on``).

    Attributes:
        label: What users read.
        type: Podio's word for the type: ``text``, ``category``, ``date``, ``app``, …
        options: The texts of a category's options.
        currencies: The currencies of a money field.
        apps: The apps whose items a relationship (type ``app``) refers to.
        multiple: Whether a category or a relationship takes several values.
        required: Whether an item can't do without.
        description: The field's help text.
        settings: Podio's settings of the type, besides those above.
    """

    label: str
    type: str = "text"
    _: KW_ONLY
    options: Sequence[str] = ()
    currencies: Sequence[str] = ()
    apps: Sequence[EmulatedApp] = ()
    multiple: bool = False
    required: bool = False
    description: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the field as Podio's "Add new app" takes it."""
        settings: dict[str, Any] = dict(self.settings)
        if self.options:
            settings["options"] = [{"text": text} for text in self.options]
        if self.currencies:
            settings["allowed_currencies"] = list(self.currencies)
        if self.apps:
            settings["referenced_apps"] = [{"app_id": app.app_id} for app in self.apps]
        if self.multiple:
            settings["multiple"] = True
        config = {"label": self.label, "required": self.required, "description": self.description}
        return {"type": self.type, "config": config | ({"settings": settings} if settings else {})}


@dataclass(frozen=True, kw_only=True, slots=True)
class EmulatedApp:
    """An app of the emulator.

    Attributes:
        app_id: Its id.
        app_token: The token with which the app itself signs in (``authenticate_with_app``).
        field_ids: External id of a field -> its id.
        option_ids: External id of a category -> text of an option -> its id.
        item_ids: The items that it was made with.
    """

    app_id: int
    app_token: str = field(repr=False)
    field_ids: Mapping[str, int]
    option_ids: Mapping[str, Mapping[str, int]]
    item_ids: tuple[int, ...]
    _control: Control = field(repr=False)

    def add_item(
        self,
        fields: Mapping[str, Any],
        *,
        external_id: str | None = None,
        tags: Sequence[str] = (),
        user_id: int = ADA_ID,
    ) -> int:
        """Add an item without a request, and return its id.

        Args:
            fields: External id -> value, as the API takes it; a category's option may be named by its text.
            external_id: The item's own external id.
            tags: Its tags.
            user_id: Who creates it; a sample user's id, of ``podio_emulator.ids``.

        Raises:
            ValueError: for what Podio would refuse.
        """
        return self._control.edit(
            lambda store, now: self._add_item(
                store, now, fields, external_id=external_id, tags=tuple(tags), author=Author(type="user", id=user_id)
            )
        )

    def _add_item(self, store: Store, now: datetime, fields: Mapping[str, Any], **options: Any) -> int:
        values = {name: self._by_id(name, value) for name, value in fields.items()}
        return new_item(store, store.app(self.app_id), values, now=now, **options).item_id

    def _by_id(self, name: str, value: Any) -> Any:
        options = self.option_ids.get(name)
        if options is None:
            return value
        if isinstance(value, str):
            if value not in options:
                msg = f"{name} has no option {value!r}; it has {', '.join(map(repr, options))}."
                raise ValueError(msg)
            return options[value]
        return [self._by_id(name, text) for text in value] if isinstance(value, list | tuple) else value


def add_app(
    control: Control,
    name: str,
    fields: Sequence[Field],
    *,
    items: Sequence[Mapping[str, Any]],
    item_name: str | None,
    description: str,
    space_id: int,
) -> EmulatedApp:
    """Add an app to a workspace of an emulator without a request; `podio_emulator.server.PodioServer` has it."""
    config = {"name": name, "item_name": item_name or "Item", "description": description}
    body = {"config": config, "fields": [field.body() for field in fields]}

    def add(store: Store, now: datetime) -> EmulatedApp:
        app = new_app(
            store,
            body,
            space_id=store.space(space_id).space_id,
            created_by=ADA_ID,
            created_on=now,
            token=secrets.token_hex(16),
        )
        emulated = _emulated(app, control)
        author = Author(type="user", id=ADA_ID)
        try:
            item_ids = tuple(emulated._add_item(store, now, item, author=author) for item in items)
        except (Refusal, ValueError):
            store.delete_app(app)
            raise
        return replace(emulated, item_ids=item_ids)

    return control.edit(add)


def _emulated(app: App, control: Control) -> EmulatedApp:
    return EmulatedApp(
        app_id=app.app_id,
        app_token=app.token,
        field_ids={field.external_id: field.field_id for field in app.fields},
        option_ids={field.external_id: _option_ids(field) for field in app.fields if field.type == "category"},
        item_ids=(),
        _control=control,
    )


def _option_ids(category: AppField) -> dict[str, int]:
    return {option["text"]: option["id"] for option in (category.settings or {}).get("options", ())}
