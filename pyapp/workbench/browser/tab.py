"""What this tab and this browser remember: whether the sign-in was offered, whether somebody signed out, preferences.

Nothing of it says who. Of signing in, the tab's part is kept by web/tabs.js, which needs it before Python is there.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import js
from pyodide.ffi import JsException, jsnull

from workbench.unfolding import Unfolding


class Tab:
    """The tab that the page runs in.

    Args:
        record: What web/tabs.js found; JavaScript's null where nobody can sign in, or the browser denies storage.
        api_url: The API, and
        client_id: the client, which the browser's note is kept by.
    """

    def __init__(self, record: Any, *, api_url: str, client_id: str) -> None:
        self._record = None if record is jsnull else record
        begin = f"podio.{urlsplit(api_url).netloc}.{client_id}."
        self._key, self._unfolding_key = f"{begin}signed-out", f"{begin}unfolding"
        self._shortcuts_key = f"{begin}single-keys-off"

    @property
    def session_request(self) -> Any:
        """The request to the other tabs of this site for their session, or None where there is none."""
        question = self._record.asked if self._record is not None else None
        return None if question is jsnull else question

    @property
    def may_go_by_itself(self) -> bool:
        """Whether the tab may still go to the sign-in without a click: nobody opened it by script, or signed out."""
        return (
            self._record is not None
            and not self._record.offered
            and js.window.opener is jsnull
            and not self._is_noted(self._key, where_denied=True)
        )

    @property
    def unfolding(self) -> Unfolding:
        """What of the side bar was unfolded before a reload."""
        try:
            text = js.window.sessionStorage.getItem(self._unfolding_key)
        except JsException:
            return Unfolding()
        return Unfolding() if text is jsnull else Unfolding.from_text(str(text))

    def keep_unfolding(self, unfolding: Unfolding) -> None:
        """Keep what of the side bar is unfolded, while the tab is open."""
        text = unfolding.to_text()
        try:
            if text:
                js.window.sessionStorage.setItem(self._unfolding_key, text)
            else:
                js.window.sessionStorage.removeItem(self._unfolding_key)
        except JsException:
            return  # where storage is denied, a reload folds the side bar

    @property
    def has_shortcuts(self) -> bool:
        """Whether single keys press what they are the shortcuts of: a choice for all visits by this browser."""
        return not self._is_noted(self._shortcuts_key)

    def keep_shortcuts(self, has_shortcuts: bool) -> None:
        """Keep that choice, where storage isn't denied."""
        self._note(self._shortcuts_key, is_so=not has_shortcuts)

    def note_offer(self) -> None:
        """Note that the tab has shown the sign-in, or gone there."""
        if self._record is not None:
            self._record.offer()

    def note_sign_out(self) -> None:
        """Note that somebody signed out in this browser."""
        self._note(self._key, is_so=True)

    def note_sign_in(self) -> None:
        """Note that somebody signed in by a click: the sign-out before it counts no more."""
        self._note(self._key, is_so=False)

    def _note(self, key: str, *, is_so: bool) -> None:
        try:
            if is_so:
                js.window.localStorage.setItem(key, "1")
            else:
                js.window.localStorage.removeItem(key)
        except JsException:
            return

    def _is_noted(self, key: str, *, where_denied: bool = False) -> bool:
        try:
            return js.window.localStorage.getItem(key) is not jsnull
        except JsException:
            return where_denied
