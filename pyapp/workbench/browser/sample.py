"""The sample data at work: the emulator in the page's memory, its sign-in window, and the client that works with it.

The emulator comes in an archive of its own when the sample is asked for; nothing of it is imported before. Signing in
goes the library's own way: an attempt, a window, callback.html, the session store; only that the window shows our
sample-consent.html in place of Podio's page, and that the emulator which answers its form is here in the page that
opened it, so that a reload ends the sample. What the messages mean is decided in ``workbench.sample``.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
import js
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

from podio import AuthorizationRequest, Clock, Podio, PodioError, RedirectAnswer, RenewalStatus, Session
from podio.browser import PopupSignIn, SessionStorageStore
from podio.sign_in_window import RECEIVED, channel_name, read_message
from workbench import sample
from workbench.browser import archives
from workbench.state import SamplePhase

_PAINTED = 0.1
"""Seconds after which a window whose script has run is on the screen, too."""

_FEATURES = "popup,width=560,height=760"


class SampleUnavailable(Exception):
    """The sample's archive could not be loaded."""


def remove_left_behind() -> str:
    """Remove what a sample before the reload left in the tab's storage; return what to tell the person, or nothing."""
    try:
        storage = js.window.sessionStorage
        keys, was_signed_in = sample.left_behind(str(storage.key(index)) for index in range(storage.length))
        for key in keys:
            storage.removeItem(key)
    except JsException:
        return ""
    return sample.FRESH if was_signed_in else ""


@dataclass(slots=True)
class _Channel:
    """A BroadcastChannel and who listens to it."""

    channel: Any
    listener: Any

    def post(self, **message: str) -> None:
        self.channel.postMessage(to_js(message, dict_converter=js.Object.fromEntries))

    def close(self) -> None:
        self.channel.close()
        # Not at once: it may be the listener itself that closes.
        asyncio.get_running_loop().call_soon(self.listener.destroy)


def _listen(name: str, heard: Callable[[Any], None]) -> _Channel:
    channel = js.BroadcastChannel.new(name)
    listener = create_proxy(lambda event: heard(event.data.to_py() if hasattr(event.data, "to_py") else event.data))
    channel.onmessage = listener
    return _Channel(channel=channel, listener=listener)


@dataclass(slots=True)
class _Consent:
    """The talk with one attempt's consent window."""

    channel: _Channel | None = None
    answering: bool = False
    redirect: str = field(default="", repr=False)


class _Store(SessionStorageStore):
    """Tells of each attempt as long as its answer is waited for."""

    def __init__(self, *, asked: Callable[[AuthorizationRequest], None], ended: Callable[[str], None]) -> None:
        super().__init__(api_url=sample.ORIGIN, client_id=sample.CLIENT_ID, prefix=sample.PREFIX)
        self._asked = asked
        self._ended = ended

    def keep_request(self, request: AuthorizationRequest) -> None:
        super().keep_request(request)
        self._asked(request)

    def take_request(self, state: str) -> AuthorizationRequest | None:
        self._ended(state)
        return super().take_request(state)


