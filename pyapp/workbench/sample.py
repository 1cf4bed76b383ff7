"""The sample data's rules: its names, its one host, and what becomes of its consent page's answer.

The sample is the Podio emulator in the page's own memory. It has a client, a store and a transport of its own, which
share nothing with those of the site's Podio: the transport carries calls to the emulator only and refuses every other
host, the store's keys begin with ``podio.sample.``, and the host is one that can't exist (RFC 2606, section 2). So a
sample token never reaches Podio, and no token of Podio's reaches the sample.

The consent page (web/sample-consent.js) stands in the place of Podio's. It goes on to callback.html, as Podio's does,
with who was chosen in the fragment. The emulator's authorization page is then filled in accordingly; what is requested
(client, redirect URI, state) is taken from the page's own authorization request, never from that answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

import httpx2

from podio import AuthorizationError, RedirectAnswer
from podio.authorization import parse_parameters

ARCHIVE = "sample"
"""The archive beside the page that holds the emulator and what it needs; loaded when the sample is opened."""

ORIGIN = "https://sample.invalid"
"""Where the sample's client sends its calls; no such host can exist, so a call that got out would reach nobody."""

PREFIX = "podio.sample."
"""Begins every key of the sample in `sessionStorage`."""

CLIENT_ID = "workbench"
PASSWORD = "podio"  # noqa: S105  everybody's, and of nothing but made-up data
CHOSEN_BEFORE = "podio.sample.username"
"""The key in `localStorage` under which the consent page keeps who was chosen last, as Podio's does in a cookie."""

PEOPLE = ("ada@example.com", "grace@example.com")

FRESH = (
    "You reloaded the page, and with it the sample data is as at first: it lived in the page's memory only. "
    "Choose “Try sample data” to begin again."
)
LEFT = "You left the sample data. Nothing of it is kept."
EXPIRED = (
    "The sample sign-in has expired. Go on with anything, a comment for instance: "
    "you are asked to sign in again, and nothing is lost."
)
NOT_LOADED = (
    "The sample data could not be loaded. Check your connection and try again; if that doesn't help, reload the page."
)


def consent_form(fragment: str) -> dict[str, str]:
    """Return the form to submit to the emulator's authorization page; whatever grants nothing is a denial.

    Args:
        fragment: The fragment of the consent page's answer, of any shape: whoever runs on our origin could post.

    Raises:
        InvalidRedirectAnswer: when the fragment is malformed.
    """
    choice = parse_parameters(fragment)
    if choice.get("answer") != "grant" or choice.get("username") not in PEOPLE:
        return {"answer": "deny"}
    return {"username": choice["username"], "password": PASSWORD, "answer": "grant"}


async def authorize(http: httpx2.AsyncClient, choice: RedirectAnswer) -> RedirectAnswer:
    """Submit the emulator's authorization page in the user's stead, and return where it leads.

    Args:
        http: Reaches the emulator.
        choice: The consent page's answer, with the request that it came back for.

    Raises:
        InvalidRedirectAnswer: when the answer is malformed.
    """
    if choice.request is None:
        raise AssertionError("a window's answer has its request")
    response = await http.post(
        f"{ORIGIN}/oauth/authorize?{urlsplit(choice.request.url).query}",
        data=consent_form(choice.fragment),
        follow_redirects=False,
    )
    return replace(RedirectAnswer.from_url(response.headers.get("location", "")), request=choice.request)


def is_own_redirect_uri(uri: str, origin: str) -> bool:
    """Return whether a redirect URI lies on exactly this origin: where the emulator may send users back to."""
    parts = urlsplit(uri)
    return bool(origin) and f"{parts.scheme}://{parts.netloc}" == origin


def refusal(error: AuthorizationError | None) -> str:
    """Say why the sample's sign-in came to nothing."""
    if error is not None and error.error == "access_denied":
        return "You denied access to the sample data, so it was not opened. Nothing was kept."
    return "Signing in to the sample data did not work. Try again."


def left_behind(keys: Iterable[str]) -> tuple[list[str], bool]:
    """Sort out what a sample before a reload left in `sessionStorage`: its keys, and whether it was signed in.

    Its emulator is gone, so nothing of it is of any use.
    """
    of_the_sample = [key for key in keys if key.startswith(PREFIX)]
    return of_the_sample, any(key.startswith(f"{PREFIX}session.") for key in of_the_sample)


class SampleTransport(httpx2.AsyncBaseTransport):
    """Carries calls to the emulator, and to nothing else.

    Args:
        emulator: Gives the transport that ends in the emulator, once that is loaded.
    """

    def __init__(self, emulator: Callable[[], Awaitable[httpx2.AsyncBaseTransport]]) -> None:
        self._emulator = emulator

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request to the emulator.

        Raises:
            httpx2.UnsupportedProtocol: for any other host; the request is not sent anywhere.
            httpx2.ReadError: when the emulator drops the connection.
        """
        if f"{request.url.scheme}://{request.url.netloc.decode('ascii')}" != ORIGIN:
            raise httpx2.UnsupportedProtocol("The sample data reaches no other host.")
        inner = await self._emulator()
        try:
            return await inner.handle_async_request(request)
        except OSError as error:
            raise httpx2.ReadError("The sample dropped the connection.") from error
