"""Importer: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any

from podio.areas.calls import Area, Params, fill


class Importer(Area):
    """Importer (https://developers.podio.com/doc/importer)."""

    async def import_space_contacts(
        self, file_id: int, space_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Import a file's rows as contacts of a space.

        See "Import space contacts", https://developers.podio.com/doc/importer/import-space-contacts-4261072
        """
        path = fill("/importer/{file_id:id}/contact/space/{space_id:id}", file_id=file_id, space_id=space_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_info(self, file_id: int, *, params: Params | None = None) -> Any:
        """Return what an uploaded file has to import.

        See "Get info", https://developers.podio.com/doc/importer/get-info-5929504
        """
        path = fill("/importer/{file_id:id}/info", file_id=file_id)
        return await self._caller.request("GET", path, params=params)

    async def import_app_items(
        self, file_id: int, app_id: int, *, body: Any = None, params: Params | None = None
    ) -> Any:
        """Import a file's rows as items of an app.

        See "Import app items", https://developers.podio.com/doc/importer/import-app-items-212899
        """
        path = fill("/importer/{file_id:id}/item/app/{app_id:id}", file_id=file_id, app_id=app_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def get_preview(self, file_id: int, row: int, *, body: Any = None, params: Params | None = None) -> Any:
        """Return how a row of a file would be imported.

        See "Get preview", https://developers.podio.com/doc/importer/get-preview-5936702
        """
        path = fill("/importer/{file_id:id}/preview/{row:id}", file_id=file_id, row=row)
        return await self._caller.request("POST", path, params=params, body=body)
