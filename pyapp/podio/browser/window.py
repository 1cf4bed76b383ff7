"""Signs in again in a window, while the page keeps its state: what the page uses as `on_token_will_refresh`.

What messages mean and when a window seems closed is decided in `podio.sign_in_window`; here are the window, the
channel, the lock that the tabs of one session share, and the status that a page shows.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

from podio.authorization import AuthorizationRequest, RedirectAnswer
from podio.browser.storage import SessionStorageStore
from podio.errors import (
    NotAuthenticated,
    PersonChanged,
    PodioError,
    PopupBlocked,
    RenewalCancelled,
    RenewalTimedOut,
    StorageError,
)
from podio.renewal import Person, PersonDecision, Renewable, RenewalPhase, RenewalRequest, RenewalStatus
from podio.session import Session
from podio.sign_in_window import READY, RECEIVED, TIME_LIMIT, ClosedWatch, channel_name, read_message

_FEATURES = "popup,width=560,height=760"
_TICK = 0.25
_CANCELLED = (
    "You cancelled signing in again; close the sign-in window. What was waiting has not been sent; "
    "nothing that you typed is lost."
)
_TIMED_OUT = (
    "Nobody finished signing in within five minutes; close the sign-in window. What was waiting has not been sent; "
    "nothing that you typed is lost."
)
_BLOCKED = "The browser opened no sign-in window. Allow pop-up windows for this site, or click Sign in again."


@dataclass(slots=True)
class _OpenAttempt:
    """An attempt whose answer is listened for; `window` is None when it was opened before the page was reloaded."""

    request: AuthorizationRequest
    channel: Any
    on_message: Any
    window: Any = None
    opened_at: float = field(default=0.0)

    @property
    def reads_closed(self) -> bool:
        return self.window is None or bool(self.window.closed)

    def close(self) -> None:
        self.channel.close()
        self.channel.onmessage = None
        self.on_message.destroy()
        if self.window is not None and _is_ours(self.window):
            self.window.close()


class PopupSignIn:
    """Asks the person to sign in again in a window of its own.

    A browser opens a window only on a click. So a renewal that starts by itself tries, is usually refused, and then
    waits (status NEEDS_CLICK) until `open` is called in a click's handler. Without `on_status` nobody could see that,
    and the refusal is raised as `podio.PopupBlocked`.

    Args:
        store: Keeps the attempts, and knows who else has the session.
        callback_url: The address of callback.html.
        on_status: Called with each `RenewalStatus`.
        time_limit: Seconds for which an open window is waited for.
        clock: Seconds since 1970.
    """

    def __init__(
        self,
        *,
        store: SessionStorageStore,
        callback_url: str,
        on_status: Callable[[RenewalStatus], None] | None = None,
        time_limit: float = TIME_LIMIT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._callback_url = callback_url
        self._on_status = on_status
        self._time_limit = time_limit
        self._clock = clock
        self._renewable: Renewable | None = None
        self._status = RenewalStatus(phase=RenewalPhase.IDLE)
        self._attempts: dict[str, _OpenAttempt] = {}
        self._answer: asyncio.Future[RedirectAnswer] | None = None
        self._early_answer: RedirectAnswer | None = None
        self._decision: asyncio.Future[PersonDecision] | None = None
        self._lock: asyncio.Future[None] | None = None
        self._lock_name: str | None = None
        self._why_none = _no_window()
        self._is_given_up = False

    # What a page calls

    @property
    def status(self) -> RenewalStatus:
        """Where the renewal stands."""
        return self._status

    def open(self) -> bool:
        """Open the window, in a click's handler, at once; start a renewal if none waits.

        Returns:
            False when the browser refused or the attempt could not be stored; the status then says so.
        """
        under_way = (
            RenewalPhase.WINDOW_OPEN,
            RenewalPhase.CHECKING,
            RenewalPhase.ANOTHER_PERSON,
            RenewalPhase.ELSEWHERE,
        )
        return True if self._status.phase in under_way else self._open_and_start()

    def cancel(self) -> None:
        """Give up: the waiting calls fail with `podio.RenewalCancelled`, and a late answer changes nothing."""
        for waiting in (self._decision, self._answer):
            if waiting is not None and not waiting.done():
                waiting.set_exception(RenewalCancelled(_CANCELLED))
                return
        if self._attempts:
            # The renewal that the click started has not come here yet; it ends as soon as it does.
            self._is_given_up = True

    def sign_in_as_first(self) -> bool:
        """Answer to ANOTHER_PERSON, in a click's handler: open the window again for the first person."""
        return self._decision is not None and not self._decision.done() and self._open_and_start()

    def start_afresh(self) -> None:
        """Answer to ANOTHER_PERSON: go on as the other person; what was waiting is not sent."""
        if self._decision is not None and not self._decision.done():
            self._decision.set_result(PersonDecision.START_AFRESH)

    def resume(self) -> bool:
        """Go on waiting for a window that was open when the page was reloaded; tell whether there was one."""
        if not self._attempts_of_before() or self._renewable is None:
            return False
        self._start_renewal()
        return True

    # What the client calls

    def bind(self, renewable: Renewable) -> None:
        """Learn whose renewals these are."""
        self._renewable = renewable

    async def __call__(self, request: RenewalRequest) -> RedirectAnswer:
        """Return the answer of a new sign-in.

        Raises:
            PopupBlocked: when no window may open and nobody could click (there is no `on_status`).
            RenewalCancelled: when the person gave up, or the time was over (`RenewalTimedOut`).
        """
        self._lock_name = _lock_name_of(request.session)
        self._answer = asyncio.get_running_loop().create_future()
        try:
            self._why_none = _no_window()
            if self._is_given_up:
                raise RenewalCancelled(_CANCELLED)
            if self._early_answer is not None:
                return self._early_answer
            if not self._attempts:
                for attempt in self._attempts_of_before():
                    self._listen(attempt, None)
                for resumed in self._attempts.values():
                    _post(resumed.channel, READY)
            is_held = not self._attempts and await self._held_elsewhere()
            # Looked at once more: a click may have opened a window meanwhile.
            if not self._attempts and not is_held and not self._open_window(request):
                self._blocked()
            return await self._wait(self._answer)
        finally:
            self._answer = None
            self._close_attempts()

    def checking(self) -> None:
        """Show that the answer is there and who signed in is being looked up."""
        self._show(RenewalPhase.CHECKING)

    async def another_person(self, first: Person | None, other: Person) -> PersonDecision:
        """Show that somebody else signed in; return what the person decides."""
        self._decision = asyncio.get_running_loop().create_future()
        self._show(
            RenewalPhase.ANOTHER_PERSON,
            person_name=(first.name if first else "") or "the person before",
            other_person_name=other.name or "somebody else",
        )
        try:
            return await self._decision
        finally:
            self._decision = None

    def finished(self, error: PodioError | None) -> None:
        """Show how the renewal ended, and let the other tabs of the session have their turn."""
        self._close_attempts()
        self._release()
        self._is_given_up = False
        if error is None or isinstance(error, (PersonChanged, NotAuthenticated)):
            self._show(RenewalPhase.IDLE)
        else:
            self._show(RenewalPhase.FAILED, str(error))

    # Inside

    def _open_and_start(self) -> bool:
        request = self._renewable.renewal_request() if self._renewable is not None else None
        if request is None:
            return False
        if not self._open_window(request):
            return False
        if self._decision is not None and not self._decision.done():
            # Whoever opens a window once more after another person signed in wants to sign in as the first.
            self._decision.set_result(PersonDecision.SIGN_IN_AS_FIRST)
        self._start_renewal()
        return True

    def _start_renewal(self) -> None:
        if self._renewable is not None and not self._renewable.is_renewing:
            asyncio.ensure_future(self._renewable.renew()).add_done_callback(self._renewal_ended)

    def _renewal_ended(self, task: asyncio.Future[Any]) -> None:
        """Tidy up after a renewal that ended before it came here, and so told nobody: after a sign-out, say."""
        error = None if task.cancelled() else task.exception()
        if self._attempts and self._renewable is not None and not self._renewable.is_renewing:
            self.finished(error if isinstance(error, PodioError) else None)

    def _attempts_of_before(self) -> list[AuthorizationRequest]:
        """Return the attempts in a window that were open when the page was reloaded, and forget those of long ago."""
        attempts = self._store.open_attempts("window")
        for attempt in attempts:
            if attempt.is_stale(self._clock()):
                self._store.take_attempt(attempt.state)
        return [attempt for attempt in attempts if not attempt.is_stale(self._clock())]

    def _open_window(self, request: RenewalRequest) -> bool:
        """Open the window at the provider's page; nothing is awaited, so that a click's permission still counts.

        The window begins blank and is cut off from its opener before it goes to the provider: no page that it shows
        can navigate ours (`opener.location`), and it has no name by which others could reach it.
        """
        try:
            attempt = request.make_request(self._callback_url, "window")
        except StorageError as error:
            self._why_none = RenewalStatus(phase=RenewalPhase.FAILED, message=str(error))
            self._set(self._why_none)
            return False
        with self._store.hidden_from_windows():
            window = js.window.open("about:blank", "_blank", _FEATURES)
        if window is None or window is jsnull:
            self._store.take_attempt(attempt.state)
            self._why_none = _no_window()
            self._set(self._why_none)
            return False
        # JavaScript's null alone does it: None arrives there as undefined, which only hides the opener from this page.
        window.opener = jsnull
        window.location.replace(attempt.url)
        self._listen(attempt, window)
        self._lock_name = _lock_name_of(request.session)
        if self._lock is None:
            asyncio.ensure_future(self._acquire(self._lock_name)).add_done_callback(_retrieve)
        self._is_given_up = False
        self._show(RenewalPhase.WINDOW_OPEN)
        return True

    def _blocked(self) -> None:
        if self._status.phase is RenewalPhase.FAILED:
            raise StorageError(self._status.message)
        if self._on_status is None:
            raise PopupBlocked(_BLOCKED)

    def _listen(self, request: AuthorizationRequest, window: Any) -> None:
        channel = js.BroadcastChannel.new(channel_name(request.state))

        def on_message(event: Any) -> None:
            data = event.data
            answer = read_message(data.to_py() if hasattr(data, "to_py") else data, request)
            if answer is None:
                return
            _post(channel, RECEIVED)
            if self._answer is None:
                # A click opened the window, and it answered before the renewal that the click started has come here.
                self._early_answer = answer
            elif not self._answer.done():
                self._answer.set_result(answer)

        proxy = create_proxy(on_message)
        channel.onmessage = proxy
        self._attempts[request.state] = _OpenAttempt(
            request=request, channel=channel, on_message=proxy, window=window, opened_at=_now()
        )

    async def _wait(self, answer: asyncio.Future[RedirectAnswer]) -> RedirectAnswer:
        closed = ClosedWatch()
        while not answer.done():
            if self._attempts:
                newest = max(attempt.opened_at for attempt in self._attempts.values())
                if _now() - newest > self._time_limit:
                    raise RenewalTimedOut(_TIMED_OUT)
                if closed.seems_closed(
                    reads_closed=all(attempt.reads_closed for attempt in self._attempts.values()),
                    has_focus=bool(js.document.hasFocus()),
                    now=_now(),
                ):
                    self._show(RenewalPhase.SEEMS_CLOSED)
                else:
                    self._show(RenewalPhase.WINDOW_OPEN)
            elif await self._held_elsewhere():
                self._show(RenewalPhase.ELSEWHERE)
            else:
                self._set(self._why_none)
            await asyncio.wait({answer}, timeout=_TICK)
        return answer.result()

    def _close_attempts(self) -> None:
        attempts, self._attempts = self._attempts, {}
        self._early_answer = None
        for state, attempt in attempts.items():
            self._store.take_attempt(state)
            attempt.close()

    async def _held_elsewhere(self) -> bool:
        """Tell whether another tab of this session has its sign-in window open."""
        if self._lock is not None or not _has_locks():
            return False
        try:
            locks = await js.navigator.locks.query()
        except JsException:
            return False  # where storage is denied, locks are
        return any(lock.name == self._lock_name for lock in locks.held)

    async def _acquire(self, name: str) -> None:
        """Hold the session's lock while our window is open; if another tab has it, leave the sign-in to that tab."""
        if not _has_locks():
            return
        held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lock = held

        def granted(lock: Any) -> Any:
            if lock is not None and lock is not jsnull:
                return held
            if self._lock is held:
                self._lock = None
                self._close_attempts()
            return None

        proxy = create_proxy(granted)
        try:
            await js.navigator.locks.request(name, to_js({"ifAvailable": True}, dict_converter=_object), proxy)
        except JsException:
            self._lock = None
        finally:
            proxy.destroy()

    def _release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None and not lock.done():
            lock.set_result(None)

    def _show(
        self, phase: RenewalPhase, message: str = "", *, person_name: str = "", other_person_name: str = ""
    ) -> None:
        self._set(
            RenewalStatus(phase=phase, message=message, person_name=person_name, other_person_name=other_person_name)
        )

    def _set(self, status: RenewalStatus) -> None:
        if status != self._status:
            self._status = status
            if self._on_status is not None:
                self._on_status(status)


