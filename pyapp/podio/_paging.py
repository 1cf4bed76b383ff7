"""All items of a filter, page by page: in order, each once, a few pages ahead, to be continued after a failure.

It keeps the pages that are fetched ahead and the ids that it has handed out (an integer each), and lets go of
everything else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, cast

from podio._boundary import sealed_class
from podio.areas.calls import Params
from podio.errors import ConfigurationError, InvalidResponse

if TYPE_CHECKING:
    from podio.areas.items import Items
    from podio.json_types import FilteredItemsJSON, ItemFilter, ItemJSON

LARGEST_PAGE = 500
"""The most items that Podio gives at a time."""

_SORT_KEY = "item_id"
"""No two items are equal by it, and new ones come last."""

FetchPage = Callable[[int, int], Awaitable["FilteredItemsJSON"]]
"""Takes an offset and a limit, returns that page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cursor:
    """Where to go on: after the last item that was handed out. Good for the same filter in the same order.

    Attributes:
        offset: The position of the next item.
        filtered: How many items passed the filter then; None before the first page.
        after: The id of the last item; None before the first.
    """

    offset: int = 0
    filtered: int | None = None
    after: int | None = None

    def __str__(self) -> str:
        """Return the text to keep; `parse` reads it."""
        return ".".join("" if part is None else str(part) for part in (self.offset, self.filtered, self.after))

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Return the cursor that was kept as text.

        Raises:
            ConfigurationError: when the text is no cursor's.
        """
        parts = text.split(".")
        if (
            len(parts) != 3
            or not all(part == "" or (part.isascii() and part.isdigit()) for part in parts)
            or not parts[0]
        ):
            raise ConfigurationError("This is not the text of a cursor.")
        offset, filtered, after = (int(part) if part else None for part in parts)
        return cls(offset=offset or 0, filtered=filtered, after=after)


class ItemIterator(AsyncIterator["ItemJSON"]):
    """Hands out the items of a filter: ``async for item in podio.iterate_items(app_id)``.

    After an error it is where it was: iterating on tries the page again, and `cursor` lets another program go on.
    Items that appear or vanish meanwhile neither double nor hide the others, as far as Podio's count shows them and
    the order is one in which no two items are equal (the default's is).

    Args:
        fetch: Fetches a page.
        page_size: How many items to request at a time.
        concurrency: How many pages to request at a time.
        cursor: Where to begin.
        by_id: Whether the items come by ascending id.

    Raises:
        ConfigurationError: for a wrong option.
    """

    def __init__(
        self,
        fetch: FetchPage,
        *,
        page_size: int = LARGEST_PAGE,
        concurrency: int = 2,
        cursor: Cursor | None = None,
        by_id: bool = False,
    ) -> None:
        if not 1 <= page_size <= LARGEST_PAGE:
            raise ConfigurationError(f"page_size must be from 1 to {LARGEST_PAGE}: Podio gives no more at a time.")
        if concurrency < 1:
            raise ConfigurationError("concurrency must be at least 1.")
        self._fetch = fetch
        self._page_size = page_size
        self._concurrency = concurrency
        self._cursor = cursor or Cursor()
        self._resumed_after = self._cursor.after
        self._by_id = by_id
        self._ready: deque[tuple[int, ItemJSON]] = deque()
        self._seen: set[int] = set()
        self._ahead: deque[tuple[int, asyncio.Task[FilteredItemsJSON]]] = deque()
        self._next_offset = self._cursor.offset
        self._filtered = self._cursor.filtered
        self._has_asked = False
        self._is_done = False

    @property
    def cursor(self) -> Cursor:
        """Where to go on after the last item that was handed out."""
        return self._cursor

    @property
    def filtered(self) -> int | None:
        """How many items pass the filter, by Podio's newest response; None before the first page."""
        return self._filtered

    def __aiter__(self) -> ItemIterator:
        return self

    async def __anext__(self) -> ItemJSON:
        while not self._ready:
            if self._is_done:
                raise StopAsyncIteration
            try:
                await self._take_page()
            except BaseException:
                self._drop_ahead()
                raise
        offset, item = self._ready.popleft()
        self._cursor = Cursor(offset=offset + 1, filtered=self._filtered, after=item["item_id"])
        return item

    async def __aenter__(self) -> ItemIterator:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Stop fetching ahead. Leaving the loop without it costs the pages that are on their way, and no more."""
        self._is_done = True
        self._ready.clear()
        tasks = [task for _, task in self._ahead]
        self._drop_ahead()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_page(self) -> None:
        await asyncio.sleep(0)  # in a page, everything else has its turn between two pages
        offset = self._next_offset
        self._fetch_ahead()
        _, task = self._ahead[0]
        items, filtered = _content_of(await task)
        before, missed = self._filtered, []
        if before is not None and filtered < before:
            # Some went away, and others may have moved up to where they would be passed over.
            missed = await self._moved_up(offset, before - filtered)
        # Nothing below waits: either all of this happens or the page is fetched again.
        self._ahead.popleft()
        self._has_asked = True
        self._filtered = filtered
        self._next_offset = offset + len(items)
        for position, item in (*missed, *enumerate(items, offset)):
            if item["item_id"] not in self._seen:
                self._seen.add(item["item_id"])
                self._ready.append((position, item))
        self._is_done = not items or self._next_offset >= filtered
        if len(items) < self._page_size and not self._is_done:
            # Podio gives fewer at a time than requested: what was fetched ahead begins in the wrong places.
            self._page_size = len(items)
            self._drop_ahead()

    def _fetch_ahead(self) -> None:
        offset = self._next_offset + len(self._ahead) * self._page_size
        while not self._ahead or (self._may_look_ahead(offset) and len(self._ahead) < self._concurrency):
            task = asyncio.ensure_future(self._page(offset, self._page_size))
            task.add_done_callback(_retrieve)
            self._ahead.append((offset, task))
            offset += self._page_size

    def _may_look_ahead(self, offset: int) -> bool:
        return self._has_asked and self._filtered is not None and offset < self._filtered

    async def _moved_up(self, offset: int, gone: int) -> list[tuple[int, ItemJSON]]:
        """Return the items before `offset` that may have been behind it before `gone` items went away."""
        candidates: list[tuple[int, ItemJSON]] = []
        for start in range(max(0, offset - gone), offset, self._page_size):
            items, _ = _content_of(await self._page(start, min(self._page_size, offset - start)))
            candidates += enumerate(items, start)
        # What an earlier iterator handed out is not among those seen by this one.
        last = self._resumed_after
        if last is not None and self._by_id:
            return [(position, item) for position, item in candidates if item["item_id"] > last]
        places = [place for place, (_, item) in enumerate(candidates) if item["item_id"] == last]
        return candidates[places[-1] + 1 :] if places else candidates

    async def _page(self, offset: int, limit: int) -> FilteredItemsJSON:
        return await self._fetch(offset, limit)

    def _drop_ahead(self) -> None:
        for _, task in self._ahead:
            task.cancel()
        self._ahead.clear()


class ItemsOfApps(Protocol):
    """A client with the area "items"."""

    @property
    def items(self) -> Items:
        """The area."""
        ...


@sealed_class()
class Paging:
    """Goes through items of many pages.

    Args:
        areas: Has the operations that give a page.
    """

    def __init__(self, areas: ItemsOfApps) -> None:
        self._areas = areas

    def iterate_items(
        self,
        app_id: int,
        body: ItemFilter | None = None,
        *,
        view_id: int | str | None = None,
        fields: str | None = None,
        page_size: int = LARGEST_PAGE,
        concurrency: int = 2,
        cursor: Cursor | None = None,
        params: Params | None = None,
    ) -> ItemIterator:
        """Return an iterator over all items of an app that pass a filter: ``async for item in …``.

        It requests a page when the loop needs one, and for `concurrency` pages at a time. Left alone it goes by item
        id, oldest first. In an order of your own (``sort_by``) in which items can be equal, Podio may put equal ones
        differently on each page: an item that comes twice is dropped, but one may be passed over.

        Args:
            app_id: The app.
            body: The filter as of `podio.items.filter`, without ``limit`` and ``offset``.
            view_id: A view whose filter to apply.
            fields: Podio's ``fields`` parameter, which makes answers smaller: ``items.view(micro)``.
            page_size: How many items to request at a time; 500 at most.
            concurrency: How many pages to request at a time. Each counts towards the limit of calls.
            cursor: Where an earlier iterator over the same filter was (`ItemIterator.cursor`).
            params: Further keys of the query, by name.

        Raises:
            ConfigurationError: for a wrong option. Errors of the calls are raised by the loop; see `ItemIterator`.
        """
        filter_: dict[str, Any] = dict(body or {})
        by_id = view_id is None and "sort_by" not in filter_ and not filter_.get("sort_desc")
        if filter_.keys() & {"limit", "offset"}:
            raise ConfigurationError("Leave limit and offset out: page_size and cursor say what they would.")
        if view_id is None and "sort_by" not in filter_:
            filter_ |= {"sort_by": _SORT_KEY, "sort_desc": filter_.get("sort_desc", False)}

        async def fetch(offset: int, limit: int) -> FilteredItemsJSON:
            page = cast("ItemFilter", {**filter_, "offset": offset, "limit": limit})
            if view_id is None:
                return await self._areas.items.filter(app_id, body=page, fields=fields, params=params)
            return await self._areas.items.filter_by_view(app_id, view_id, body=page, fields=fields, params=params)

        return ItemIterator(fetch, page_size=page_size, concurrency=concurrency, cursor=cursor, by_id=by_id)


def _content_of(page: FilteredItemsJSON) -> tuple[list[ItemJSON], int]:
    items, filtered = (page.get("items"), page.get("filtered")) if isinstance(page, dict) else (None, None)
    if (
        not isinstance(items, list)
        or not all(isinstance(item, dict) and isinstance(item.get("item_id"), int) for item in items)
        or not isinstance(filtered, int)
    ):
        raise InvalidResponse("Podio's response is not a page of items. Try again in a moment.", status=200)
    return items, filtered


def _retrieve(task: asyncio.Task[FilteredItemsJSON]) -> None:
    """Take a failure out of a page that nobody will request any more; whoever waits for it gets it all the same."""
    if not task.cancelled():
        task.exception()
