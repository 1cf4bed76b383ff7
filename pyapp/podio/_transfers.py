"""Files, up and down: uploads from any source with progress, downloads whole or bit by bit, thumbnails by size."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, cast

import httpx2

from podio._boundary import sealed_class
from podio._call import STREAM_ANSWER, UPLOAD, Call
from podio._endpoints import endpoint
from podio._file_addresses import DownloadPlaces, content_address, secure_address
from podio._http_exchange import ours
from podio._operation_paths import template_of
from podio._responses import about, read_response
from podio._thumbnails import ThumbnailSize, thumbnail_url
from podio.areas.calls import Query
from podio.errors import ConfigurationError, ConnectionFailed, PodioError, Unauthorized, UploadInterrupted

if TYPE_CHECKING:
    from podio._uploads import MultipartBody, Progress
    from podio.json_types import FileJSON

_CHUNK = 64 * 1024

UPLOAD_TIMEOUT = 300.0
"""Seconds between two bits of an upload, and then until Podio has taken it in."""


class FileCalls(Protocol):
    """What transfers need of a client's calls: `podio._calls.Calls`."""

    async def send(self, call: Call, *, with_token: bool = True, renews: bool = True) -> httpx2.Response:
        """Send a call and return its response, read whole."""
        ...

    def stream_call(self, call: Call, *, with_token: bool = True) -> AbstractAsyncContextManager[httpx2.Response]:
        """Send a call and yield its response unread."""
        ...

    async def request(self, method: str, path: str) -> Any:
        """Make a call of the API."""
        ...


