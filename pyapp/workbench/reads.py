"""All that the page reads from Podio: a class for each kind, which knows its call and what the response means.

``state.read(AppOf(app_id=7))`` is a ``Loadable[App]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from podio.model import App, Comment, Item, ItemsPage, Organization, User, read_list
from workbench.core.reads import Read, Reads, Request

PAGE_SIZES = (30, 100)
_COMMENTS_AT_MOST = 500

ThingT = TypeVar("ThingT", Organization, App, Comment)


def comments_sent_with(item: Item) -> tuple[Comment, ...] | None:
    """Return the comments that came with an item; None where they didn't, or fewer than it says to have."""
    has_comments = isinstance(item.raw, Mapping) and isinstance(item.raw.get("comments"), list)
    return item.comments if has_comments and len(item.comments) >= item.comment_count else None


def find_item(reads: Reads, item_id: int) -> tuple[int, Item] | None:
    """Find an item with its app's id (0 where that isn't known): whole if it was opened, else as a list knows it."""
    loadable, row = reads.get(ItemOf(item_id=item_id)), _find_row(reads, item_id)
    whole = loadable.value if loadable else None
    if isinstance(whole, Item):
        return whole.app_id or (row[0] if row else 0), whole
    return row


def _find_row(reads: Reads, item_id: int) -> tuple[int, Item] | None:
    """Find an item with its app's id in the list that was shown last."""
    for key, loadable in reversed(list(reads.items())):
        if isinstance(key, ItemsOf) and isinstance(loadable.value, ItemsPage):
            for item in loadable.value.items:
                if item.item_id == item_id:
                    return key.app_id, item
    return None


def ids_beside(page: ItemsPage | None, item_id: int) -> tuple[int | None, int | None] | None:
    """Return the ids of the items before and after one in a page, None at its ends; None where it isn't in it."""
    ids = [item.item_id for item in page.items] if page else []
    if item_id not in ids:
        return None
    place = ids.index(item_id)
    return ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None


def _read_all(kind: type[ThingT], response: Any) -> tuple[ThingT, ...] | None:
    return read_list(kind, response) if isinstance(response, list) else None


class Me(Read[User]):
    """Who is signed in."""

    def request(self) -> Request:
        """Return the call that reads it."""
        return Request(method="GET", path="/user/status")

    def decode(self, response: Any) -> User | None:
        """Return what a response means; None if it is no such thing."""
        return User.from_json(response)


class Organizations(Read[tuple[Organization, ...]]):
    """The organizations with their workspaces."""

    def request(self) -> Request:
        """Return the call that reads it."""
        return Request(method="GET", path="/org/")

    def decode(self, response: Any) -> tuple[Organization, ...] | None:
        """Return what a response means; None if it is no such thing."""
        return _read_all(Organization, response)


class AppsOf(Read[tuple[App, ...]]):
    """The apps of a workspace that are in use."""

    space_id: int

    def request(self) -> Request:
        """Return the call that reads it."""
        return Request(method="GET", path=f"/app/space/{self.space_id}/")

    def decode(self, response: Any) -> tuple[App, ...] | None:
        """Return what a response means; None if it is no such thing."""
        apps = _read_all(App, response)
        return None if apps is None else tuple(app for app in apps if app.status in {"", "active"})


class AppOf(Read[App]):
    """An app with its fields."""

    app_id: int

    def request(self) -> Request:
        """Return the call that reads it."""
        return Request(method="GET", path=f"/app/{self.app_id}")

    def decode(self, response: Any) -> App | None:
        """Return what a response means; None if it is no such thing."""
        return App.from_json(response)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which page of an app's items is shown, and in which order."""

    page: int = 1
    size: int = PAGE_SIZES[0]
    sort: str = "created_on"
    descending: bool = True

    @property
    def offset(self) -> int:
        """How many items come before this page."""
        return (self.page - 1) * self.size


class ItemsOf(Read[ItemsPage]):
    """A page of an app's items."""

    app_id: int
    query: ListQuery = ListQuery()

    @property
    def next_page(self) -> ItemsOf:
        """The page behind it."""
        return ItemsOf(app_id=self.app_id, query=replace(self.query, page=self.query.page + 1))

    def request(self) -> Request:
        """Return the call that reads it."""
        body = {
            "sort_by": self.query.sort,
            "sort_desc": self.query.descending,
            "limit": self.query.size,
            "offset": self.query.offset,
            "remember": False,
        }
        return Request(method="POST", path=f"/item/app/{self.app_id}/filter/", body=body)

    def decode(self, response: Any) -> ItemsPage | None:
        """Return what a response means; None if it is no such thing."""
        if not isinstance(response, dict):
            return None
        return ItemsPage.from_json(response, app_id=self.app_id, offset=self.query.offset)

    def stand_in(self, reads: Reads) -> ItemsPage | None:
        """Return the page of this app that was shown last."""
        for key, loadable in reversed(list(reads.items())):
            is_shown = isinstance(key, ItemsOf) and key.app_id == self.app_id and not loadable.ahead
            if is_shown and isinstance(loadable.value, ItemsPage):
                return loadable.value
        return None


class ItemOf(Read[Item]):
    """An item."""

    item_id: int

    def request(self) -> Request:
        """Return the call that reads it."""
        return Request(method="GET", path=f"/item/{self.item_id}")

    def request_ahead(self) -> Request:
        """Return the same call for an item that the user hasn't opened, which stays new to them."""
        return Request(method="GET", path=f"/item/{self.item_id}", params={"mark_as_viewed": False})

    def decode(self, response: Any) -> Item | None:
        """Return what a response means; None if it is no such thing."""
        return Item.from_json(response)

    def stand_in(self, reads: Reads) -> Item | None:
        """Return its row in the list that was shown last: all fields, without comments and files."""
        row = _find_row(reads, self.item_id)
        return row[1] if row else None


class CommentsOf(Read[tuple[Comment, ...]]):
    """An item's comments, which come with the item."""

    item_id: int

    @property
    def comes_with(self) -> ItemOf:
        """The item."""
        return ItemOf(item_id=self.item_id)

    def request(self) -> Request:
        """Return the call that reads it."""
        path = f"/comment/item/{self.item_id}/"
        return Request(method="GET", path=path, params={"limit": _COMMENTS_AT_MOST})

    def decode(self, response: Any) -> tuple[Comment, ...] | None:
        """Return what a response means; None if it is no such thing."""
        return _read_all(Comment, response)
