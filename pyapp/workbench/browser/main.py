"""Where the page's program begins: makes the backend, signs in or restores the session, starts the workbench."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import js
from pyodide.ffi import JsException

from podio import MemoryStore, Podio, ProviderProfile, RedirectAnswer, StorageError
from podio.browser import HandOver, PopupSignIn, SessionStorageStore
from podio.model import User
from podio.sign_in_window import TIME_LIMIT
from workbench.browser import sample
from workbench.browser.backend import Backend, Reports
from workbench.browser.database import Database
from workbench.browser.document import Document
from workbench.browser.drafts import Drafts
from workbench.browser.loop import Loop
from workbench.browser.outbox import PageOutbox
from workbench.browser.tab import Tab
from workbench.browser.workbench import Workbench
from workbench.locales import Locale, read_locale
from workbench.outbox import Listener
from workbench.settings import (
    Place,
    Settings,
    fragment_after_sign_in,
    read_settings,
    running_client_id,
    scroll_after_sign_in,
    sign_out_url,
)
from workbench.state import Site


class _ConsoleHandler(logging.Handler):
    """Shows the library's log in the console as information: what it warns of, the page shows the user itself."""

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
    tab = Tab(await js.podioBoot.tab, api_url=_meta("podio-api-url"), client_id=settings.client_id)
    backend = _backend(settings, answer, window_time_limit)
    podio, signed_in, me = backend.podio, False, None
    if podio is not None:
        signed_in = await podio.is_authenticated()
        if signed_in and answer is not None and not podio.has_auth_error():
            tab.note_sign_in()
        if not signed_in and settings.own_origin and tab.session_request is not None:
            me = await _take_over(podio, tab.session_request)
            signed_in = me is not None
    if podio is not None and podio.app_state is not None:
        document.go_to(fragment_after_sign_in(podio.app_state, document.fragment), replace=True)
        document.scroll_when_there(scroll_after_sign_in(podio.app_state))
    may_go = settings.sign_in_by_itself and not settings.own_origin and tab.may_go_by_itself
    locale = read_locale(str(await js.podioBoot.locale or ""))
    workbench = Workbench(document=document, site=_site(settings, locale), tab=tab, backend=backend)
    loop = workbench.start(warning=settings.problem, note=note, sign_in_by_itself=may_go, me=me)
    if signed_in and loop.sign_in is not None:
        loop.sign_in.resume()
    return loop


def _backend(settings: Settings, answer: RedirectAnswer | None, window_time_limit: float) -> Backend:
    """Return the site's Podio: the client, the window of its renewals, the drafts and the outboxes."""
    api_url = _meta("podio-api-url")
    host = urlsplit(api_url).netloc
    reports = Reports()
    database = Database(host=host)
    drafts = Drafts(
        database=database,
        host=host,
        client_id=settings.client_id,
        report_stored=reports.report_stored_draft,
        report_denied=reports.report_denied_draft,
    )
    if not settings.client_id:
        return Backend(podio=None, sign_in=None, drafts=drafts, reports=reports)
    store = SessionStorageStore(api_url=api_url, client_id=settings.client_id)
    sign_in = PopupSignIn(
        store=store,
        callback_url=str(js.URL.new("callback.html", js.document.baseURI).href),
        on_status=reports.renewal_status,
        time_limit=window_time_limit,
    )
    podio = Podio(
        client_id=settings.client_id,
        session_store=store,
        redirect_answer=answer,
        on_token_will_refresh=sign_in,
        after_token_refreshed=reports.session_changed,
        api_url=api_url,
        authorize_url=_meta("podio-authorize-url"),
        token_url=_meta("podio-token-url"),
        response_type="code" if _meta("podio-response-type") == "code" else "token",
        provider=ProviderProfile(redirect_nonce=_meta("podio-redirect-nonce") != "false"),
    )
    podio.on_session_change = reports.session_changed

    def outbox_of(user_id: int, listener: Listener) -> PageOutbox:
        return PageOutbox(
            database=database,
            site=_site_path(),
            host=host,
            client_id=settings.client_id,
            user_id=user_id,
            client=podio,
            sends_found=settings.own_origin,
            listener=listener,
            draft_keys=partial(drafts.keys, user_id),
        )

    return Backend(podio=podio, sign_in=sign_in, drafts=drafts, reports=reports, outbox_of=outbox_of)


async def _take_over(podio: Podio, question: Any) -> User | None:
    """Take the session over from another tab of this site, where one hands it on; return whose this tab has now."""

    def client(memory: MemoryStore) -> Podio:
        return Podio(client_id=podio.client_id, session_store=memory, api_url=podio.api_url, token_url=podio.token_url)

    hand_over = HandOver(question)
    session = await hand_over.session(client)
    if session is None:
        return None
    try:
        SessionStorageStore(api_url=podio.api_url, client_id=podio.client_id).set(session, podio.auth_type)
    except StorageError:
        return None
    return User.from_json(hand_over.status) if await podio.refresh_auth_from_store() else None


def _site(settings: Settings, locale: Locale) -> Site:
    return Site(
        client_id=settings.client_id,
        title=settings.title,
        notice=settings.notice,
        host=str(js.location.host),
        zone=None,
        locale=locale,
        version=_meta("workbench-version"),
        own_origin=settings.own_origin,
        podio_sign_out_url=sign_out_url(_meta("podio-authorize-url")),
    )


def _take_answer() -> RedirectAnswer | None:
    """Take the redirect's answer that the page's first script kept; only once, and nothing else holds it then."""
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
        place=Place(hostname=str(js.location.hostname), path=_site_path()),
        from_cache=bool(config.cached),
        running_client_id=running_client_id(_storage_keys(), api_host),
    )


def _site_path() -> str:
    return str(js.URL.new("./", js.document.baseURI).pathname)


def _storage_keys() -> list[str]:
    try:
        storage = js.window.sessionStorage
        return [str(storage.key(index)) for index in range(storage.length)]
    except JsException:
        return []
