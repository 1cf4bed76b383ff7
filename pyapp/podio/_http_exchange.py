"""One request through the HTTP client: its errors as ours, and a download's redirects one by one."""

from __future__ import annotations

import copy
from collections.abc import Awaitable
from typing import Any, TypeVar

import httpx2

from podio._connection_reasons import connection_error
from podio._file_addresses import DownloadPlaces
from podio._responses import about, check_status, invalid_response
from podio.errors import ConfigurationError, InvalidResponse, PodioError

_MOST_REDIRECTS = 20

_T = TypeVar("_T")


async def exchange(
    http: httpx2.AsyncClient,
    request: httpx2.Request,
    *,
    auth: httpx2.Auth | None,
    stream: bool = False,
    places: DownloadPlaces | None = None,
) -> httpx2.Response:
    """Send a request and return its answer, read whole unless `stream`.

    Args:
        http: Sends it.
        request: The request.
        auth: Puts a token on it; not on what a redirect leads to at another origin.
        stream: Whether to leave the body unread.
        places: Where a redirect may lead; None: redirects are answers like any other.

    Raises:
        PodioError: none of the HTTP library's own leaves.
    """
    if places is None:
        sending = http.send(request, auth=auth, stream=stream, follow_redirects=False)
        return await _ours(sending, request, http)
    for _ in range(_MOST_REDIRECTS + 1):
        request.extensions = {**request.extensions, "trace": _PeerCheck(places, request.url)}
        sending = http.send(request, auth=auth, stream=True, follow_redirects=False)
        response = await _ours(sending, request, http)
        if not response.has_redirect_location:
            if not stream:
                await read(response)
            return response
        await response.aclose()
        request, auth = _redirected(response, places), None
    raise about(
        InvalidResponse("The file's address leads from one place to the next without end.", status=0), request=request
    )


async def read(response: httpx2.Response) -> None:
    """Read the rest of an answer, and give its connection back.

    Raises:
        PodioError: when it breaks off or can't be decoded.
    """
    try:
        await _ours(response.aread(), response.request)
    finally:
        await response.aclose()


async def check_answer(response: httpx2.Response) -> None:
    """Let an answer pass that is none of an error; an error is read first.

    Raises:
        APIError, InvalidResponse: as of `podio._responses.check_status`.
    """
    if response.status_code >= httpx2.codes.MULTIPLE_CHOICES:
        await read(response)
        check_status(response)


def client_closed() -> ConfigurationError:
    """Return the error of a call by a client that was closed."""
    return ConfigurationError("This client was closed, so it can make no more calls. Make a new one.")


def ours(error: Exception, request: httpx2.Request) -> PodioError:
    """Return our exception for one of the HTTP library's."""
    if isinstance(error, httpx2.TransportError):
        return about(connection_error(error), request=request)
    return about(InvalidResponse("The response is damaged. Try again in a moment.", status=0), request=request)


async def _ours(awaitable: Awaitable[_T], request: httpx2.Request, http: httpx2.AsyncClient | None = None) -> _T:
    """Await what the HTTP library does, and raise its errors as ours.

    They are raised outside of the ``except``: the library's own hold the request, whose header holds the token, and an
    exception leads to the one in whose handling it was raised.
    """
    failure: PodioError
    try:
        return await awaitable
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, httpx2.CookieConflict, UnicodeError) as error:
        # UnicodeError: a header of the response that is no ASCII, when a redirect is read with it.
        failure = ours(error, request)
    except PodioError as error:
        # One renewal's failure is that of every call that waits for it: each gets one of its own.
        failure = about(copy.copy(error), request=request)
    except RuntimeError:
        if http is None or not http.is_closed:
            raise
        failure = client_closed()
    raise failure


def _redirected(response: httpx2.Response, places: DownloadPlaces) -> httpx2.Request:
    following = response.next_request
    before = str(response.request.url)
    refusal = "is none" if following is None else places.refusal(str(following.url), before=before)
    if following is None or refusal is not None:
        raise invalid_response(f"The file's address leads to another that {refusal}, so it is not fetched.", response)
    return following


class _PeerCheck:
    """Looks at each new connection before anything goes over it: a name may lead anywhere.

    A callback of httpcore's ``trace`` extension; transports without connections of their own never call it.
    """

    def __init__(self, places: DownloadPlaces, url: httpx2.URL) -> None:
        self._places = places
        self._url = url
        self._connecting_to = ""

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.started"):
            self._connecting_to = info["host"]
        elif event.endswith("connect_tcp.complete") and not self._may_use(info["return_value"]):
            await info["return_value"].aclose()
            raise InvalidResponse(
                "The file's address leads to this machine or a private network, so it is not fetched.", status=0
            )

    def _may_use(self, connection: Any) -> bool:
        host = self._url.raw_host.decode("ascii")
        if self._connecting_to.strip("[]") != host.strip("[]") or self._places.is_api(str(self._url)):
            return True  # a proxy's connection, which says nothing of the host behind it; or Podio's own
        peer = connection.get_extra_info("server_addr")
        return isinstance(peer, tuple) and self._places.may_connect(host.lower().rstrip("."), str(peer[0]))
