"""Items that pass a condition: gone through page by page, counted, or as rows."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from podio import model
from podio._boundary import sealed, sealed_class
from podio._objects._conditions import Condition
from podio._objects._item import Item
from podio._objects._rows import data_frame
from podio._paging import LARGEST_PAGE

if TYPE_CHECKING:
    from podio._objects._app import App


@sealed_class()
class ItemQuery:
    """The items of an app that pass a condition: ``async for item in app.where(…)``, each time from the beginning.

    Args:
        app: The app.
        condition: The condition.
        body: What else is sent: the order.
        view_id: A view whose filter applies too.
        page_size: How many items to request at a time.
    """

    def __init__(
        self, app: App, condition: Condition, *, body: dict[str, Any], view_id: int | None, page_size: int
    ) -> None:
        self._app = app
        self._condition = condition
        self._body = {**body, **({"filters": dict(condition.filters)} if condition.filters else {})}
        self._view_id = view_id
        self._page_size = page_size

    def __aiter__(self) -> AsyncGenerator[Item, None]:
        return self._items(self._page_size)

    async def all(self) -> list[Item]:
        """Return all items."""
        return [item async for item in self]

    async def first(self) -> Item | None:
        """Return the first item; None where there is none."""
        items = self._items(LARGEST_PAGE if self._condition.checks else 1)
        try:
            return await anext(items, None)
        finally:
            await items.aclose()

    async def count(self) -> int:
        """Return how many items there are: one call, unless some of the condition can only be compared here."""
        if self._condition.checks:
            return sum([1 async for _ in self])
        page = model.ItemsPage.from_json(await self._page({**self._body, "limit": 1}))
        return page.filtered or 0

    async def rows(self) -> AsyncGenerator[dict[str, str], None]:
        """Yield a row of texts for each item, as `csv.DictWriter` takes it; ``app.columns`` has the names."""
        async for item in self:
            yield item.row()

    async def data_frame(self) -> Any:
        """Return a `pandas.DataFrame` of the items, with numbers and dates as pandas has them.

        Raises:
            ConfigurationError: where pandas isn't installed.
        """
        return data_frame([item.record() async for item in self], self._app.columns)

    async def _page(self, body: Any) -> Any:
        areas = self._app._client
        if self._view_id is not None:
            return await areas.items.filter_by_view(self._app.app_id, self._view_id, body=body)
        return await areas.items.filter(self._app.app_id, body=body)

    @sealed
    async def _items(self, page_size: int) -> AsyncGenerator[Item, None]:
        app, body = self._app, self._body
        pages = app._client.iterate_items(app.app_id, body or None, view_id=self._view_id, page_size=page_size)
        async with pages:
            async for item_json in pages:
                value = model.Item.from_json(item_json, app_id=app.app_id)
                if value is not None and all(check(value) for check in self._condition.checks):
                    yield Item(app, value)
