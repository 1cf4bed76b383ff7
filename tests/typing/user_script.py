"""A user's script, as strict type checkers see the library: what is public is typed, and says what it returns.

Nothing runs it: `make check` reads it with mypy and pyright.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from datetime import date
from typing import assert_type

from podio import App, Condition, Conflict, Cursor, FileStore, Item, MemoryStore, Podio, Session, model
from podio.json_types import (
    CommentCreation,
    CommentJSON,
    FileJSON,
    FilteredItemsJSON,
    ItemCreation,
    ItemFilter,
    ItemJSON,
    ProfileJSON,
    TaskJSON,
)


async def iterate(podio: Podio, app_id: int) -> list[str]:
    """Go over all items, with a filter, a cursor, and to the end."""
    body: ItemFilter = {"filters": {"status": [1, 2]}, "sort_by": "created_on"}
    titles = [item["title"] async for item in podio.iterate_items(app_id, body, page_size=100)]
    items = podio.iterate_items(app_id, {"filters": {"created_on": {"from": "-7d"}}}, params={"remember": False})
    async with items:
        async for item in items:
            assert_type(item, ItemJSON)
            for field in item.get("fields", []):
                titles.append(f"{field['external_id']}: {field['values']}")
    async for item in podio.iterate_items(app_id, cursor=Cursor.parse(str(items.cursor))):
        titles.append(item["created_on"])
    return titles


async def operate(podio: Podio, app_id: int, item_id: int) -> None:
    """Call operations of several areas, and use what they return."""
    page = await podio.items.filter(app_id, body={"limit": 5}, fields="items.view(micro)")
    assert_type(page, FilteredItemsJSON)
    new: ItemCreation = {"fields": {"title": "New"}, "tags": ["new"]}
    created = await podio.items.create(app_id, body=new, hook=False)
    item = await podio.items.get(created["item_id"], mark_as_viewed=False)
    updated = await podio.items.update(item["item_id"], body={"fields": {"title": "Newer"}})
    if updated is not None:
        assert_type(updated["revision"], int)
    comment: CommentCreation = {"value": "Done"}
    assert_type(await podio.comments.create("item", item_id, body=comment), CommentJSON)
    tasks = await podio.tasks.get_all(responsible=1, completed=False, params={"due_date": "-1d"})
    assert_type(tasks, list[TaskJSON])
    contacts = await podio.contacts.get_all(name="Ada")
    assert_type(contacts, list[ProfileJSON])
    print([contact["name"] for contact in contacts], [space["name"] for space in await podio.spaces.get_top()])
    await podio.tags.add("item", item_id, body=["new"])


async def move_files(podio: Podio, item_id: int) -> None:
    """Send a file, and read it back whole and in pieces."""
    file = await podio.upload_file(b"content", "a.txt")
    assert_type(file, FileJSON)
    await podio.files.attach(file["file_id"], body={"ref_type": "item", "ref_id": item_id})
    content = await podio.download_file(file)
    async with aclosing(podio.stream_file(file["file_id"])) as chunks:
        async for chunk in chunks:
            content += chunk


async def objects(podio: Podio, app_id: int, item_id: int) -> None:
    """Filter, change and save items as objects."""
    app = await podio.app(app_id)
    assert_type(app, App)
    condition = (app["status"] == "Client") & app["due"].between(date(2026, 1, 1), "+0d")
    assert_type(condition, Condition)
    async for item in app.where(condition & (app["budget"] >= 5) & app["status"].ne("Lead"), sort_by="due"):
        assert_type(item, Item)
        item["due"] = date(2026, 12, 24)
        try:
            await item.save(hook=False)
        except Conflict as error:
            print(error.mine, error.theirs, error.before)
    first = await app.where().first()
    assert_type(first, Item | None)
    assert_type(await app.where(app["due"].is_empty()).count(), int)
    new_item = await app.create({"title": "New"}, tags=["new"])
    assert_type((await app.upsert("id", {"title": "Newer"})).item_id, int)
    async for comment in new_item.comments():
        assert_type(comment, model.Comment)
    async for task in podio.iterate_tasks(responsible=1):
        assert_type(task, TaskJSON)
    async for row in app.where().rows():
        assert_type(row, dict[str, str])


async def listen(podio: Podio, item_id: int) -> None:
    """Listen to an item's events."""
    async with aclosing(podio.push(await podio.items.get(item_id), on_state=print)) as events:
        async for event in events:
            print(event.event, event.ref)
            break


async def main() -> None:
    """Sign in as an app, with a session that is kept."""

    async def renewed(session: Session) -> None:
        print(session.session_id)

    async with Podio(
        auth_type="app",
        client_id=os.environ["PODIO_CLIENT_ID"],
        client_secret=os.environ["PODIO_CLIENT_SECRET"],
        session_store=FileStore("~/.podio/session.json") if "PODIO_KEEP" in os.environ else MemoryStore(),
        after_token_refreshed=renewed,
        app_id=12,
    ) as podio:
        if not await podio.is_authenticated():
            assert_type(await podio.authenticate_with_app(12, os.environ["PODIO_APP_TOKEN"]), Session)
        await iterate(podio, 12)
        await operate(podio, 12, 34)
        await move_files(podio, 34)
        await listen(podio, 34)


asyncio.run(main())
