"""Where the person is, as values and as the fragment of the page's address. Performs no I/O.

A route is a deep link: ``#/app/7?page=2`` shows the same thing to whoever opens it, after a reload and after a sign-in.
Fragments that don't begin with ``/`` are somebody else's (OAuth's answer, an anchor) and are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

PAGE_SIZES = (30, 100)
_ID = re.compile(r"[1-9][0-9]{0,15}")
_SORT = re.compile(r"[a-z0-9_]{1,40}")
_LONGEST = 500
_LONGEST_PAGE = 6


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The overview of everything the person can open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationPage:
    """One organization with its workspaces."""

    org_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacePage:
    """One workspace with its apps."""

    space_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPage:
    """The items of one app, a page at a time."""

    app_id: int
    query: ListQuery = ListQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItemPage:
    """The form for a new item of an app."""

    app_id: int
    query: ListQuery = ListQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One item, read or being edited, with the list it was opened from."""

    app_id: int
    item_id: int
    editing: bool = False
    query: ListQuery = ListQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage:
    """An address of ours that leads nowhere."""

    address: str


Route = Home | OrganizationPage | SpacePage | AppPage | NewItemPage | ItemPage | NotFoundPage


def is_deep(route: Route) -> bool:
    """Tell whether a route leads to something in Podio, and not only to the page's first sight."""
    return not isinstance(route, Home | NotFoundPage)


def parse(fragment: str) -> Route | None:
    """Read a fragment, with or without its ``#``; ``None`` when it isn't the workbench's."""
    text = fragment.removeprefix("#")
    if not text:
        return Home()
    if not text.startswith("/"):
        return None
    path, _, query = text.partition("?")
    return _parse_path(path, query) or NotFoundPage(address=f"#{text}"[:_LONGEST])


def _parse_path(path: str, query: str) -> Route | None:
    parts = path.strip("/").split("/")
    if parts == [""]:
        return Home()
    if not all(_ID.fullmatch(part) for part in parts[1:2]):
        return None
    match parts:
        case ["org", org_id]:
            return OrganizationPage(org_id=int(org_id))
        case ["space", space_id]:
            return SpacePage(space_id=int(space_id))
    list_query = _parse_query(query)
    if list_query is None:
        return None
    match parts:
        case ["app", app_id]:
            return AppPage(app_id=int(app_id), query=list_query)
        case ["app", app_id, "new"]:
            return NewItemPage(app_id=int(app_id), query=list_query)
        case ["app", app_id, "item", item_id] if _ID.fullmatch(item_id):
            return ItemPage(app_id=int(app_id), item_id=int(item_id), query=list_query)
        case ["app", app_id, "item", item_id, "edit"] if _ID.fullmatch(item_id):
            return ItemPage(app_id=int(app_id), item_id=int(item_id), editing=True, query=list_query)
    return None


def _parse_query(query: str) -> ListQuery | None:
    try:
        given = dict(parse_qsl(query, max_num_fields=20))
    except ValueError:
        return None
    page, size = given.get("page", "1"), given.get("limit", str(PAGE_SIZES[0]))
    sort, desc = given.get("sort", "created_on"), given.get("desc", "1")
    if (
        not _ID.fullmatch(page)
        or len(page) > _LONGEST_PAGE
        or size not in map(str, PAGE_SIZES)
        or not _SORT.fullmatch(sort)
    ):
        return None
    return ListQuery(page=int(page), size=int(size), sort=sort, descending=desc == "1")


def _query_text(query: ListQuery) -> str:
    default = ListQuery()
    given: dict[str, str] = {}
    if query.page != default.page:
        given["page"] = str(query.page)
    if query.size != default.size:
        given["limit"] = str(query.size)
    if (query.sort, query.descending) != (default.sort, default.descending):
        given["sort"] = query.sort
        given["desc"] = "1" if query.descending else "0"
    return f"?{urlencode(given)}" if given else ""


def fragment(route: Route) -> str:
    """Write a route as the address bar shows it, with its ``#``."""
    match route:
        case OrganizationPage(org_id=org_id):
            return f"#/org/{org_id}"
        case SpacePage(space_id=space_id):
            return f"#/space/{space_id}"
        case AppPage(app_id=app_id, query=query):
            return f"#/app/{app_id}{_query_text(query)}"
        case NewItemPage(app_id=app_id, query=query):
            return f"#/app/{app_id}/new{_query_text(query)}"
        case ItemPage(app_id=app_id, item_id=item_id, editing=editing, query=query):
            return f"#/app/{app_id}/item/{item_id}{'/edit' if editing else ''}{_query_text(query)}"
        case NotFoundPage(address=address):
            return address
    return "#/"


def sorted_by(query: ListQuery, key: str) -> ListQuery:
    """Sort by ``key`` from the first page; the key in force already changes its direction."""
    descending = not query.descending if query.sort == key else key in {"created_on", "last_edit_on"}
    return replace(query, sort=key, descending=descending, page=1)
