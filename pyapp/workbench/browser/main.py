"""Where the page's program begins: builds the library's client, signs in or restores the session, starts the loop."""

from __future__ import annotations

import logging
import time
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from podio import AuthorizationError, Podio, RedirectAnswer
from podio.browser import PopupSignIn, SessionStorageStore
from podio.sign_in_window import TIME_LIMIT
from workbench.browser import sample
from workbench.browser.document import Document
from workbench.browser.loop import Loop
from workbench.events import Started
from workbench.settings import Settings, fragment_after_sign_in, read_settings, scroll_after_sign_in
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
    page_url = f"{js.location.origin}{js.location.pathname}"
    loop = Loop(document=document, page_url=page_url, client_id=settings.client_id)
    podio: Podio | None = None
    if settings.client_id:
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
    signed_in = podio is not None and await podio.is_authenticated()
    fragment = document.fragment
    if podio is not None and podio.app_state is not None:
        fragment = fragment_after_sign_in(podio.app_state, fragment)
        document.go_to(fragment, replace=True)
        document.scroll_when_there(scroll_after_sign_in(podio.app_state))
    loop.run()
    loop.dispatch(_started(settings, podio, fragment, signed_in=signed_in, note=note))
    if signed_in and loop.sign_in is not None:
        loop.sign_in.resume()
    return loop


def _started(settings: Settings, podio: Podio | None, fragment: str, *, signed_in: bool, note: str) -> Started:
    session = podio.session if podio is not None else None
    error = podio.get_auth_error() if podio is not None else None
    return Started(
        site=Site(
            client_id=settings.client_id,
            title=settings.title,
            notice=settings.notice,
            host=str(js.location.host),
            zone=None,
            version=_meta("workbench-version"),
        ),
        fragment=fragment,
        now=time.time(),
        signed_in=signed_in,
        person_id=(session.person_id or 0) if session is not None else 0,
        expires_at=session.expires_at if session is not None else None,
        refusal=_refusal(error),
        online=bool(js.navigator.onLine),
        session_unsaved=podio is not None and podio.storage_error is not None,
        warning=settings.problem,
        note=note,
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
    try:
        response = await js.fetch("config.json", to_js({"cache": "no-cache"}, dict_converter=js.Object.fromEntries))
        if not response.ok:
            return Settings(problem="The site's config.json could not be read. Its owner must put it beside this page.")
        return read_settings(str(await response.text()))
    except JsException:
        return Settings(
            problem="The site's config.json could not be fetched. Check your connection and reload the page."
        )
