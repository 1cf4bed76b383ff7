"""The page over one backend at a time: a loop over the site's Podio, or over the sample data while somebody tries it.

Nothing swaps a backend under a loop: one loop stops and another starts. Only somebody who is signed out goes to the
sample data, so that no session is left waiting and no draft is in the way.
"""

from __future__ import annotations

import time
from dataclasses import replace

import js

from podio import AuthorizationError
from podio.browser import SessionOffer
from podio.model import User
from workbench.browser.backend import Backend
from workbench.browser.document import Document
from workbench.browser.loop import Loop
from workbench.browser.pictures import Pictures
from workbench.browser.sample import Sample
from workbench.browser.tab import Tab
from workbench.events import SampleLeft, Started
from workbench.state import Phase, SignInRefusal, Site


class Workbench:
    """Starts the loops; to them it is the `workbench.browser.loop.SampleData`.

    Args:
        document: What is drawn into.
        site: What the site's owner configured.
        tab: What the tab and the browser remember of signing in.
        backend: The site's Podio.
    """

    def __init__(self, *, document: Document, site: Site, tab: Tab, backend: Backend) -> None:
        self._document = document
        self._site = site
        self._tab = tab
        self._backend = backend
        self._offer = self._session_offer()
        self._pictures = Pictures()
        self._loop: Loop | None = None
        self._sample: Sample | None = None

    def _session_offer(self) -> SessionOffer | None:
        podio = self._backend.podio
        if podio is None or not self._site.own_origin:
            return None
        return SessionOffer(api_url=podio.api_url, client_id=podio.client_id, session=lambda: podio.session)

    def start(
        self, *, warning: str = "", note: str = "", sign_in_by_itself: bool = False, me: User | None = None
    ) -> Loop:
        """Start a loop over the site's Podio, and return it; see `workbench.events.Started`."""
        return self._begin(
            self._loop_over(self._backend, tab=self._tab, offer=self._offer),
            replace(
                self._start_event(self._backend),
                warning=warning,
                note=note,
                sign_in_by_itself=sign_in_by_itself,
                me=me,
                unfolding=self._tab.unfolding,
            ),
        )

    # What the loops call

    def open(self) -> None:
        """Open the sample's consent window; where that stands, the loop over Podio shows."""
        if self._loop is None:
            return
        if self._sample is None:
            self._sample = Sample(site_url=self._document.base_url, enter=self._enter)
            self._sample.reports.dispatch = self._loop.dispatch
        self._sample.open()

    def cancel(self) -> None:
        """Cancel the sample's consent window."""
        if self._sample is not None:
            self._sample.end()

    async def expire(self) -> None:
        """Let the sample's tokens expire."""
        if self._sample is not None:
            await self._sample.expire()

    def leave(self) -> None:
        """Cancel the sample, and start a loop over Podio again."""
        self.cancel()
        self._sample = None
        self.start().dispatch(SampleLeft())

    def _enter(self, backend: Backend) -> None:
        if self._loop is None or self._loop.state.phase is not Phase.SIGNED_OUT or self._loop.state.leaving:
            self.cancel()
            return
        start_event = self._start_event(backend)
        self._begin(self._loop_over(backend), replace(start_event, site=replace(self._site, is_sample=True)))

    def _begin(self, loop: Loop, start_event: Started) -> Loop:
        if self._loop is not None:
            self._loop.stop()
        self._loop = loop
        loop.run()
        loop.dispatch(start_event)
        return loop

    def _loop_over(self, backend: Backend, *, tab: Tab | None = None, offer: SessionOffer | None = None) -> Loop:
        self._pictures.use(backend.podio)
        return Loop(
            document=self._document,
            backend=backend,
            sample_data=self,
            page_url=f"{js.location.origin}{js.location.pathname}",
            tab=tab,
            offer=offer,
        )

    def _start_event(self, backend: Backend) -> Started:
        podio = backend.podio
        session = podio.session if podio is not None else None
        error = podio.get_auth_error() if podio is not None else None
        return Started(
            site=self._site,
            fragment=self._document.fragment,
            now=time.time(),
            signed_in=session is not None,
            user_id=(session.user_id or 0) if session is not None else 0,
            expires_at=session.expires_at if session is not None else None,
            refusal=_refusal(error),
            online=bool(js.navigator.onLine),
            has_shortcuts=self._tab.has_shortcuts,
            session_unsaved=podio is not None and podio.storage_error is not None,
        )


def _refusal(error: AuthorizationError | None) -> SignInRefusal | None:
    return SignInRefusal(code=error.error, description=error.error_description) if error is not None else None
