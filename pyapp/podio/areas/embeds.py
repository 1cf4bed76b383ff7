"""Embeds: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from podio.areas.calls import Area, Params

if TYPE_CHECKING:
    from podio.json_types import EmbedCreation, EmbedJSON


class Embeds(Area):
    """Embeds (https://developers.podio.com/doc/embeds)."""

    async def create(self, *, body: EmbedCreation, params: Params | None = None) -> EmbedJSON:
        """Make an embed of an address, to be used in fields, comments and statuses.

        See "Add an embed", https://developers.podio.com/doc/embeds/add-an-embed-726483
        """
        path = "/embed/"
        return cast("EmbedJSON", await self._caller.request("POST", path, params=params, body=body))
