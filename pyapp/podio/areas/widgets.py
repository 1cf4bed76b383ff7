"""Widgets: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Widgets(Area):
    """Widgets (https://developers.podio.com/doc/widgets)."""

    async def delete(self, widget_id: int, *, params: Params | None = None) -> Any:
        """Delete a widget.

        See "Delete widget", https://developers.podio.com/doc/widgets/delete-widget-22492
        """
        path = fill("/widget/{widget_id:id}", widget_id=widget_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, widget_id: int, *, params: Params | None = None) -> Any:
        """Return a widget.

        See "Get widget", https://developers.podio.com/doc/widgets/get-widget-22489
        """
        path = fill("/widget/{widget_id:id}", widget_id=widget_id)
        return await self._caller.request("GET", path, params=params)

    async def update(self, widget_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change a widget.

        See "Update widget", https://developers.podio.com/doc/widgets/update-widget-22490
        """
        path = fill("/widget/{widget_id:id}", widget_id=widget_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def clone(self, widget_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Copy a widget.

        See "Clone widget", https://developers.podio.com/doc/widgets/clone-widget-105850650
        """
        path = fill("/widget/{widget_id:id}/clone", widget_id=widget_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_all(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the widgets of an object.

        See "Get widgets", https://developers.podio.com/doc/widgets/get-widgets-22494
        """
        path = fill("/widget/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def create(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Add a widget to an object.

        See "Create widget", https://developers.podio.com/doc/widgets/create-widget-22491
        """
        path = fill("/widget/{ref_type}/{ref_id:id}/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_all_for_display(self, ref_type: str, ref_id: int, *, params: Params | None = None) -> Any:
        """Return the widgets of an object for display.

        See "Get widgets", https://developers.podio.com/doc/widgets/get-widgets-22494
        """
        path = fill("/widget/{ref_type}/{ref_id:id}/display/", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("GET", path, params=params)

    async def update_order(self, ref_type: str, ref_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change the order of an object's widgets.

        See "Update widget order", https://developers.podio.com/doc/widgets/update-widget-order-22495
        """
        path = fill("/widget/{ref_type}/{ref_id:id}/order", ref_type=ref_type, ref_id=ref_id)
        return await self._caller.request("PUT", path, params=params, body=body)
