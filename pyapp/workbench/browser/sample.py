"""The sample data at work: the emulator in the page's memory, and the first sign-in to it.

The emulator comes in an archive of its own when the sample is opened; nothing of it is imported before. Signing in goes
the library's own way, the first time as well as each time after: a window, callback.html, the session store. Only that
the window shows our sample-consent.html, which says who was chosen, and the emulator's authorization page is then
filled in here. What it may say, and what is allowed, is in `workbench.sample`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import js
from pyodide.ffi import JsException

from podio import Podio, PodioError, RedirectAnswer, RenewalCancelled, RenewalError, RenewalTimedOut, Session
from podio.browser import PopupSignIn, SessionStorageStore
from podio.renewal import RenewalRequest
from podio.session import new_session_id
from podio.token import Token
from workbench import sample
from workbench.browser import archives
from workbench.browser.backend import Backend, MemoryDrafts, Reports
from workbench.browser.outbox import PageOutbox
from workbench.outbox import Listener

_WINDOW_IS_SEEN = 1.0
"""Seconds after which a window that was opened is on the screen; whoever answers sooner is not kept waiting."""


def remove_left_behind() -> str:
    """Remove what a sample has left in the storage; return the note for the user after a reload, or an empty text."""
    try:
        storage = js.window.sessionStorage
        keys, was_signed_in = sample.left_behind(str(storage.key(index)) for index in range(storage.length))
        for key in keys:
            storage.removeItem(key)
        js.window.localStorage.removeItem(sample.CHOSEN_BEFORE)
    except JsException:
        return ""
    return sample.FRESH if was_signed_in else ""


class _ConsentWindow(PopupSignIn):
    """The sign-in window over our consent page, which only says who was chosen; the emulator then responds.

    Args:
        http: Reaches the emulator.
        options: As of `PopupSignIn`.
    """

    def __init__(self, http: httpx2.AsyncClient, **options: Any) -> None:
        super().__init__(**options)
        self._http = http

    async def __call__(self, request: RenewalRequest) -> RedirectAnswer:
        """Return the answer of the emulator's redirect."""
        choice = await super().__call__(request)
        self.checking()
        return await sample.authorize(self._http, choice)