@sealed_class()
class Transfers:
    """Uploads and downloads files.

    Args:
        calls: Makes the calls.
        places: Where a file's content may come from.
    """

    def __init__(self, calls: FileCalls, *, places: DownloadPlaces) -> None:
        self._calls = calls
        self._places = places

    async def upload_file(
        self,
        source: Any,
        filename: str | None = None,
        *,
        progress: Progress | None = None,
        mimetype: str | None = None,
        size: int | None = None,
    ) -> FileJSON:
        """Upload a file and return what Podio knows of it then; its ``file_id`` goes into items and comments.

        The source is read while it is sent (in a page, a browser's file not even that: the browser sends it itself).
        An upload whose connection fails is never repeated by itself: Podio may have the file.

        Args:
            source: Bytes, a path, a file opened in binary mode, an async iterator of bytes, or a browser's file as
                `podio.browser.BrowserFile`.
            filename: Its name in Podio; a path and a file have one of their own.
            progress: Called with the bytes sent and the bytes in all (None where nobody knows); with all of them once,
                when Podio has them.
            mimetype: Its media type; guessed from the name if left out.
            size: The length in bytes of a stream that does not say.

        Raises:
            FileTooLarge: above 100 MB: before anything is sent, where the size is known.
            UploadInterrupted: when the sign-in expired and the source can be read only once.
            ConfigurationError: for a source that is none, or a missing name.
            PodioError: as `podio.request` does.

        See https://developers.podio.com/doc/files/upload-file-1004361
        """
        call = self._upload("/file/", source, filename, mimetype=mimetype, size=size, progress=progress)
        return cast("FileJSON", await self._sent(call))

    async def request_upload(
        self, path: str, *, source: Any, filename: str | None = None, params: Mapping[str, Query] | None = None
    ) -> Any:
        """Post a file to an operation's path as `upload_file` does, and return the response's JSON value.

        Raises:
            PodioError: as `upload_file` does.
        """
        return await self._sent(self._upload(path, source, filename, params=params))

    async def download_file(self, file: int | Mapping[str, Any], *, renews: bool = True) -> bytes:
        """Return the content of a file.

        The token goes to Podio's API and to the hosts of `FileHosts.with_token` only; a file that lies elsewhere is
        requested without it, and a redirect to another origin loses it. No link and no redirect is followed to this
        machine or a private network (unless the API is there), from https to http, or to a host that
        `FileHosts.allowed` excludes. In a page the browser follows redirects, within the site's policy.

        Args:
            file: A file's id, or a file object of Podio's.
            renews: False: where Podio says that the sign-in has expired, nobody is asked to sign in again for this.

        Raises:
            ConfigurationError: when the file has no usable address.
            InvalidResponse: when it redirects to one.
            PodioError: as `podio.request` does.
        """
        return await self._fetch(content_address(file, self._places), renews=renews)

    async def stream_file(self, file: int | Mapping[str, Any]) -> AsyncGenerator[bytes, None]:
        """Yield the content of a file bit by bit, as `download_file` gets it.

        Whoever stops early closes it: ``async with contextlib.aclosing(podio.stream_file(file)) as chunks: …``.

        Raises:
            ConnectionFailed: also in the middle, where what came is not the whole.
            PodioError: as `download_file` does.
        """
        call = self._download(content_address(file, self._places), extensions={STREAM_ANSWER: True})
        async with self._calls.stream_call(call, with_token=self._places.may_see_token(call.address)) as response:
            failure: PodioError | None = None
            try:
                async for chunk in response.aiter_bytes(_CHUNK):
                    yield chunk
            except httpx2.HTTPError as error:
                failure = _broken_off(error, response.request)
            if failure is not None:
                raise failure

    async def download_thumbnail(self, file: int | Mapping[str, Any], size: ThumbnailSize) -> bytes | None:
        """Return a file's thumbnail in one of Podio's sizes; None where it has none (it is no picture).

        Args:
            file: A file object of Podio's, or a file's id (which costs a call more, for the object).
            size: Its size.

        Raises:
            ConfigurationError: for an unknown size, or an address that can't be used.
            PodioError: as `podio.request` does.
        """
        described = file if isinstance(file, Mapping) else await self._calls.request("GET", f"/file/{int(file)}")
        address = thumbnail_url(described, size)
        if address is None:
            return None
        return await self._fetch(secure_address("thumbnail_link", address, self._places))

    def thumbnail_url(self, file: Mapping[str, Any] | str, size: ThumbnailSize) -> str | None:
        """Return the address of a file's thumbnail, without a token in it; None where there is none.

        See `podio._thumbnails.thumbnail_url`.
        """
        return thumbnail_url(file, size)

    def _upload(
        self,
        path: str,
        source: Any,
        filename: str | None,
        *,
        params: Mapping[str, Query] | None = None,
        mimetype: str | None = None,
        size: int | None = None,
        progress: Progress | None = None,
    ) -> Call:
        from podio._uploads import MultipartBody, source_of  # imported at the first upload

        content = source_of(source, size=size)
        name = filename or content.name
        if not name:
            raise ConfigurationError("The source has no name of its own: pass filename=….")
        body = MultipartBody(content, name, mimetype=mimetype, progress=progress)
        return Call(
            method="POST",
            address=endpoint(self._places.api_url, path),
            template=template_of(path),
            params=params,
            content=body,
            content_headers=body.headers,
            timeout=UPLOAD_TIMEOUT,
            one_shot=content.one_shot,
            extensions={UPLOAD: body},
        )

    async def _sent(self, call: Call) -> Any:
        """Send an upload; say so plainly where it can't be sent again after the sign-in expired."""
        try:
            response = await self._calls.send(call)
        except Unauthorized as error:
            if not call.one_shot:
                raise
            interrupted = UploadInterrupted(
                "The sign-in expired before the file was sent, and its source can be read only once. "
                "Open the source again and upload it again."
            )
            interrupted.take_facts(error)
            raise interrupted from error
        value = read_response(response, method="POST")
        body: MultipartBody = call.extensions[UPLOAD]
        body.finish()
        return value

    async def _fetch(self, address: str, *, renews: bool = True) -> bytes:
        call = replace(self._download(address), one_shot=not renews)  # nor is it worth a second try
        return (await self._calls.send(call, with_token=self._places.may_see_token(address), renews=renews)).content

    def _download(self, address: str, *, extensions: Mapping[str, Any] | None = None) -> Call:
        return Call(
            method="GET",
            address=address,
            accept="*/*",
            repeatable=True,
            places=self._places,
            extensions=extensions or {},
        )


def _broken_off(error: httpx2.HTTPError, request: httpx2.Request) -> PodioError:
    failed = ours(error, request)
    if not isinstance(failed, ConnectionFailed):
        return failed
    broken = type(failed)(
        "The file did not arrive whole. Check your connection and download it again.",
        may_have_been_sent=failed.may_have_been_sent,
        reason=failed.reason,
    )
    return about(broken, request=request)
