"""Iterating over all items: order, once each, ahead, onwards after a failure, while the app changes."""

import asyncio
import gc
import tracemalloc
from typing import Any

import httpx2
import pytest

from podio import errors
from podio._paging import Cursor, ItemIterator
from tests.unit.podio.fakes import Page, json_of, until


class App:
    """Items by id, given page by page; what a test puts into `before` happens before that many calls are answered."""

    def __init__(self, count: int, *, most: int = 500) -> None:
        self.ids = list(range(1, count + 1))
        self.most = most
        self.calls: list[tuple[int, int]] = []
        self.running = 0
        self.most_running = 0
        self.before: dict[int, Any] = {}

    async def fetch(self, offset: int, limit: int) -> Any:
        self.calls.append((offset, limit))
        number = len(self.calls)
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        try:
            await asyncio.sleep(0)
            happening = self.before.pop(number, None)
            if isinstance(happening, Exception):
                raise happening
            if happening is not None:
                happening()
            page = self.ids[offset : offset + min(limit, self.most)]
            return {"total": 99_999, "filtered": len(self.ids), "items": [{"item_id": item_id} for item_id in page]}
        finally:
            self.running -= 1

    def iterate(self, **options: Any) -> ItemIterator:
        return ItemIterator(self.fetch, **options)


async def ids(items: ItemIterator) -> list[int]:
    return [item["item_id"] async for item in items]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 20, 95, 100])
@pytest.mark.parametrize("concurrency", [1, 2, 7])
async def test_all_items_come_once_each_in_order(count: int, concurrency: int) -> None:
    app = App(count)
    assert await ids(app.iterate(page_size=10, concurrency=concurrency)) == app.ids
    assert len(app.calls) == max(1, -(-count // 10))  # none is requested beyond the end


@pytest.mark.parametrize("concurrency", [1, 2, 5])
async def test_no_more_pages_are_fetched_at_a_time_than_requested(concurrency: int) -> None:
    app = App(200)
    await ids(app.iterate(page_size=10, concurrency=concurrency))
    assert app.most_running == concurrency


async def test_a_page_is_fetched_only_when_the_loop_comes_near_it() -> None:
    app = App(200)
    async with app.iterate(page_size=10, concurrency=2) as items:
        async for item in items:
            if item["item_id"] == 12:
                break
    assert len(app.calls) <= 3


async def test_after_a_failure_the_same_iterator_goes_on() -> None:
    app = App(50)
    app.before[3] = errors.ConnectionFailed("gone", may_have_been_sent=True)
    items = app.iterate(page_size=10, concurrency=3)
    item_ids: list[int] = []

    async def first_try() -> None:
        async for item in items:
            item_ids.append(item["item_id"])  # noqa: PERF401  what came before the failure counts

    with pytest.raises(errors.ConnectionFailed):
        await first_try()
    assert item_ids
    assert item_ids + await ids(items) == app.ids


async def test_another_iterator_goes_on_from_a_cursor_that_was_kept_as_text() -> None:
    app = App(50)
    first = app.iterate(page_size=10)
    item_ids = [(await anext(first))["item_id"] for _ in range(17)]
    cursor_text = str(first.cursor)
    await first.aclose()
    assert item_ids + await ids(app.iterate(page_size=8, cursor=Cursor.parse(cursor_text))) == app.ids


@pytest.mark.parametrize(
    ("removed_ids", "by_id"),
    [({2, 3}, False), ({2, 3, 20}, False), ({15}, False), ({2, 3, 15, 20}, True), ({20, 21}, True)],
)
async def test_a_cursor_survives_that_items_went_away(removed_ids: set[int], by_id: bool) -> None:
    app = App(30)
    first = app.iterate(page_size=10)
    item_ids = [(await anext(first))["item_id"] for _ in range(15)]
    await first.aclose()
    app.ids = [item_id for item_id in app.ids if item_id not in removed_ids]
    rest = await ids(app.iterate(page_size=10, cursor=first.cursor, by_id=by_id))
    assert item_ids + rest == [*range(1, 16), *(item_id for item_id in range(16, 31) if item_id not in removed_ids)]


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_items_that_go_away_hide_no_others(concurrency: int) -> None:
    app = App(60)
    removed_ids = {2, 5, 9}
    app.before[3] = lambda: setattr(app, "ids", [item_id for item_id in app.ids if item_id not in removed_ids])
    item_ids = await ids(app.iterate(page_size=10, concurrency=concurrency))
    assert [item_id for item_id in item_ids if item_id not in removed_ids] == [
        item_id for item_id in range(1, 61) if item_id not in removed_ids
    ]
    assert len(item_ids) == len(set(item_ids))


async def test_items_that_are_put_in_front_double_no_others() -> None:
    app = App(40)
    app.before[2] = lambda: app.ids.insert(0, 99)
    item_ids = await ids(app.iterate(page_size=10))
    assert item_ids == list(range(1, 41))


async def test_items_that_come_last_are_found() -> None:
    app = App(20)
    app.before[2] = lambda: app.ids.extend([21, 22, 23])
    assert await ids(app.iterate(page_size=10)) == list(range(1, 24))


async def test_a_podio_that_gives_fewer_at_a_time_is_taken_at_its_word() -> None:
    app = App(50, most=7)
    assert await ids(app.iterate(page_size=20, concurrency=3)) == app.ids


async def test_a_cancelled_loop_leaves_nothing_running_and_may_go_on() -> None:
    app = App(50)
    items = app.iterate(page_size=10, concurrency=3)
    item_ids = [(await anext(items))["item_id"] for _ in range(10)]
    waiting = asyncio.ensure_future(anext(items))
    await until(lambda: app.running > 0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(0)
    assert app.running == 0
    assert item_ids + await ids(items) == app.ids


async def test_others_have_their_turn_between_pages() -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def at_once(offset: int, limit: int) -> Any:
        return {
            "total": 50,
            "filtered": 50,
            "items": [{"item_id": item_id} for item_id in range(offset, offset + limit)],
        }

    task = asyncio.ensure_future(others())
    await ids(ItemIterator(at_once, page_size=10))
    task.cancel()
    assert turns >= 5


async def test_pages_are_let_go_of() -> None:
    async def fetch(offset: int, limit: int) -> Any:
        page = [{"item_id": offset + number, "text": "x" * 10_000} for number in range(limit)]
        return {"total": 2_000, "filtered": 2_000, "items": page}

    async def run() -> int:
        tracemalloc.start()
        try:
            async for _ in ItemIterator(fetch, page_size=50, concurrency=2):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    gc.collect()
    # All items together hold 20 MB, a page half a megabyte.
    assert await run() < 4_000_000


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"items": None, "filtered": 1}, {"items": [1], "filtered": 1}, {"items": []}]
)
async def test_an_answer_that_is_no_page_is_an_error(answer: Any) -> None:
    async def fetch(offset: int, limit: int) -> Any:
        return answer

    with pytest.raises(errors.InvalidResponse):
        await ids(ItemIterator(fetch))