def _no_window() -> RenewalStatus:
    return RenewalStatus(phase=RenewalPhase.NEEDS_CLICK, message=_BLOCKED)


def _lock_name_of(session: Session) -> str:
    """Return the name of the lock that the session's tabs share: a hash, because the whole origin can list locks."""
    return hashlib.sha256(session.session_id.encode()).hexdigest()


def _is_ours(window: Any) -> bool:
    """Tell whether a window still shows nothing of another origin.

    Once it shows the provider's page it is nobody's: cut off from its opener, it may not be closed by us (a browser
    complains in its console). The callback page closes itself; what is left unanswered the person closes.
    """
    try:
        return bool(window.location.href)
    except JsException:
        return False


def _now() -> float:
    """Return seconds of a clock that runs steadily."""
    return float(js.performance.now()) / 1000


def _has_locks() -> bool:
    """Tell whether the browser has Web Locks: only in a secure context (https, or this machine)."""
    return getattr(js.navigator, "locks", None) is not None


def _object(entries: Any) -> Any:
    return js.Object.fromEntries(entries)


def _post(channel: Any, kind: str) -> None:
    channel.postMessage(to_js({"type": kind}, dict_converter=_object))


def _retrieve(task: asyncio.Future[Any]) -> None:
    """Take a finished task's error, which the waiting calls and the status have told already."""
    if not task.cancelled():
        task.exception()
