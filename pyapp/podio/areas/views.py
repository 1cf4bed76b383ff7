"""Views: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CreatedViewJSON, ViewJSON


class Views(Area):
    """Views (https://developers.podio.com/doc/views)."""

    async def get_all(
        self, app_id: int, *, include_standard_views: bool | None = None, params: Params | None = None
    ) -> list[ViewJSON]:
        """Return the views of an app.

        See "Get views", https://developers.podio.com/doc/views/get-views-27460
        """
        path = fill("/view/app/{app_id:id}/", app_id=app_id)
        return cast(
            "list[ViewJSON]",
            await self._caller.request(
                "GET", path, params=merged({"include_standard_views": include_standard_views}, params)
            ),
        )

    async def create(self, app_id: int, *, body: Any = None, params: Params | None = None) -> CreatedViewJSON:
        """Create a view of an app.

        See "Create view", https://developers.podio.com/doc/views/create-view-27453
        """
        path = fill("/view/app/{app_id:id}/", app_id=app_id)
        return cast("CreatedViewJSON", await self._caller.request("POST", path, params=params, body=body))

    async def get_last(self, app_id: int, *, params: Params | None = None) -> ViewJSON:
        """Return the view of an app that the user used last.

        See "Get last view", https://developers.podio.com/doc/views/get-last-view-27663
        """
        path = fill("/view/app/{app_id:id}/last", app_id=app_id)
        return cast("ViewJSON", await self._caller.request("GET", path, params=params))

    async def update_last(self, app_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change the view of an app that the user used last.

        See "Update last view", https://developers.podio.com/doc/views/update-last-view-5988251
        """
        path = fill("/view/app/{app_id:id}/last", app_id=app_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def get_on_app(self, app_id: int, view_id_or_name: int | str, *, params: Params | None = None) -> ViewJSON:
        """Return a view of an app by its id or name.

        See "Get view", https://developers.podio.com/doc/views/get-view-27450
        """
        path = fill("/view/app/{app_id:id}/{view_id_or_name}", app_id=app_id, view_id_or_name=view_id_or_name)
        return cast("ViewJSON", await self._caller.request("GET", path, params=params))

    async def delete(self, view_id: int, *, params: Params | None = None) -> None:
        """Delete a view.

        See "Delete view", https://developers.podio.com/doc/views/delete-view-27454
        """
        path = fill("/view/{view_id:id}", view_id=view_id)
        await self._caller.request("DELETE", path, params=params)

    async def get(self, view_id: int, *, params: Params | None = None) -> ViewJSON:
        """Return a view.

        See "Get view", https://developers.podio.com/doc/views/get-view-27450
        """
        path = fill("/view/{view_id:id}", view_id=view_id)
        return cast("ViewJSON", await self._caller.request("GET", path, params=params))

    async def update(self, view_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change a view.

        See "Update view", https://developers.podio.com/doc/views/update-view-20069949
        """
        path = fill("/view/{view_id:id}", view_id=view_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def make_default(self, view_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Make a view its app's default.

        See "Make default", https://developers.podio.com/doc/views/make-default-155388326
        """
        path = fill("/view/{view_id:id}/default", view_id=view_id)
        await self._caller.request("POST", path, params=params, body=body)
