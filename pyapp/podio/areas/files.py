"""Files: a method for each operation that Podio documents. Performs no I/O but through its client.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import Any, cast

from podio.areas.calls import Area, Query, fill
from podio.shapes import File


class Files(Area):
    """Files (https://developers.podio.com/doc/files)."""

    async def get_all(self, **params: Query) -> Any:
        """Return the files.

        See "Get files", https://developers.podio.com/doc/files/get-files-4497983
        """
        path = "/file/"
        return await self._caller.request("GET", path, params=params)

    async def upload(self, source: Any, filename: str, **params: Query) -> File:
        """Upload a file.

        At most 100 MB. `source` is the content, as `podio.upload_file` takes it.

        See "Upload file", https://developers.podio.com/doc/files/upload-file-1004361
        """
        path = "/file/"
        return cast("File", await self._upload(path, source=source, filename=filename, params=params))

    async def get_on_app(self, app_id: int, **params: Query) -> list[File]:
        """Return the files of an app.

        See "Get files on app", https://developers.podio.com/doc/files/get-files-on-app-22472
        """
        path = fill("/file/app/{app_id}/", app_id=app_id)
        return cast("list[File]", await self._caller.request("GET", path, params=params))

    async def get_latest_on_app(self, app_id: int, **params: Query) -> Any:
        """Return the latest files of an app.

        See "Get latest files on app", https://developers.podio.com/doc/files/get-latest-files-on-app-22473
        """
        path = fill("/file/app/{app_id}/latest/", app_id=app_id)
        return await self._caller.request("GET", path, params=params)

    async def get_on_space(self, space_id: int, **params: Query) -> list[File]:
        """Return the files of a space.

        See "Get files on space", https://developers.podio.com/doc/files/get-files-on-space-22471
        """
        path = fill("/file/space/{space_id}/", space_id=space_id)
        return cast("list[File]", await self._caller.request("GET", path, params=params))

    async def get_latest_on_space(self, space_id: int, **params: Query) -> Any:
        """Return the latest files of a space.

        See "Get latest files on space", https://developers.podio.com/doc/files/get-latest-files-on-space-22470
        """
        path = fill("/file/space/{space_id}/latest/", space_id=space_id)
        return await self._caller.request("GET", path, params=params)

    async def upload_v2(self, source: Any, filename: str, **params: Query) -> File:
        """Upload a file.

        At most 100 MB. `source` is the content, as `podio.upload_file` takes it.

        See "Upload file", https://developers.podio.com/doc/files/upload-file-1004361
        """
        path = "/file/v2/"
        return cast("File", await self._upload(path, source=source, filename=filename, params=params))

    async def delete(self, file_id: int, **params: Query) -> Any:
        """Delete a file.

        See "Delete file", https://developers.podio.com/doc/files/delete-file-22453
        """
        path = fill("/file/{file_id}", file_id=file_id)
        return await self._caller.request("DELETE", path, params=params)

    async def get(self, file_id: int, **params: Query) -> File:
        """Return what is known about a file: its name, type, size, addresses.

        See "Get file", https://developers.podio.com/doc/files/get-file-22451
        """
        path = fill("/file/{file_id}", file_id=file_id)
        return cast("File", await self._caller.request("GET", path, params=params))

    async def update(self, file_id: int, *, body: Any = None, **params: Query) -> Any:
        """Change what is known about a file.

        See "Update file", https://developers.podio.com/doc/files/update-file-22454
        """
        path = fill("/file/{file_id}", file_id=file_id)
        return await self._caller.request("PUT", path, params=params, body=body)

    async def attach(self, file_id: int, *, body: Any = None, **params: Query) -> Any:
        """Attach a file to an object.

        See "Attach file", https://developers.podio.com/doc/files/attach-file-22518
        """
        path = fill("/file/{file_id}/attach", file_id=file_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def copy(self, file_id: int, *, body: Any = None, **params: Query) -> Any:
        """Copy a file.

        See "Copy file", https://developers.podio.com/doc/files/copy-file-89977
        """
        path = fill("/file/{file_id}/copy", file_id=file_id)
        return await self._caller.request("POST", path, params=params, body=body)

    async def download(self, file_id: int, *, max_size: int | None = None, **params: Query) -> bytes:
        """Return the content of a file.

        See "Download file", https://developers.podio.com/doc/files/download-file-1004147
        """
        path = fill("/file/{file_id}/raw", file_id=file_id)
        return await self._download("GET", path, params={"max_size": max_size, **params})

    async def replace(self, file_id: int, *, body: Any = None, **params: Query) -> Any:
        """Replace a file.

        See "Replace file", https://developers.podio.com/doc/files/replace-file-22450
        """
        path = fill("/file/{file_id}/replace", file_id=file_id)
        return await self._caller.request("POST", path, params=params, body=body)
