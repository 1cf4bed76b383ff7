"""Layout: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Layout(Area):
    """Layout (https://developers.podio.com/doc/layout)."""

    async def get(self, app_id: int, badge_type: str, *, params: Params | None = None) -> Any:
        """Return an app's layout of one kind.

        See "Get layout", https://developers.podio.com/doc/layout/get-layout-245313222
        """
        path = fill("/layout/{app_id:id}/{badge_type}", app_id=app_id, badge_type=badge_type)
        return await self._caller.request("GET", path, params=params)

    async def update(self, app_id: int, layout_type: str, *, body: Any = None, params: Params | None = None) -> Any:
        """Change an app's layout of one kind.

        See "Update layout", https://developers.podio.com/doc/layout/update-layout-383572993
        """
        path = fill("/layout/{app_id:id}/{layout_type}", app_id=app_id, layout_type=layout_type)
        return await self._caller.request("POST", path, params=params, body=body)