class Sample:
    """One sample, from its first window to its end.

    Args:
        site_url: The address that the site's files lie below.
        changed: Called as opening it goes on, or comes to nothing, with a message.
        entered: Called with the client and its sign-in window when somebody is signed in.
        on_status: Told where a renewal stands.
        session_changed: Told of the session.
        clock: Seconds since 1970.
        new_secret: Makes the emulator's tokens, codes and cookies.
    """

    def __init__(
        self,
        *,
        site_url: str,
        changed: Callable[[SamplePhase, str], None],
        entered: Callable[[Podio, PopupSignIn], None],
        on_status: Callable[[RenewalStatus], None],
        session_changed: Callable[[Session | None], None],
        clock: Callable[[], float] = time.time,
        new_secret: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._callback_url = str(js.URL.new("callback.html", site_url).href)
        self._consent_url = str(js.URL.new("sample-consent.html", site_url).href)
        self._origin = str(js.location.origin)
        self._changed = changed
        self._entered = entered
        self._on_status = on_status
        self._session_changed = session_changed
        self._clock = clock
        self._new_secret = new_secret
        self._store = _Store(asked=self._await_consent, ended=self._end_consent)
        self._consents: dict[str, _Consent] = {}
        self._http = httpx2.AsyncClient(transport=sample.SampleTransport(self._emulator))
        self._loading: asyncio.Task[httpx2.AsyncBaseTransport] | None = None
        self._password = ""
        self._window: Any = None
        self._window_is_there = asyncio.Event()
        self._attempt: AuthorizationRequest | None = None
        self._answers: _Channel | None = None
        self._who = sample.PEOPLE[0]
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_over = False

    # What the page calls

    def open(self) -> None:
        """Open the consent window, in a click's handler, at once; and load the emulator meanwhile."""
        self._close_window()
        try:
            request = self._client().authorization_request(self._callback_url)
        except PodioError as problem:
            self._changed(SamplePhase.OFF, str(problem))
            return
        with self._store.hidden_from_windows():
            window = js.window.open("about:blank", "_blank", _FEATURES)
        if window is None or window is jsnull:
            self._store.take_request(request.state)
            self._changed(SamplePhase.BLOCKED, "")
            return
        window.opener = jsnull  # None would arrive as undefined, which cuts nothing off
        window.location.replace(request.url)
        self._window, self._attempt = window, request
        self._answers = _listen(channel_name(request.state), self._on_answer)
        self._changed(SamplePhase.WINDOW_OPEN, "")
        self._spawn(self._load_ahead())

    async def expire(self) -> None:
        """Let every token that the sample gave out expire now."""
        await self._http.post(f"{sample.ORIGIN}/_emulator/tokens/expire")

    def end(self) -> None:
        """Forget the sample: its window, its session, its data."""
        self._is_over = True
        self._close_window()
        for state in list(self._consents):
            self._end_consent(state)
        for task in self._tasks:
            task.cancel()
        self._loading = None
        remove_left_behind()

    # The emulator

    async def _emulator(self) -> httpx2.AsyncBaseTransport:
        """Return the transport that ends in the emulator; load it first, once.

        Raises:
            httpx2.ConnectError: when it could not be loaded.
        """
        if self._is_over:
            raise httpx2.ConnectError("The sample has ended.")
        if self._loading is None:
            self._loading = self._spawn(self._load())
        try:
            return await asyncio.shield(self._loading)
        except SampleUnavailable as problem:
            self._loading = None
            raise httpx2.ConnectError(str(problem)) from problem

    async def _load(self) -> httpx2.AsyncBaseTransport:
        try:
            await archives.load(sample.ARCHIVE)
            # The window shares our thread, and importing takes it for a while: first let the window be seen.
            await self._window_is_there.wait()
            await asyncio.sleep(_PAINTED)
            # Not before: the archive holds it.
            from podio_emulator import create_app, ids, no_origin
        except (JsException, ImportError, AttributeError) as problem:
            # Nobody has signed in to anything by then, so the text holds no secret.
            js.console.info(f"The sample data can't be loaded: {type(problem).__name__}: {problem}")
            raise SampleUnavailable(sample.NOT_LOADED) from problem
        self._password = ids.PASSWORD
        app = create_app(
            redirect_uri_allowed=lambda uri: sample.is_own_redirect_uri(uri, self._origin),
            origin_allowed=no_origin,
            base_url=sample.ORIGIN,
            clock=self._clock,
            token_source=self._new_secret,
        )
        return httpx2.ASGITransport(app)

    async def _load_ahead(self) -> None:
        try:
            await self._emulator()
        except httpx2.ConnectError as problem:
            if not self._is_over:
                self._close_window()
                self._changed(SamplePhase.OFF, str(problem))

    # Signing in for the first time

    def _client(self, *, answer: RedirectAnswer | None = None, sign_in: PopupSignIn | None = None) -> Podio:
        return Podio(
            client_id=sample.CLIENT_ID,
            session_store=self._store,
            redirect_answer=answer,
            on_token_will_refresh=sign_in,
            after_token_refreshed=self._session_changed,
            api_url=sample.ORIGIN,
            authorize_url=self._consent_url,
            token_url=f"{sample.ORIGIN}/oauth/token",
            push_url=f"{sample.ORIGIN}/faye",
            http_client=self._http,
            clock=Clock(now=self._clock),
        )

    def _on_answer(self, message: Any) -> None:
        if self._attempt is None or self._answers is None:
            return
        answer = read_message(message, self._attempt)
        if answer is not None:
            self._answers.post(type=RECEIVED)
            self._close_window(forget=False)
            self._spawn(self._enter(answer))

    async def _enter(self, answer: RedirectAnswer) -> None:
        self._changed(SamplePhase.STARTING, "")
        sign_in = PopupSignIn(store=self._store, callback_url=self._callback_url, on_status=self._on_status)
        podio = self._client(answer=answer, sign_in=sign_in)
        podio.on_session_change = self._session_changed
        try:
            if not await podio.is_authenticated():
                self._changed(SamplePhase.OFF, sample.refusal(podio.get_auth_error()))
                return
            # Who this is: the drafts lie under it.
            await podio.request("GET", "/user/status")
        except PodioError as problem:
            self._changed(SamplePhase.OFF, str(problem))
            return
        self._entered(podio, sign_in)

    def _close_window(self, *, forget: bool = True) -> None:
        """Stop waiting for the first window; ``forget`` the attempt, too, unless its answer is about to be read."""
        answers, self._answers = self._answers, None
        attempt, self._attempt = self._attempt, None
        window, self._window = self._window, None
        if answers is not None:
            answers.close()
        if attempt is not None and forget:
            self._store.take_request(attempt.state)
        if window is not None:
            window.close()

    # The consent window, of the first sign-in and of each renewal

    def _await_consent(self, request: AuthorizationRequest) -> None:
        consent = self._consents[request.state] = _Consent()

        def heard(message: Any) -> None:
            if consent.channel is None:
                return
            self._window_is_there.set()
            if sample.is_hello(message, request.state):
                consent.channel.post(type="listening", state=request.state, who=self._who)
                return
            choice = sample.read_choice(message, request.state)
            if choice is None:
                return
            consent.channel.post(type="listening", state=request.state)
            if not consent.answering:
                consent.answering = True
                self._spawn(self._answer(request, consent, choice))

        consent.channel = _listen(sample.consent_channel(request.state), heard)

    async def _answer(self, request: AuthorizationRequest, consent: _Consent, choice: sample.Choice) -> None:
        """Fill in the emulator's authorize form for the person, and send the window where the emulator says."""
        try:
            await self._emulator()
            # Without cookies: the window asks anew each time, so that it can be seen, and somebody else can be chosen.
            self._http.cookies.clear()
            response = await self._http.post(
                f"{sample.ORIGIN}/oauth/authorize?{urlsplit(request.url).query}",
                data=sample.consent_form(choice, self._password),
                follow_redirects=False,
            )
            target = sample.redirect_to(response.headers.get("location", ""), self._callback_url)
        except httpx2.HTTPError:
            target = None
        if consent.channel is None:
            return
        if target is None:
            consent.answering = False
            consent.channel.post(type="problem", state=request.state, text=sample.NOT_ANSWERED)
            return
        if choice.grant:
            self._who = choice.who
        consent.channel.post(type="redirect", state=request.state, url=target)

    def _end_consent(self, state: str) -> None:
        consent = self._consents.pop(state, None)
        if consent is not None and consent.channel is not None:
            consent.channel.close()
            consent.channel = None

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
