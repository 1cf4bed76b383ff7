"""A synchronous script, as strict type checkers see the library: what is public is typed, and nothing is awaited.

Nothing runs it: `make check` reads it with mypy and pyright.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_type

from podio import Cursor, FileStore, RedirectAnswer, RenewalCancelled, RenewalRequest, Session, model
from podio.json_types import FileJSON, FilteredItemsJSON, ItemJSON, TaskJSON
from podio.sync import App, Item, Podio


def renew(request: RenewalRequest) -> RedirectAnswer:
    """Bring a new token's answer."""
    raise RenewalCancelled(str(request))


def work(app_id: int, item_id: int) -> list[str]:
    """Sign in, call, go over items, move files, listen."""
    with Podio("app", client_id="id", client_secret="s", session_store=FileStore("session.json")) as podio:
        assert_type(podio.authenticate_with_app(app_id, "token"), Session)
        assert_type(podio.items.filter(app_id, body={"limit": 5}), FilteredItemsJSON)
        titles = [item["title"] for item in podio.iterate_items(app_id, page_size=100)]
        items = podio.iterate_items(app_id, cursor=Cursor())
        assert_type(next(items), ItemJSON)
        assert_type(items.cursor, Cursor)
        assert_type(podio.upload_file(b"content", "a.txt"), FileJSON)
        with podio.stream_file(5) as chunks:
            pieces: Iterator[bytes] = chunks
            titles += [str(len(piece)) for piece in pieces]
        for event in podio.push(podio.items.get(item_id), on_state=print):
            titles.append(event.event)
    Podio("client", client_id="id", on_token_will_refresh=renew).close()
    return titles


def objects(podio: Podio, app_id: int) -> None:
    """Filter, change and save items as objects."""
    app = podio.app(app_id)
    assert_type(app, App)
    for item in app.where((app["status"] == "Client") & app["due"].between("-7d", "+0d")):
        assert_type(item, Item)
        item["due"] = None
        item.save()
        for comment in item.comments():
            assert_type(comment, model.Comment)
    assert_type(app.where().first(), Item | None)
    assert_type(app.create({"title": "New"}).item_id, int)
    for row in app.where().rows():
        assert_type(row, dict[str, str])
    for task in podio.iterate_tasks(responsible=1):
        assert_type(task, TaskJSON)


def mistakes(podio: Podio) -> None:
    """Misspell what there is."""
    podio.itmes  # type: ignore[attr-defined]  # pyright: ignore
    podio.items.gett(1)  # type: ignore[attr-defined]  # pyright: ignore
    podio.items.get("1")  # type: ignore[arg-type]  # pyright: ignore
    Podio("clyent", client_id="id")  # type: ignore[arg-type]  # pyright: ignore
