"""What was read from Podio, after a change that Podio has: a save changes its rows, and no list is read again for it.

Podio answers a write with little: an update with the item's revision and title, a new item with its id. So what was
read takes, wherever the item is, what was answered and for the rest what was sent; the shown lists stay as they are.
What can't be known so is named as stale, and is as little as possible:

1. The item, not the list, where its app calculates a field, where only Podio knows what is shown of what was written
   (the name of a contact), or where the revisions say that somebody else has changed it too: what is read then counts.
2. A list whose order depends on what was changed. A new item has its place in the lists by time of creation alone.
3. A list that lacks a row after a deletion, unless the page behind it was read as well: then its first row moves up.
4. What was being read while the change was made: nobody knows whether its answer is from before.

The number of items is counted on.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

from podio.model import App, Item, ItemsPage
from workbench.core.reads import Loadable, Read, Reads
from workbench.names import title_field
from workbench.outbox import CreateItem, DeleteItem, Outbox, Settlement, UpdateItem
from workbench.reads import AppOf, CommentsOf, ItemOf, ItemsOf, ListQuery, find_item
from workbench.unsent_values import is_known, new_item, with_changes

ValueT = TypeVar("ValueT")


class After(NamedTuple):
    """What was read, as it is after a change.

    Attributes:
        reads: What was read, without what is gone.
        stale: What of it must be read again where it is shown, and is worth nothing where it isn't.
    """

    reads: Reads
    stale: tuple[Read[Any], ...] = ()


def with_settled(reads: Reads, settled: Settlement) -> After:
    """Return what was read as it is after a change that Podio has."""
    match settled.change.operation:
        case UpdateItem(item=int() as item_id) as operation:
            return _updated(reads, settled, operation, item_id)
        case CreateItem() as operation:
            return _created(reads, settled, operation)
        case DeleteItem(item=int() as item_id):
            return without_item(reads, item_id)
    return After(reads)


def with_item(reads: Reads, item: Item) -> Reads:
    """Put an item that was read by itself into the lists in which it was read before, or in the same revision."""
    after = dict(reads)
    for key, loadable, page in _pages(reads):
        rows = tuple(_newer(row, replace(item, app_id=item.app_id or row.app_id)) for row in page.items)
        if rows != page.items:
            after[key] = replace(loadable, value=replace(page, items=rows))
    return after


def with_newest(reads: Reads, page: ItemsPage) -> ItemsPage:
    """Return a page of items with those that were read by themselves in a later revision."""
    own = [(row, reads.get(ItemOf(item_id=row.item_id))) for row in page.items]
    rows = tuple(
        _newer(row, loadable.value) if loadable and loadable.value and loadable.value.revision != row.revision else row
        for row, loadable in own
    )
    return page if rows == page.items else replace(page, items=rows)


def without_item(reads: Reads, item_id: int) -> After:
    """Return what was read as it is after an item was deleted: nothing of it, and what follows it moves up."""
    app_id = _app_id(reads, item_id)
    of_item = (ItemOf(item_id=item_id), CommentsOf(item_id=item_id))
    after = {key: loadable for key, loadable in reads.items() if key not in of_item}
    pages = [entry for entry in _pages(reads) if entry[0].app_id == app_id]
    held_on = {_order(key): key.query.page for key, _, page in pages if _has(page, item_id)}
    stale: list[Read[Any]] = _being_read(reads, app_id)
    for key, loadable, page in pages:
        number = held_on.get(_order(key), 0)
        shown = _counted(page, tuple(row for row in page.items if row.item_id != item_id), -1)
        if key.query.page == number:
            shown, is_whole = _filled(reads, key, shown)
            stale += [] if is_whole else [key]
        elif not key.query.page < number:
            stale.append(key)
        after[key] = replace(loadable, value=shown)
    return After(after, tuple(stale))


def is_listed(reads: Reads, key: Read[Any], item_id: int) -> bool:
    """Whether something that was read is a page of items with this one."""
    return isinstance(page := _value(reads, key), ItemsPage) and _has(page, item_id)


def _updated(reads: Reads, settled: Settlement, operation: UpdateItem, item_id: int) -> After:
    app_id = _app_id(reads, item_id)
    app = _value(reads, AppOf(app_id=app_id)) if app_id else None
    key = ItemOf(item_id=item_id)
    if app is None:
        return After(reads, (key, *_being_read(reads, app_id)))
    saved = partial(_saved, settled=settled, app=app)
    before = [item for item in (_value(reads, key),) if item is not None]
    after = dict(reads)
    if before:
        after[key] = replace(reads[key], value=saved(before[0]))
    stale: list[Read[Any]] = _being_read(reads, app_id)
    for list_key, loadable, page in _pages(reads):
        rows = [row for row in page.items if row.item_id == item_id]
        before += rows
        if rows:
            items = tuple(saved(row) if row.item_id == item_id else row for row in page.items)
            after[list_key] = replace(loadable, value=replace(page, items=items))
        if list_key.app_id == app_id and _orders_by(list_key.query, app, operation):
            stale.append(list_key)
    is_based = all(item.revision in (None, operation.revision, settled.revision) for item in before)
    if not (is_based and settled.revision == operation.revision + 1 and _is_derivable(app, operation)):
        stale.append(key)
    return After(after, tuple(stale))


def _saved(item: Item, *, settled: Settlement, app: App) -> Item:
    """Return an item under a change, unless it was read later than that."""
    if settled.revision is not None and (item.revision or 0) >= settled.revision:
        return item
    shown = with_changes(item, app, Outbox((settled.change,)))
    return replace(shown, revision=settled.revision or item.revision, title=settled.title or shown.title)


def _is_derivable(app: App, operation: UpdateItem) -> bool:
    """Whether all that an app's items show of a change is known without Podio."""
    fields = {key: field for field in app.fields for key in (field.external_id, str(field.field_id))}
    return not any(field.type == "calculation" for field in app.fields) and all(
        key in fields and is_known(fields[key], edit.value) for key, edit in operation.edits.items()
    )


