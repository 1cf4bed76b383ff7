"""An app: its fields, and its items found, made and changed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from podio import model
from podio._boundary import sealed_class
from podio._objects import _rows
from podio._objects._conditions import Condition
from podio._objects._fields import AppFields, UnknownField
from podio._objects._filterable import Filterable, of_field, of_property
from podio._objects._item import Item, required
from podio._objects._query import ItemQuery
from podio._paging import LARGEST_PAGE
from podio.errors import ConfigurationError, Gone, NotFound, PodioError
from podio.fields import ItemValues


@sealed_class()
class App:
    """An app: ``app["status"]`` is a field to make conditions of, `where` finds items, `create` makes one.

    Attributes:
        value: What was read of it.
        fields: Its fields by external id, by label where only one has it, by field id.
    """

    def __init__(self, client: Any, value: model.App) -> None:
        self._client = client
        self.value = value
        self.fields = AppFields(value)

    def __repr__(self) -> str:
        return f"<App {self.app_id} {self.name!r}>"

    def __str__(self) -> str:
        return self.name

    @property
    def app_id(self) -> int:
        """The app's id."""
        return self.value.app_id

    @property
    def space_id(self) -> int | None:
        """The id of its workspace."""
        return self.value.space_id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.value.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of `Item.row`: the item's id and title, the fields by external id, two times."""
        return _rows.columns(self.value)

    def __getitem__(self, name: str) -> Filterable:
        """Return a field, to make conditions of.

        Raises:
            FieldValueError: (a KeyError too) when the app has no such field.
        """
        return of_field(self.fields, self.fields[name])

    def item_property(self, name: str) -> Filterable:
        """Return a property of items, to make conditions of: ``app.item_property("last_edit_on")``.

        Args:
            name: ``created_on``, ``last_edit_on``, ``created_by``, ``last_edit_by``, ``external_id``, ``tags``,
                ``item_id``, ``app_item_id``.
        """
        return of_property(name)

    def where(
        self,
        condition: Condition | None = None,
        *,
        sort_by: str | None = None,
        descending: bool = False,
        view_id: int | None = None,
        page_size: int = LARGEST_PAGE,
    ) -> ItemQuery:
        """Return the items that pass a condition, all of them without one: ``async for item in app.where(…)``.

        Args:
            condition: What to filter by: ``(app["status"] == "Client") & (app["budget"] >= 1000)``.
            sort_by: A field or a property to go by; left out, the oldest come first.
            descending: The other way round.
            view_id: A view whose filter applies too.
            page_size: How many items to request at a time.

        Raises:
            FieldValueError: for a field to sort by that the app doesn't have.
        """
        if condition is not None and not isinstance(condition, Condition):
            raise ConfigurationError(f"where takes a condition, such as app['status'] == 'Client', not {condition!r}.")
        body: dict[str, Any] = {"sort_desc": True} if descending else {}
        if sort_by is not None:
            body["sort_by"] = self._sort_key(sort_by)
        condition = Condition() if condition is None else condition
        return ItemQuery(self, condition, body=body, view_id=view_id, page_size=page_size)

    async def get(self, item_id: int) -> Item:
        """Return an item.

        Raises:
            NotFound: when there is none.
            ConfigurationError: when it is another app's.
        """
        value = required(model.Item.from_json(await self._client.items.get(item_id), app_id=self.app_id))
        if value.app_id != self.app_id:
            raise ConfigurationError(f"Item {item_id} is of app {value.app_id}, not of {self!r}.")
        return Item(self, value)

    async def find(self, external_id: str) -> Item | None:
        """Return the item of this external id; None where there is none."""
        if "/" in external_id:  # which no path can carry
            return await self.where(self.item_property("external_id") == external_id).first()
        try:
            item_json = await self._client.items.get_by_external_id(self.app_id, external_id)
        except (Gone, NotFound):
            return None
        return Item(self, required(model.Item.from_json(item_json, app_id=self.app_id)))

    async def create(
        self,
        values: Mapping[str, object],
        *,
        external_id: str | None = None,
        tags: Sequence[str] | None = None,
        file_ids: Sequence[int] | None = None,
        hook: bool | None = None,
        silent: bool | None = None,
    ) -> Item:
        """Make an item, and return it as Podio keeps it (a second call).

        Args:
            values: What its fields hold, by external id or label.
            external_id: Its name for programs.
            tags: Its tags.
            file_ids: Uploaded files.
            hook: False runs no webhooks.
            silent: True notifies nobody.

        Raises:
            FieldValueError: for whatever doesn't fit, before anything is sent.
        """
        options = {"external_id": external_id, "tags": tags, "file_ids": file_ids}
        body: dict[str, Any] = {"fields": self.fields.written(values)}
        body |= {name: value for name, value in options.items() if value is not None}
        created = await self._client.items.create(self.app_id, body=body, hook=hook, silent=silent)
        try:
            return await self.get(created["item_id"])
        except PodioError:
            # It is made: an error would invite to make it again.
            return Item(self, self._sent(created, body))

    async def upsert(
        self, external_id: str, values: Mapping[str, object], *, hook: bool | None = None, silent: bool | None = None
    ) -> Item:
        """Change the item of this external id, or make it where there is none, and return it.

        Podio has no such call: two programs that make the same item at the same time make two.

        Raises:
            FieldValueError: for whatever doesn't fit, before anything is sent.
            Conflict: as `Item.save` does.
        """
        self.fields.written(values)
        item = await self.find(external_id)
        if item is None:
            return await self.create(values, external_id=external_id, hook=hook, silent=silent)
        item.update(values)
        await item.save(hook=hook, silent=silent)
        return item

    async def tasks(self, *, completed: bool = False) -> AsyncGenerator[model.Task, None]:
        """Yield the tasks about its items: those to be done, or those that are done."""
        async for task_json in self._client.iterate_tasks(app=self.app_id, completed=completed):
            yield required(model.Task.from_json(task_json))

    def _sent(self, created: Mapping[str, Any], body: Mapping[str, Any]) -> model.Item:
        """Return what is known of an item that was made and can't be read."""
        fields = (self.fields.read(self.fields[name], written) for name, written in body["fields"].items())
        return model.Item(
            item_id=created["item_id"],
            app_id=self.app_id,
            external_id=body.get("external_id", ""),
            title=created.get("title") or "",
            tags=tuple(body.get("tags", ())),
            fields=ItemValues(fields=tuple(fields)),
        )

    def _sort_key(self, name: str) -> str:
        try:
            return str(self.fields[name].field_id)
        except UnknownField:
            if name in ("created_on", "created_by", "last_edit_on", "last_edit_by", "item_id", "app_item_id", "title"):
                return name
            raise