@pytest.mark.parametrize("wrong", [{"page_size": 0}, {"page_size": 501}, {"concurrency": 0}])
def test_a_wrong_option_is_an_error_that_names_it(wrong: dict[str, int]) -> None:
    with pytest.raises(errors.ConfigurationError, match=next(iter(wrong))):
        App(1).iterate(**wrong)


@pytest.mark.parametrize("text", ["", "1", "a.1.1", "1.1.1.1", ".1.1", "-1..", "²..", "1.2"])
def test_a_text_that_is_no_cursors_is_refused(text: str) -> None:
    with pytest.raises(errors.ConfigurationError):
        Cursor.parse(text)


@pytest.mark.parametrize("cursor", [Cursor(), Cursor(offset=3), Cursor(offset=30, filtered=50, after=7)])
def test_a_cursor_reads_back_as_it_was(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor)) == cursor


# Through the client


async def test_the_client_asks_in_an_order_without_equals() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(200, json={"total": 1, "filtered": 1, "items": [{"item_id": 5}]})]
    await page.podio.is_authenticated()
    items = page.podio.iterate_items(34, {"filters": {"tags": ["a"]}}, fields="items.view(micro)", page_size=100)
    assert await ids(items) == [5]
    request = page.fake.seen[-1]
    assert request.url.path == "/item/app/34/filter/"
    assert dict(request.url.params) == {"fields": "items.view(micro)"}
    assert json_of(request) == {
        "filters": {"tags": ["a"]},
        "sort_by": "item_id",
        "sort_desc": False,
        "offset": 0,
        "limit": 100,
    }


async def test_a_views_own_order_is_left_alone() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(200, json={"total": 0, "filtered": 0, "items": []})]
    await page.podio.is_authenticated()
    assert await ids(page.podio.iterate_items(34, view_id="last")) == []
    assert page.fake.seen[-1].url.path == "/item/app/34/filter/last/"
    assert json_of(page.fake.seen[-1]) == {"offset": 0, "limit": 500}


@pytest.mark.parametrize("body", [{"limit": 3}, {"offset": 3}])
def test_limit_and_offset_are_not_the_callers(body: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="page_size"):
        Page().podio.iterate_items(34, body)


def test_a_misspelt_keyword_is_no_key_of_the_query() -> None:
    options: Any = {"page_sise": 10}
    with pytest.raises(TypeError, match="page_sise"):
        Page().podio.iterate_items(34, **options)


async def test_other_keys_of_the_query_go_with_every_page() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(200, json={"total": 0, "filtered": 0, "items": []})]
    await page.podio.is_authenticated()
    items = page.podio.iterate_items(34, params={"remember": False})
    assert await ids(items) == []
    assert page.fake.seen[-1].url.params["remember"] == "false"
