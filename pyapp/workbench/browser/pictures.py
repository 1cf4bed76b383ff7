"""Users' pictures, in the place of their initials: fetched when the page is idle, and kept as long as it is signed in.

Not a read of the state: whether a picture is there changes nothing but what lies behind two letters, and draws nothing
again. ``web/morph.js`` shows them, for it puts what the policy forbids in HTML (``style=``) on elements.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

import js
from pyodide.ffi import create_proxy, to_js

from podio import Podio, PodioError
from workbench.pictures import Way, way_to


class Pictures:
    """Fetches the pictures that the page's views name (``data-picture``)."""

    def __init__(self) -> None:
        policy = js.document.querySelector("meta[http-equiv=Content-Security-Policy]")
        self._policy = str(policy.content) if policy else ""
        self._client: Podio | None = None
        self._tried: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        js.window.addEventListener("workbench:pictures", create_proxy(self._missing))

    def use(self, client: Podio | None) -> None:
        """Fetch by this client from now on."""
        self._client = client
        self._tried.clear()

    def _missing(self, event: Any) -> None:
        for link in {str(link) for link in event.detail} - self._tried:
            session = self._client.session if self._client else None
            if self._client is None or session is None or session.expires_at <= time.time():
                return  # nobody is asked to sign in again for a picture
            self._tried.add(link)
            match way_to(link, api_url=self._client.api_url, policy=self._policy):
                case Way.DIRECT:
                    js.workbenchPictures.show(link, link)
                case Way.FETCHED:
                    task = asyncio.ensure_future(self._fetch(self._client, link))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

    async def _fetch(self, client: Podio, link: str) -> None:
        try:
            content = await client.download_file({"link": link}, renews=False)
        except PodioError:
            return  # the initials stay
        if client is self._client:
            js.workbenchPictures.show(link, js.Blob.new(to_js([content])))
