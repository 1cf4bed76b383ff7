"""The sample data's rules: its names, its one host, and what its consent window may say. Performs no I/O.

The sample is the Podio emulator in the page's own memory. It has a client, a store and a transport of its own, which
share nothing with those of the site's Podio: the transport carries calls to the emulator only and refuses every other
host, the store's keys begin with ``podio.sample.``, and the host is one that can't exist (RFC 2606, section 2). So a
sample token never reaches Podio, and no token of Podio's reaches the sample.

The consent window (web/sample-consent.js) and the page that opened it talk on a BroadcastChannel that is named by the
attempt's nonce. The window says ``hello`` and ``choice``; the page says ``listening``, ``redirect`` and ``problem``.
What is asked for (client, redirect URI, state) is taken from the page's own attempt, never from the window's message.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2

from podio import AuthorizationError

ARCHIVE = "sample"
"""The archive beside the page that holds the emulator and what it needs; loaded when the sample is asked for."""

ORIGIN = "https://sample.invalid"
"""Where the sample's client sends its calls; no such host can exist, so a call that got out would reach nobody."""

PREFIX = "podio.sample."
"""Begins every key of the sample in `sessionStorage`."""

CLIENT_ID = "workbench"
DRAFTS_ID = "sample"
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
NOT_ANSWERED = "The sample could not answer this sign-in. Close this window and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the person chose in the consent window; ``grant`` is False when access was denied."""

    who: str
    grant: bool


def consent_channel(state: str) -> str:
    """Return the name of the BroadcastChannel on which an attempt's consent window and this page talk."""
    return f"podio.sample.consent.{state}"


def is_hello(message: Any, state: str) -> bool:
    """Tell whether a message says that the consent window of that attempt is there."""
    return isinstance(message, dict) and message.get("type") == "hello" and message.get("state") == state


def read_choice(message: Any, state: str) -> Choice | None:
    """Return the choice that a message brings, or None for any other message.

    Args:
        message: The message's data as plain Python values, of any shape: whoever runs on our origin could post.
        state: The nonce of the attempt that the channel belongs to.
    """
    if not isinstance(message, dict) or message.get("type") != "choice" or message.get("state") != state:
        return None
    who, answer = message.get("who"), message.get("answer")
    if who not in PEOPLE or answer not in ("grant", "deny"):
        return None
    return Choice(who=who, grant=answer == "grant")


def consent_form(choice: Choice, password: str) -> dict[str, str]:
    """Return the form that the emulator's authorize page is answered with."""
    if not choice.grant:
        return {"answer": "deny"}
    return {"username": choice.who, "password": password, "answer": "grant"}


def is_own_redirect_uri(uri: str, origin: str) -> bool:
    """Tell whether a redirect URI lies on exactly this origin: what the emulator sends people back to."""
    parts = urlsplit(uri)
    return bool(origin) and f"{parts.scheme}://{parts.netloc}" == origin


def redirect_to(location: str, callback_url: str) -> str | None:
    """Return the address that the consent window is sent on to: the callback page with an answer, or None."""
    plain = urlunsplit(urlsplit(location)._replace(query="", fragment=""))
    return location if plain == callback_url and location != callback_url else None


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
        """Answer one request.

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
