"""What the object layer adds to a client: an app by its id, and lists that are gone through to their end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial
from typing import Any

from podio import model
from podio._boundary import sealed_class
from podio._objects._app import App
from podio._objects._item import required
from podio.errors import ConfigurationError
from podio.json_types import CommentJSON, SearchResultJSON, StreamObjectJSON, TaskJSON

_PAGE = 100
_SEARCH_PAGE = 20
"""The most that a search gives at a time."""

Fetch = Callable[..., Awaitable[Any]]
"""Takes a ``limit`` and an ``offset``, returns that part of a list."""


@sealed_class()
class Objects:
    """The object layer's way in.

    Args:
        client: The client that the objects make their calls with.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    async def app(self, app_id: int) -> App:
        """Return an app, with its fields: the object layer's way in.

        Raises:
            PodioError: as `podio.request` does.
        """
        return App(self._client, required(model.App.from_json(await self._client.applications.get(app_id))))

    async def iterate_tasks(self, /, **filters: Any) -> AsyncGenerator[TaskJSON, None]:
        """Yield all tasks that pass a filter, of which Podio wants at least one.

        Args:
            filters: Those of `podio.tasks.get_all`: ``responsible=…``, ``space=…``, ``reference="item:42"``.
        """
        tasks = self._client.tasks
        # No `partial`: a limit among the filters must not be overridden without a word.
        async for task in _all(lambda **page: tasks.get_all(**filters, **page), "task_id"):
            yield task

    async def iterate_comments(self, ref_type: str, ref_id: int) -> AsyncGenerator[CommentJSON, None]:
        """Yield all comments on an object, oldest first."""
        fetch = partial(self._client.comments.get_on_object, ref_type, ref_id)
        async for comment in _all(fetch, "comment_id"):
            yield comment

    async def iterate_search(
        self,
        query: str,
        *,
        app_id: int | None = None,
        space_id: int | None = None,
        org_id: int | None = None,
        ref_type: str | None = None,
    ) -> AsyncGenerator[SearchResultJSON, None]:
        """Yield all that a search finds: everywhere, or in an app, a workspace or an organization.

        Args:
            query: What to search for.
            app_id: The app to search in.
            space_id: The workspace to search in.
            org_id: The organization to search in.
            ref_type: The type of objects to find: ``item``, ``task``, ``file``, ``profile`` …
        """
        _check_one(app_id=app_id, space_id=space_id, org_id=org_id)
        search = self._client.search

        async def fetch(limit: int, offset: int) -> Any:
            body = {"query": query, "limit": limit, "offset": offset}
            body |= {} if ref_type is None else {"ref_type": ref_type}
            if app_id is not None:
                return await search.search_in_app(app_id, body=body)
            if space_id is not None:
                return await search.search_in_space(space_id, body=body)
            if org_id is not None:
                return await search.search_in_organization(org_id, body=body)
            return await search.search_globally(body=body)

        async for result in _all(fetch, "id", page_size=_SEARCH_PAGE):
            yield result

    async def iterate_stream(
        self,
        *,
        app_id: int | None = None,
        space_id: int | None = None,
        org_id: int | None = None,
        user_id: int | None = None,
    ) -> AsyncGenerator[StreamObjectJSON, None]:
        """Yield what happened, newest first: to all that the user sees, or in an app, a workspace, an organization.

        Args:
            app_id: The app.
            space_id: The workspace.
            org_id: The organization.
            user_id: The user by whom it happened.
        """
        _check_one(app_id=app_id, space_id=space_id, org_id=org_id, user_id=user_id)
        stream = self._client.stream
        fetch: Fetch = stream.get_global
        if app_id is not None:
            fetch = partial(stream.get_app_stream, app_id)
        elif space_id is not None:
            fetch = partial(stream.get_space_stream, space_id)
        elif org_id is not None:
            fetch = partial(stream.get_organization_stream, org_id)
        elif user_id is not None:
            fetch = partial(stream.get_user_stream, user_id)
        async for entry in _all(fetch, "id"):
            yield entry

    async def iterate_conversations(self) -> AsyncGenerator[dict[str, Any], None]:
        """Yield the user's conversations, the one with the newest message first."""
        async for conversation in _all(self._client.conversations.get_all, "conversation_id"):
            yield conversation


def _check_one(**places: int | None) -> None:
    named = [name for name, value in places.items() if value is not None]
    if len(named) > 1:
        raise ConfigurationError(f"Name one place, not {' and '.join(named)}.")


async def _all(fetch: Fetch, id_key: str, *, page_size: int = _PAGE) -> AsyncGenerator[Any, None]:
    """Yield a list's entries, each once, page by page.

    Podio may give fewer at a time than requested, and a list that grows meanwhile moves: so it ends with the first page
    that is shorter than the one before, or that brings nothing new.
    """
    seen: set[Any] = set()
    offset, longest = 0, 0
    while True:
        page = await fetch(limit=page_size, offset=offset)
        entries = page if isinstance(page, list) else []
        new = [entry for entry in entries if (entry.get("type"), entry.get(id_key)) not in seen]
        seen |= {(entry.get("type"), entry.get(id_key)) for entry in new}
        for entry in new:
            yield entry
        offset += len(entries)
        longest = max(longest, len(entries))
        if not new or len(entries) < longest:
            return