class Sample:
    """One sample: until somebody is signed in to it, the sign-in window serves it as `podio.renewal.Renewable`.

    Args:
        site_url: The address that the site's files lie below.
        enter: Called with the backend when somebody is signed in.
    """

    def __init__(self, *, site_url: str, enter: Callable[[Backend], None]) -> None:
        self.reports = Reports()
        self.is_renewing = False
        self._consent_url = str(js.URL.new("sample-consent.html", site_url).href)
        self._enter = enter
        self._store = SessionStorageStore(api_url=sample.ORIGIN, client_id=sample.CLIENT_ID, prefix=sample.PREFIX)
        self._http = httpx2.AsyncClient(transport=sample.SampleTransport(self._emulator))
        self._sign_in = _ConsentWindow(
            self._http,
            store=self._store,
            callback_url=str(js.URL.new("callback.html", site_url).href),
            on_status=self.reports.renewal_status,
        )
        self._loading: asyncio.Future[httpx2.AsyncBaseTransport] | None = None
        # Never stored or sent: the window needs a session to name the lock of its tabs by.
        self._placeholder_session = Session(
            session_id=new_session_id(), token=Token(access_token=new_session_id(), expires_at=0.0)
        )

    # What the page calls

    def open(self) -> None:
        """Open the consent window, in a click's handler, at once; and load the emulator meanwhile."""
        self._sign_in.bind(self)
        self._sign_in.open()

    def end(self) -> None:
        """Cancel the sample, wherever it stands."""
        self._sign_in.cancel()
        remove_left_behind()

    async def expire(self) -> None:
        """Let every token that the sample gave out expire now."""
        await self._http.post(f"{sample.ORIGIN}/_emulator/tokens/expire")

    # The first sign-in

    def renewal_request(self) -> RenewalRequest:
        """Return what a window is opened for; whoever comes back by it signs in, as by a redirect of the page."""
        podio = self._client()
        return RenewalRequest(
            session=self._placeholder_session, make_request=lambda url, _display: podio.authorization_request(url)
        )

    async def renew(self) -> Session:
        """Sign in for the first time.

        Raises:
            RenewalError: when that came to nothing, or the emulator could not be loaded.
        """
        self.is_renewing = True
        failure: PodioError | None = None
        try:
            podio = await self._first_client()
        except Exception as error:
            failure = _failure(error)
            raise
        finally:
            self.is_renewing = False
            self._sign_in.finished(failure)
        drafts = MemoryDrafts(report_stored=self.reports.report_stored_draft)

        def outbox_of(user_id: int, listener: Listener) -> PageOutbox:
            return PageOutbox(
                database=None,
                site="",
                host=sample.ORIGIN,
                client_id=sample.CLIENT_ID,
                user_id=user_id,
                client=podio,
                sends_found=True,
                listener=listener,
            )

        backend = Backend(podio=podio, sign_in=self._sign_in, drafts=drafts, reports=self.reports, outbox_of=outbox_of)
        self._enter(backend)
        return podio.session or self._placeholder_session

    async def _first_client(self) -> Podio:
        try:
            async with asyncio.TaskGroup() as tasks:
                loading_ahead = tasks.create_task(self._load_ahead())
                answer = await self._sign_in(self.renewal_request())
                loading_ahead.cancel()
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        podio = self._client(answer=answer, hook=self._sign_in)
        podio.on_session_change = self.reports.session_changed
        if not await podio.is_authenticated():
            raise RenewalError(sample.refusal(podio.get_auth_error()))
        # Who this is: the drafts lie under it.
        await podio.request("GET", "/user/status")
        return podio

    def _client(self, *, answer: RedirectAnswer | None = None, hook: PopupSignIn | None = None) -> Podio:
        return Podio(
            client_id=sample.CLIENT_ID,
            session_store=self._store,
            redirect_answer=answer,
            on_token_will_refresh=hook,
            after_token_refreshed=self.reports.session_changed,
            api_url=sample.ORIGIN,
            authorize_url=self._consent_url,
            token_url=f"{sample.ORIGIN}/oauth/token",
            push_url=f"{sample.ORIGIN}/faye",
            http_client=self._http,
        )

    # The emulator

    async def _load_ahead(self) -> None:
        # The window shares our thread, and importing takes it for a while: first let the window be seen.
        await asyncio.sleep(_WINDOW_IS_SEEN)
        await self._emulator()

    async def _emulator(self) -> httpx2.AsyncBaseTransport:
        """Return the transport that ends in the emulator; load it first, once.

        Raises:
            RenewalError: when it could not be loaded.
        """
        if self._loading is None or (self._loading.done() and self._loading.exception()):
            self._loading = asyncio.ensure_future(self._load())
        return await asyncio.shield(self._loading)

    async def _load(self) -> httpx2.AsyncBaseTransport:
        try:
            await archives.load(sample.ARCHIVE)
            # Not before: the archive holds it.
            from podio_emulator import create_app, no_origin
        except (JsException, ImportError, AttributeError) as error:
            # Nobody has signed in to anything by then, so the text holds no secret.
            js.console.info(f"The sample data can't be loaded: {type(error).__name__}: {error}")
            raise RenewalError(sample.NOT_LOADED) from error
        origin = str(js.location.origin)
        app = create_app(
            redirect_uri_allowed=lambda uri: sample.is_own_redirect_uri(uri, origin),
            origin_allowed=no_origin,
            base_url=sample.ORIGIN,
        )
        return httpx2.ASGITransport(app)


def _failure(error: Exception) -> PodioError | None:
    if isinstance(error, RenewalCancelled) and not isinstance(error, RenewalTimedOut):
        return None  # by the user, who knows
    return error if isinstance(error, PodioError) else RenewalError(sample.refusal(None))
