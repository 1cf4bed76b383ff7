"""Files: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params, fill, merged

if TYPE_CHECKING:
    from podio.json_types import CopiedFileJSON, FileJSON


class Files(Area):
    """Files (https://developers.podio.com/doc/files)."""

    async def get_all(
        self,
        *,
        attached_to: str | None = None,
        created_by: str | None = None,
        created_on: str | None = None,
        filetype: str | None = None,
        hosted_by: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> list[FileJSON]:
        """Return the files.

        See "Get files", https://developers.podio.com/doc/files/get-files-4497983
        """
        path = "/file/"
        return cast(
            "list[FileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "attached_to": attached_to,
                        "created_by": created_by,
                        "created_on": created_on,
                        "filetype": filetype,
                        "hosted_by": hosted_by,
                        "limit": limit,
                        "offset": offset,
                        "sort_by": sort_by,
                        "sort_desc": sort_desc,
                    },
                    params,
                ),
            ),
        )

    async def upload(self, source: Any, filename: str, *, params: Params | None = None) -> FileJSON:
        """Upload a file.

        At most 100 MB. `source` is the content, as `podio.upload_file` takes it.

        See "Upload file", https://developers.podio.com/doc/files/upload-file-1004361
        """
        path = "/file/"
        return cast(
            "FileJSON", await self._caller.request_upload(path, source=source, filename=filename, params=params)
        )

    async def get_on_app(
        self,
        app_id: int,
        *,
        attached_to: str | None = None,
        created_by: str | None = None,
        created_on: str | None = None,
        filetype: str | None = None,
        hosted_by: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> list[FileJSON]:
        """Return the files of an app.

        See "Get files on app", https://developers.podio.com/doc/files/get-files-on-app-22472
        """
        path = fill("/file/app/{app_id:id}/", app_id=app_id)
        return cast(
            "list[FileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "attached_to": attached_to,
                        "created_by": created_by,
                        "created_on": created_on,
                        "filetype": filetype,
                        "hosted_by": hosted_by,
                        "limit": limit,
                        "offset": offset,
                        "sort_by": sort_by,
                        "sort_desc": sort_desc,
                    },
                    params,
                ),
            ),
        )

    async def get_latest_on_app(
        self, app_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[FileJSON]:
        """Return the latest files of an app.

        See "Get latest files on app", https://developers.podio.com/doc/files/get-latest-files-on-app-22473
        """
        path = fill("/file/app/{app_id:id}/latest/", app_id=app_id)
        return cast(
            "list[FileJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def get_on_space(
        self,
        space_id: int,
        *,
        attached_to: str | None = None,
        created_by: str | None = None,
        created_on: str | None = None,
        filetype: str | None = None,
        hosted_by: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort_by: str | None = None,
        sort_desc: bool | None = None,
        params: Params | None = None,
    ) -> list[FileJSON]:
        """Return the files of a space.

        See "Get files on space", https://developers.podio.com/doc/files/get-files-on-space-22471
        """
        path = fill("/file/space/{space_id:id}/", space_id=space_id)
        return cast(
            "list[FileJSON]",
            await self._caller.request(
                "GET",
                path,
                params=merged(
                    {
                        "attached_to": attached_to,
                        "created_by": created_by,
                        "created_on": created_on,
                        "filetype": filetype,
                        "hosted_by": hosted_by,
                        "limit": limit,
                        "offset": offset,
                        "sort_by": sort_by,
                        "sort_desc": sort_desc,
                    },
                    params,
                ),
            ),
        )

    async def get_latest_on_space(
        self, space_id: int, *, limit: int | None = None, offset: int | None = None, params: Params | None = None
    ) -> list[FileJSON]:
        """Return the latest files of a space.

        See "Get latest files on space", https://developers.podio.com/doc/files/get-latest-files-on-space-22470
        """
        path = fill("/file/space/{space_id:id}/latest/", space_id=space_id)
        return cast(
            "list[FileJSON]",
            await self._caller.request("GET", path, params=merged({"limit": limit, "offset": offset}, params)),
        )

    async def upload_v2(self, source: Any, filename: str, *, params: Params | None = None) -> FileJSON:
        """Upload a file.

        At most 100 MB. `source` is the content, as `podio.upload_file` takes it.

        See "Upload file", https://developers.podio.com/doc/files/upload-file-1004361
        """
        path = "/file/v2/"
        return cast(
            "FileJSON", await self._caller.request_upload(path, source=source, filename=filename, params=params)
        )

    async def delete(
        self, file_id: int, *, silent: bool | None = None, hook: bool | None = None, params: Params | None = None
    ) -> None:
        """Delete a file.

        See "Delete file", https://developers.podio.com/doc/files/delete-file-22453
        """
        path = fill("/file/{file_id:id}", file_id=file_id)
        await self._caller.request("DELETE", path, params=merged({"silent": silent, "hook": hook}, params))

    async def get(self, file_id: int, *, fields: str | None = None, params: Params | None = None) -> FileJSON:
        """Return what is known about a file: its name, type, size, addresses.

        See "Get file", https://developers.podio.com/doc/files/get-file-22451
        """
        path = fill("/file/{file_id:id}", file_id=file_id)
        return cast("FileJSON", await self._caller.request("GET", path, params=merged({"fields": fields}, params)))

    async def update(self, file_id: int, *, body: Any = None, params: Params | None = None) -> None:
        """Change what is known about a file.

        See "Update file", https://developers.podio.com/doc/files/update-file-22454
        """
        path = fill("/file/{file_id:id}", file_id=file_id)
        await self._caller.request("PUT", path, params=params, body=body)

    async def attach(
        self,
        file_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Attach a file to an object.

        See "Attach file", https://developers.podio.com/doc/files/attach-file-22518
        """
        path = fill("/file/{file_id:id}/attach", file_id=file_id)
        await self._caller.request("POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body)

    async def copy(self, file_id: int, *, body: Any = None, params: Params | None = None) -> CopiedFileJSON:
        """Copy a file.

        See "Copy file", https://developers.podio.com/doc/files/copy-file-89977
        """
        path = fill("/file/{file_id:id}/copy", file_id=file_id)
        return cast("CopiedFileJSON", await self._caller.request("POST", path, params=params, body=body))

    async def download(self, file_id: int, *, max_size: int | None = None, params: Params | None = None) -> bytes:
        """Return the content of a file.

        See "Download file", https://developers.podio.com/doc/files/download-file-1004147
        """
        path = fill("/file/{file_id:id}/raw", file_id=file_id)
        return await self._caller.request_bytes("GET", path, params=merged({"max_size": max_size}, params))

    async def replace(
        self,
        file_id: int,
        *,
        body: Any = None,
        silent: bool | None = None,
        hook: bool | None = None,
        params: Params | None = None,
    ) -> None:
        """Replace a file.

        See "Replace file", https://developers.podio.com/doc/files/replace-file-22450
        """
        path = fill("/file/{file_id:id}/replace", file_id=file_id)
        await self._caller.request("POST", path, params=merged({"silent": silent, "hook": hook}, params), body=body)
