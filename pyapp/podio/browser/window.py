"""Signs in again in a window, while the page keeps its state: what the page uses as `on_token_will_refresh`.

What follows from a click, an answer or a blocked window is decided in `podio._sign_in_machine`, what a message means in
`podio.sign_in_window`; here are the windows, the channels, and the lock that the tabs of one session share.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

import podio._renewal_driver  # noqa: F401  imported late elsewhere; here, so that the page's snapshot holds it
from podio._sign_in_events import (
    AcquireLock,
    AnotherUser,
    Answered,
    Blocked,
    Cancel,
    Checking,
    Click,
    ClickAsFirst,
    CloseWindows,
    Command,
    Decide,
    Event,
    Fail,
    Finished,
    HookCalled,
    HookLeft,
    LockDenied,
    LockTaken,
    NotStored,
    Opened,
    OpenWindow,
    ReleaseLock,
    Reloaded,
    RenewalEnded,
    Resume,
    Return,
    Show,
    StartAfresh,
    StartRenewal,
    Tick,
)
from podio._sign_in_machine import SignIn, step
from podio.authorization import AuthorizationRequest, RedirectAnswer
from podio.browser._tab_lock import TabLock
from podio.browser.storage import SessionStorageStore
from podio.errors import PodioError, StorageError
from podio.renewal import Renewable, RenewalRequest, RenewalStatus, SignedInUser, UserDecision
from podio.session import Session
from podio.sign_in_window import READY, RECEIVED, TIME_LIMIT, channel_name, read_message

_FEATURES = "popup,width=560,height=760"
_TICK = 0.25
"""Seconds between two looks at the windows and at the other tabs."""


@dataclass(slots=True)
class _OpenRequest:
    """A request whose answer is listened for; `window` is None when it was opened before the page was reloaded."""

    channel: Any
    on_message: Any
    window: Any = None

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
    """Lets the user sign in again in a window of its own.

    A browser opens a window only on a click. So a renewal that starts by itself tries, is usually refused, and then
    waits (status NEEDS_CLICK) until `open` is called in a click's handler. Without `on_status` nobody could see that,
    and the refusal is raised as `podio.PopupBlocked`.

    Args:
        store: Keeps the requests, and knows who else has the session.
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
        self._sign_in = SignIn(has_viewer=on_status is not None, time_limit=time_limit)
        self._store = store
        self._callback_url = callback_url
        self._on_status = on_status
        self._clock = clock
        self._renewable: Renewable | None = None
        self._request: RenewalRequest | None = None
        self._requests: dict[str, _OpenRequest] = {}
        self._answer: asyncio.Future[RedirectAnswer] | None = None
        self._decision: asyncio.Future[UserDecision] | None = None
        self._renewing: asyncio.Future[Session] | None = None
        self._lock = TabLock(on_taken=lambda: self._step(LockTaken()), on_denied=lambda: self._step(LockDenied()))

    # What a page calls

    @property
    def status(self) -> RenewalStatus:
        """Where the renewal stands."""
        return self._sign_in.status

    def open(self) -> bool:
        """Open the window, in a click's handler, at once; start a renewal if none waits.

        Returns:
            False when the browser refused or the request could not be stored; the status then says so.
        """
        return self._step(Click())

    def cancel(self) -> None:
        """Give up: the waiting calls fail with `podio.RenewalCancelled`, and a late answer changes nothing."""
        self._step(Cancel())

    def sign_in_as_first(self) -> bool:
        """Decide, in a click's handler, while another user has signed in: open the window for the first user."""
        return self._decision is not None and self._step(ClickAsFirst())

    def start_afresh(self) -> None:
        """Decide, while another user has signed in, to go on as the other; what was waiting is not sent."""
        self._step(StartAfresh())

    def resume(self) -> bool:
        """Go on waiting for a window that was open when the page was reloaded; return whether there was one."""
        requests = self._requests_of_before()
        if not requests or self._renewable is None:
            return False
        self._step(Reloaded(requests))
        return True

    # What the client calls

    @property
    def dialog(self) -> PopupSignIn:
        """The hook's `podio.renewal.RenewalDialog`: itself."""
        return self

    def bind(self, renewable: Renewable) -> None:
        """Learn whose renewals these are."""
        self._renewable = renewable

    async def __call__(self, request: RenewalRequest) -> RedirectAnswer:
        """Return the answer of a new sign-in.

        Raises:
            PopupBlocked: when no window may open and nobody could click (there is no `on_status`).
            RenewalCancelled: when the user gave up, or the time was over (`RenewalTimedOut`).
            StorageError: when the request can't be stored, without which its answer could not be checked.
        """
        self._request = request
        answer: asyncio.Future[RedirectAnswer] = asyncio.get_running_loop().create_future()
        self._answer = answer
        try:
            self._step(HookCalled(self._requests_of_before(), _now()))
            while not answer.done():
                self._step(await self._look())
                await asyncio.wait({answer}, timeout=_TICK)
            return answer.result()
        finally:
            self._answer = self._request = None
            self._step(HookLeft())

    def checking(self) -> None:
        """Show that the answer is there and who signed in is being looked up."""
        self._step(Checking())

    async def another_user(self, first: SignedInUser | None, other: SignedInUser) -> UserDecision:
        """Show that another user signed in; return what the first one decides."""
        self._decision = asyncio.get_running_loop().create_future()
        self._step(AnotherUser(first, other))
        try:
            return await self._decision
        finally:
            self._decision = None

    def finished(self, error: PodioError | None) -> None:
        """Show how the renewal ended, and let the other tabs of the session have their turn."""
        self._step(Finished(error))

    # Events

    def _step(self, event: Event) -> bool:
        """Report an event and do what follows; return False where a window was to be opened, and was not."""
        self._sign_in, commands = step(self._sign_in, event)
        outcomes = [self._perform(command) for command in commands]
        return all(outcomes)

    async def _look(self) -> Tick:
        current = None if self._sign_in.has_lock else self._current_request()
        is_elsewhere = current is not None and await self._lock.is_held(current.session)
        return Tick(
            now=_now(),
            reads_closed=all(request.reads_closed for request in self._requests.values()),
            has_focus=bool(js.document.hasFocus()),
            is_elsewhere=is_elsewhere,
        )

    def _requests_of_before(self) -> tuple[AuthorizationRequest, ...]:
        """Return the requests in a window that were open when the page was reloaded, and clear those of long ago."""
        requests = self._store.open_requests("popup")
        for request in requests:
            if request.is_stale(self._clock()):
                self._store.take_request(request.state)
        return tuple(request for request in requests if not request.is_stale(self._clock()))

    # Commands

    def _perform(self, command: Command) -> bool:
        match command:
            case OpenWindow():
                event = self._open_window()
                return event is not None and self._step(event) and isinstance(event, Opened)
            case Resume(requests):
                for request in requests:
                    self._listen(request, None)
                for resumed in self._requests.values():
                    _post(resumed.channel, READY)
            case CloseWindows():
                self._close_windows()
            case StartRenewal():
                self._start_renewal()
            case AcquireLock():
                if (current := self._current_request()) is not None:
                    self._lock.acquire(current.session)
            case ReleaseLock():
                self._lock.release()
            case Show(status):
                if self._on_status is not None:
                    self._on_status(status)
            case Return(answer):
                _settle(self._answer, answer)
            case Fail(error):
                _settle(self._answer, error)
            case Decide(decision):
                _settle(self._decision, decision)
        return True

    def _open_window(self) -> Opened | Blocked | NotStored | None:
        """Open the window at the provider's page; nothing is awaited, so that a click's permission still counts.

        The window begins blank and is cut off from its opener before it goes to the provider: no page that it shows
        can navigate ours (`opener.location`), and it has no name by which others could reach it.

        Returns:
            What came of it, or None without a session.
        """
        renewal = self._current_request()
        if renewal is None:
            return None
        try:
            request = renewal.make_request(self._callback_url, "popup")
        except StorageError as error:
            return NotStored(str(error))
        with self._store.hidden_from_windows():
            window = js.window.open("about:blank", "_blank", _FEATURES)
        if window is None or window is jsnull:
            self._store.take_request(request.state)
            return Blocked()
        # JavaScript's null alone does it: None arrives there as undefined, which only hides the opener from this page.
        window.opener = jsnull
        window.location.replace(request.url)
        self._listen(request, window)
        return Opened(_now())

    def _current_request(self) -> RenewalRequest | None:
        current = self._renewable.renewal_request() if self._renewable is not None else None
        return current if current is not None else self._request

    def _listen(self, request: AuthorizationRequest, window: Any) -> None:
        channel = js.BroadcastChannel.new(channel_name(request.state))

        def on_message(event: Any) -> None:
            data = event.data
            answer = read_message(data.to_py() if hasattr(data, "to_py") else data, request)
            if answer is not None:
                _post(channel, RECEIVED)
                self._step(Answered(answer))

        proxy = create_proxy(on_message)
        channel.onmessage = proxy
        self._requests[request.state] = _OpenRequest(channel=channel, on_message=proxy, window=window)

    def _close_windows(self) -> None:
        requests, self._requests = self._requests, {}
        for state, request in requests.items():
            self._store.take_request(state)
            request.close()

    def _start_renewal(self) -> None:
        if self._renewable is not None and not self._renewable.is_renewing:
            self._renewing = asyncio.ensure_future(self._renewable.renew())
            self._renewing.add_done_callback(self._renewal_ended)

    def _renewal_ended(self, task: asyncio.Future[Session]) -> None:
        error = None if task.cancelled() else task.exception()
        if task is self._renewing and self._renewable is not None and not self._renewable.is_renewing:
            self._step(RenewalEnded(error if isinstance(error, PodioError) else None))


def _settle(waiting: asyncio.Future[Any] | None, outcome: Any) -> None:
    """Give what waits its outcome: an exception is raised there."""
    if waiting is None or waiting.done():
        return
    if isinstance(outcome, BaseException):
        waiting.set_exception(outcome)
    else:
        waiting.set_result(outcome)


def _is_ours(window: Any) -> bool:
    """Return whether a window still shows nothing of another origin.

    Once it shows the provider's page it is nobody's: cut off from its opener, it may not be closed by us (a browser
    complains in its console). The callback page closes itself; what is left unanswered the user closes.
    """
    try:
        return bool(window.location.href)
    except JsException:
        return False


def _now() -> float:
    """Return seconds of a clock that runs steadily."""
    return float(js.performance.now()) / 1000


def _object(entries: Any) -> Any:
    return js.Object.fromEntries(entries)


def _post(channel: Any, kind: str) -> None:
    channel.postMessage(to_js({"type": kind}, dict_converter=_object))
