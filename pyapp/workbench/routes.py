"""The places of the page, each with its address; ``core.routes`` says how these are written and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlencode

from workbench.core.reads import Read
from workbench.core.routes import Route, fragment
from workbench.reads import PAGE_SIZES, AppOf, AppsOf, CommentsOf, ItemOf, ItemsOf, ListQuery

__all__ = [
    "PAGE_SIZES",
    "AppPage",
    "Home",
    "ItemPage",
    "ListQuery",
    "NewItemPage",
    "OrganizationPage",
    "Route",
    "SpacePage",
    "fragment",
    "is_deep",
    "sorted_by",
]

_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_SORT = re.compile(r"[a-z0-9_]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Route):
    """The overview of everything the user can open."""

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {"": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationPage(Route):
    """One organization with its workspaces."""

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {"org/{org_id}": {}}
    org_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacePage(Route):
    """One workspace with its apps."""

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {"space/{space_id}": {}}
    space_id: int

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """Its apps."""
        return (AppsOf(space_id=self.space_id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _InList(Route):
    """A place in the list of an app's items, or opened from it."""

    app_id: int
    query: ListQuery = field(default_factory=ListQuery)

    @property
    def list_page(self) -> AppPage:
        """The list."""
        return AppPage(app_id=self.app_id, query=self.query)

    @property
    def query_text(self) -> str:
        """The page and the order, where they aren't what they are at first."""
        query, first = self.query, ListQuery()
        parameters: dict[str, str] = {}
        if query.page != first.page:
            parameters["page"] = str(query.page)
        if query.size != first.size:
            parameters["limit"] = str(query.size)
        if (query.sort, query.descending) != (first.sort, first.descending):
            parameters |= {"sort": query.sort, "desc": "1" if query.descending else "0"}
        return urlencode(parameters)

    def with_query(self, text: str) -> tuple[Self, bool]:
        """Read the page and the order; what makes no sense is as it is at first."""
        try:
            parameters = dict(parse_qsl(text, max_num_fields=20))
        except ValueError:
            return self, False
        settings, is_valid = _understand(parameters)
        query = ListQuery(
            page=int(settings.get("page", 1)),
            size=int(settings.get("limit", PAGE_SIZES[0])),
            sort=settings.get("sort", ListQuery().sort),
            descending=settings.get("desc", "1") == "1",
        )
        return replace(self, query=query), is_valid


def _understand(parameters: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Return the parameters that make sense, and whether all of ours did; unknown ones are left alone."""
    checks: dict[str, Callable[[str], object]] = {
        "page": _PAGE.fullmatch,
        "limit": lambda text: text in map(str, PAGE_SIZES),
        "sort": _SORT.fullmatch,
        "desc": lambda text: text in {"0", "1"},
    }
    texts = {name: text for name, text in parameters.items() if name in checks}
    valid_texts = {name: text for name, text in texts.items() if checks[name](text)}
    return valid_texts, len(valid_texts) == len(texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPage(_InList):
    """The items of one app, a page at a time."""

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {"app/{app_id}": {}}

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """The app, and the page of its items."""
        return (AppOf(app_id=self.app_id), ItemsOf(app_id=self.app_id, query=self.query))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItemPage(_InList):
    """The form for a new item of an app."""

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {"app/{app_id}/new": {}}

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """The app."""
        return (AppOf(app_id=self.app_id),)

    @property
    def keeps(self) -> tuple[Read[Any], ...]:
        """The page of items that it was opened from, which stands beside the new item then."""
        return (ItemsOf(app_id=self.app_id, query=self.query),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage(_InList):
    """One item, read or being edited, with the list it was opened from."""

    addresses: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "app/{app_id}/item/{item_id}": {"editing": False},
        "app/{app_id}/item/{item_id}/edit": {"editing": True},
    }
    item_id: int
    editing: bool = False

    @property
    def edited(self) -> ItemPage:
        """The item in its form."""
        return replace(self, editing=True)

    def beside(self, item_id: int) -> ItemPage:
        """Another item of the same list, as it is read."""
        return replace(self, item_id=item_id, editing=False)

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """The item with its comments and its app, and the page of items that it was opened from."""
        return (
            AppOf(app_id=self.app_id),
            ItemOf(item_id=self.item_id),
            CommentsOf(item_id=self.item_id),
            ItemsOf(app_id=self.app_id, query=self.query),
        )


def is_deep(route: Route) -> bool:
    """Return whether a route leads to something in Podio, and not only to the page's first sight."""
    return not isinstance(route, Home)


def sorted_by(query: ListQuery, key: str) -> ListQuery:
    """Sort by ``key`` from the first page; the key in force already changes its direction."""
    descending = not query.descending if query.sort == key else key in {"created_on", "last_edit_on"}
    return replace(query, sort=key, descending=descending, page=1)
