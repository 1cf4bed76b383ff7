"""Where the page's program begins: builds the library's client, signs in or restores the session, starts the loop."""

from __future__ import annotations

import logging
import time
from typing import Any
from urllib.parse import urlsplit

import js
from pyodide.ffi import JsException

from podio import AuthorizationError, MemoryStore, Podio, RedirectAnswer, StorageError
from podio.browser import HandOver, PopupSignIn, SessionOffer, SessionStorageStore
from podio.sign_in_window import TIME_LIMIT
from workbench.browser import sample
from workbench.browser.document import Document
from workbench.browser.loop import Loop
from workbench.browser.tab import Tab
from workbench.events import Started
from workbench.locales import Locale, read_locale
from workbench.settings import (
    Place,
    Settings,
    fragment_after_sign_in,
    read_settings,
    running_client_id,
    scroll_after_sign_in,
    sign_out_url,
)
from workbench.state import SignInRefusal, Site


class _ConsoleHandler(logging.Handler):
    """Shows the library's log in the console as information: what it warns of, the page tells the person itself."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        js.console.info(f"{record.name}: {record.getMessage()}")


async def start(*, window_time_limit: float = TIME_LIMIT) -> Loop:
    """Start the workbench in the page that this runs in; return its loop, which a page's own program may build on.

    Args:
        window_time_limit: Seconds for which an open sign-in window is waited for.
    """
    library_log = logging.getLogger("podio")
    library_log.addHandler(_ConsoleHandler())
    library_log.propagate = False
    answer = _take_answer()
    settings = await _read_settings()
    note = sample.remove_left_behind()
    document = Document()
    api_host = urlsplit(_meta("podio-api-url")).netloc
    page_url = f"{js.location.origin}{js.location.pathname}"
    loop = Loop(document=document, page_url=page_url, api_host=api_host, client_id=settings.client_id)
    tab = loop.tab = Tab(await js.podioBoot.tab, api_url=_meta("podio-api-url"), client_id=settings.client_id)
    podio: Podio | None = None
    signed_in = False
    if settings.client_id:
        podio = _connect(loop, settings, answer, window_time_limit)
        signed_in = await podio.is_authenticated()
        if signed_in and answer is not None and not podio.has_auth_error():
            tab.note_sign_in()
        if not signed_in and settings.own_origin and tab.asked is not None:
            signed_in = await _take_over(podio, tab.asked)
    fragment = document.fragment
    if podio is not None and podio.app_state is not None:
        fragment = fragment_after_sign_in(podio.app_state, fragment)
        document.go_to(fragment, replace=True)
        document.scroll_when_there(scroll_after_sign_in(podio.app_state))
    loop.run()
    may_go = settings.sign_in_by_itself and not settings.own_origin and tab.may_go_by_itself
    locale = read_locale(str(await js.podioBoot.locale or ""))
    started = _started(
        settings, podio, fragment, locale=locale, signed_in=signed_in, note=note, sign_in_by_itself=may_go
    )
    loop.dispatch(started)
    if signed_in and loop.sign_in is not None:
        loop.sign_in.resume()
    return loop


def _connect(loop: Loop, settings: Settings, answer: RedirectAnswer | None, window_time_limit: float) -> Podio:
    """Make the site's client, and give it and its sign-in window to the loop."""
    api_url = _meta("podio-api-url")
    store = SessionStorageStore(api_url=api_url, client_id=settings.client_id)
    loop.sign_in = PopupSignIn(
        store=store,
        callback_url=str(js.URL.new("callback.html", js.document.baseURI).href),
        on_status=loop.renewal_status,
        time_limit=window_time_limit,
    )
    podio = loop.podio = Podio(
        client_id=settings.client_id,
        session_store=store,
        redirect_answer=answer,
        on_token_will_refresh=loop.sign_in,
        after_token_refreshed=loop.session_changed,
        api_url=api_url,
        authorize_url=_meta("podio-authorize-url"),
        token_url=_meta("podio-token-url"),
    )
    podio.on_session_change = loop.session_changed
    if settings.own_origin:
        loop.offer = SessionOffer(api_url=api_url, client_id=settings.client_id, session=lambda: podio.session)
    return podio


async def _take_over(podio: Podio, asked: Any) -> bool:
    """Take the session over from another tab of this site, where one hands it on; tell whether this tab has it now."""

    def client(memory: MemoryStore) -> Podio:
        return Podio(client_id=podio.client_id, session_store=memory, api_url=podio.api_url, token_url=podio.token_url)

    session = await HandOver(asked).session(client)
    if session is None:
        return False
    try:
        SessionStorageStore(api_url=podio.api_url, client_id=podio.client_id).set(session, podio.auth_type)
    except StorageError:
        return False
    return await podio.refresh_auth_from_store() is not None


def _started(
    settings: Settings,
    podio: Podio | None,
    fragment: str,
    *,
    locale: Locale,
    signed_in: bool,
    note: str,
    sign_in_by_itself: bool,
) -> Started:
    session = podio.session if podio is not None else None
    error = podio.get_auth_error() if podio is not None else None
    return Started(
        site=Site(
            client_id=settings.client_id,
            title=settings.title,
            notice=settings.notice,
            host=str(js.location.host),
            zone=None,
            locale=locale,
            version=_meta("workbench-version"),
            own_origin=settings.own_origin,
            podio_sign_out_url=sign_out_url(_meta("podio-authorize-url")),
        ),
        fragment=fragment,
        now=time.time(),
        signed_in=signed_in,
        person_id=(session.user_id or 0) if session is not None else 0,
        expires_at=session.expires_at if session is not None else None,
        refusal=_refusal(error),
        online=bool(js.navigator.onLine),
        session_unsaved=podio is not None and podio.storage_error is not None,
        warning=settings.problem,
        note=note,
        sign_in_by_itself=sign_in_by_itself,
    )


def _refusal(error: AuthorizationError | None) -> SignInRefusal | None:
    return SignInRefusal(code=error.error, description=error.error_description) if error is not None else None


def _take_answer() -> RedirectAnswer | None:
    """Take the answer that the page's first script kept; only once, and nothing else holds it then."""
    answer: Any = js.podioBoot.takeAnswer()
    if not answer:
        return None
    return RedirectAnswer(query=str(answer.query), fragment=str(answer.fragment), url=str(answer.url))


def _meta(name: str) -> str:
    element = js.document.querySelector(f"meta[name={name}]")
    return str(element.content) if element else ""


async def _read_settings() -> Settings:
    """Read config.json, which web/tabs.js has fetched."""
    try:
        config = await js.podioBoot.config
    except JsException:
        return Settings(
            problem="The site's config.json could not be fetched. Check your connection and reload the page."
        )
    if not config.ok:
        return Settings(problem="The site's config.json could not be read. Its owner must put it beside this page.")
    api_host = urlsplit(_meta("podio-api-url")).netloc
    return read_settings(
        str(config.text),
        place=Place(hostname=str(js.location.hostname), path=str(js.URL.new("./", js.document.baseURI).pathname)),
        from_cache=bool(config.cached),
        running_client_id=running_client_id(_storage_keys(), api_host),
    )


def _storage_keys() -> list[str]:
    try:
        storage = js.window.sessionStorage
        return [str(storage.key(index)) for index in range(storage.length)]
    except JsException:
        return []
