"""Voting: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Voting(Area):
    """Voting (https://developers.podio.com/doc/voting)."""

    async def get_app_votings(self, app_id: int, *, params: Params | None = None) -> Any:
        """Return the votings of an app.

        See "Get app votings", https://developers.podio.com/doc/voting/get-app-votings-117689723
        """
        path = fill("/voting/app/{app_id:id}/voting", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def batch_update(self, app_id: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Change many votings of an app.

        See "Batch update votings", https://developers.podio.com/doc/voting/batch-update-votings-117729741
        """
        path = fill("/voting/app/{app_id:id}/voting", app_id=app_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def get_result_of_voting_on_item(self, item_id: int, voting_id: int, *, params: Params | None = None) -> Any:
        """Return the result of a voting on an item.

        See "Get result of voting on an item", https://developers.podio.com/doc/voting/get-result-of-voting-on-an-item-117727335
        """
        path = fill("/voting/item/{item_id:id}/voting/{voting_id:id}/result", item_id=item_id, voting_id=voting_id)
        return await self._caller.request("GET", path, params=params)

    async def get_users_with_votes(self, item_id: int, voting_id: int, *, params: Params | None = None) -> Any:
        """Return who voted on an item.

        See "Get list of users with votes", https://developers.podio.com/doc/voting/get-list-of-users-with-votes-117729546
        """
        path = fill("/voting/item/{item_id:id}/voting/{voting_id:id}/user", item_id=item_id, voting_id=voting_id)
        return await self._caller.request("GET", path, params=params)
