"""Batch: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import BatchJSON


class Batch(Area):
    """Batch (https://developers.podio.com/doc/batch)."""

    async def get_all(
        self, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[BatchJSON]:
        """Return the batches.

        See "Get batches", https://developers.podio.com/doc/batch/get-batches-6078877
        """
        path = "/batch/"
        return cast(
            "list[BatchJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get(self, batch_id: int, *, params: Params | None = None) -> BatchJSON:
        """Return a batch.

        See "Get batch", https://developers.podio.com/doc/batch/get-batch-6144225
        """
        path = fill("/batch/{batch_id:id}", batch_id=batch_id)
        return cast("BatchJSON", await self._caller.request("GET", path, params=params))

    async def get_running(
        self, ref_type: str, ref_id: int, plugin: str, *, params: Params | None = None
    ) -> list[BatchJSON]:
        """Return the batches of a plugin that run on an object.

        See "Get running batches", https://developers.podio.com/doc/batch/get-running-batches-15856178
        """
        path = fill("/batch/{ref_type}/{ref_id:id}/{plugin}/running/", ref_type=ref_type, ref_id=ref_id, plugin=plugin)
        return cast("list[BatchJSON]", await self._caller.request("GET", path, params=params))
