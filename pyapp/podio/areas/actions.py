"""Actions: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Actions(Area):
    """Actions (https://developers.podio.com/doc/actions)."""

    async def get(self, action_id: int, *, params: Params | None = None) -> Any:
        """Return an action.

        See "Get action", https://developers.podio.com/doc/actions/get-action-1701120
        """
        path = fill("/action/{action_id:id}", action_id=action_id)
        return await self._caller.request("GET", path, params=params)