def _orders_by(query: ListQuery, app: App, operation: UpdateItem) -> bool:
    """Whether a list may have another order after a change."""
    if query.sort == "created_on":
        return False
    title = title_field(app)
    sort = str(title.field_id) if query.sort == "title" and title else query.sort
    field = next((field for field in app.fields if str(field.field_id) == sort), None)
    if field is None or field.type == "calculation":
        return True
    return field.external_id in operation.edits or sort in operation.edits


def _created(reads: Reads, settled: Settlement, operation: CreateItem) -> After:
    key = ItemOf(item_id=settled.item_id)
    app = _value(reads, AppOf(app_id=operation.app_id))
    stale: list[Read[Any]] = [key] if settled.item_id else []
    if app is None or not settled.item_id:
        return After(reads, (*stale, *(key for key, _, _ in _pages(reads) if key.app_id == operation.app_id)))
    item = new_item(app, operation.fields)
    item = replace(
        item, item_id=settled.item_id, external_id=settled.change.change_id, title=settled.title or item.title
    )
    after = dict(reads)
    stale += _being_read(reads, operation.app_id)
    for list_key, loadable, page in _pages(reads):
        if list_key.app_id == operation.app_id and not _has(page, item.item_id):
            shown = None if loadable.stands_in else _with_newest_created(page, list_key.query, item)
            after[list_key] = loadable if shown is None else replace(loadable, value=shown)
            stale += [list_key] if shown is None else []
    return After(after, tuple(stale))


def _with_newest_created(page: ItemsPage, query: ListQuery, item: Item) -> ItemsPage | None:
    """Return a page of items after another was created; None where its place isn't known."""
    if query.sort != "created_on":
        return None
    if query.descending:
        return _counted(page, (item, *page.items)[: query.size], 1) if query.page == 1 else None
    if page.filtered is None:
        return None
    is_its_place = page.offset <= page.filtered < page.offset + query.size
    return _counted(page, (*page.items, item) if is_its_place else page.items, 1)


def _filled(reads: Reads, key: ItemsOf, page: ItemsPage) -> tuple[ItemsPage, bool]:
    """Return a page that lacks a row with the first of the next page, and whether it is whole then."""
    if page.filtered is not None and page.filtered <= page.offset + len(page.items):
        return page, True
    following = _value(reads, key.next_page)
    first = following.items[0] if following and following.items else None
    if first is None or _has(page, first.item_id):
        return page, False
    return replace(page, items=(*page.items, first)), True


def _newer(row: Item, item: Item) -> Item:
    """Return an item in the place of its row in a list, unless that was read later."""
    return item if row.item_id == item.item_id and (item.revision or 0) >= (row.revision or 0) else row


def _counted(page: ItemsPage, items: tuple[Item, ...], difference: int) -> ItemsPage:
    counts = (None if count is None else max(count + difference, 0) for count in (page.total, page.filtered))
    total, filtered = counts
    return replace(page, items=items, total=total, filtered=filtered)


def _order(key: ItemsOf) -> ListQuery:
    """Return what all pages of a list have in common."""
    return replace(key.query, page=1)


def _has(page: ItemsPage, item_id: int) -> bool:
    return any(row.item_id == item_id for row in page.items)


def _pages(reads: Reads) -> list[tuple[ItemsOf, Loadable[ItemsPage], ItemsPage]]:
    """Return the pages of items that were read."""
    return [
        (key, loadable, loadable.value)
        for key, loadable in reads.items()
        if isinstance(key, ItemsOf) and isinstance(loadable.value, ItemsPage)
    ]


def _being_read(reads: Reads, app_id: int) -> list[Read[Any]]:
    """Return the lists of an app (0: of any) that are being read."""
    lists = ((key, loadable) for key, loadable in reads.items() if isinstance(key, ItemsOf))
    return [key for key, loadable in lists if loadable.loading and app_id in (0, key.app_id)]


def _app_id(reads: Reads, item_id: int) -> int:
    """Return the app of an item that was read; 0 where it wasn't."""
    item = find_item(reads, item_id)
    return item[0] if item else 0


def _value(reads: Reads, key: Read[ValueT]) -> ValueT | None:
    """Return what was read by a key itself."""
    loadable: Loadable[ValueT] | None = reads.get(key)
    return loadable.own if loadable else None
