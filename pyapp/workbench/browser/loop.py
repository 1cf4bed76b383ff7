"""The loop: takes events, asks the transitions, applies the effects, draws the state. It decides nothing itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any, Protocol

import js

from podio import NotAuthenticated, Podio, PodioError
from podio.browser import SessionOffer
from workbench import effects, page_view
from workbench import state as states
from workbench.browser.backend import Backend
from workbench.browser.database import DatabaseUnavailable
from workbench.browser.document import Document
from workbench.browser.downloads import save_file
from workbench.browser.fault_notice import FaultNotice, fail_start, log
from workbench.browser.resting import rest
from workbench.browser.sending import Sending
from workbench.browser.tab import Tab
from workbench.core.clicks import PodioUse
from workbench.core.faults import Activity, Fault, fault_of
from workbench.core.frame import Frame
from workbench.core.lifetimes import ActiveSubscription, Lifetimes
from workbench.core.parts import Renderer
from workbench.events import (
    CallAnswered,
    CallFailed,
    CallIsSlow,
    ClockRead,
    Event,
    NoteRead,
    SignInFailed,
    SignOutEnded,
    Typed,
)
from workbench.failures import Kind, describe
from workbench.outbox import CannotStore
from workbench.previews import shows_more
from workbench.session_transitions import needs_sign_in_window
from workbench.state import Phase, State
from workbench.subscriptions import OutboxOf, RestBefore, Subscription, Wanted, subscriptions
from workbench.transitions import update

Drawing = tuple[str, str, str]
"""The page's HTML, its title, and its ``data-app-state``."""

_SLOW_AFTER = 3.0
_CLOCK_EVERY = 15.0
_NOTE_FOR = 5.0
_NOT_DELETED = "Your drafts could not be deleted from this browser: delete this site's data in its settings."


class SampleData(Protocol):
    """What the page does with the sample data; entering and leaving it end this loop and start another."""

    def open(self) -> None:
        """Open the consent window, in a click's handler, at once; where that stands is reported to the loop."""
        ...

    def cancel(self) -> None:
        """Cancel the consent window."""
        ...

    async def expire(self) -> None:
        """Let the sample's tokens expire."""
        ...

    def leave(self) -> None:
        """Go back to Podio."""
        ...


class Loop:
    """The running workbench.

    Args:
        document: What is drawn into.
        backend: Podio, or the sample data.
        sample_data: The way to the sample data and back.
        page_url: The page's own address, without query and fragment: where a sign-in comes back to.
        tab: What the tab and the browser remember of signing in to Podio; None for the sample data.
        offer: Hands the session on to other tabs, where that is done.
    """

    def __init__(
        self,
        *,
        document: Document,
        backend: Backend,
        sample_data: SampleData,
        page_url: str,
        tab: Tab | None = None,
        offer: SessionOffer | None = None,
    ) -> None:
        renderer = Renderer(page_view.page)
        self._frame: Frame[State, Event, effects.Effect, Drawing] = Frame(
            State(),
            update=update,
            view=lambda state: (renderer.render(state), page_view.title(state), states.page_state(state)),
            report=self._fault_changed,
        )
        self._subscriptions: Lifetimes[Wanted, None] = Lifetimes(self._subscribe)
        self._fault_notice = FaultNotice()
        self._was_typing = False
        self.podio = backend.podio
        self.sign_in = backend.sign_in
        self._document = document
        self._drafts = backend.drafts
        self._reports = backend.reports
        self._sending = Sending(backend, dispatch=self.dispatch, report_error=self.report_error, spawn=self._spawn)
        self._sample_data = sample_data
        self._page_url = page_url
        self._tab = tab
        self._offer = offer
        self._calls: dict[int, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._after_drawing: list[effects.Focus | effects.ScrollToTop | effects.ReturnTo] = []
        self._is_drawing_due = False
        self._is_over = False
        self._last_scroll: dict[str, float] = {}

    @property
    def state(self) -> State:
        """What the page shows."""
        return self._frame.state

    def run(self) -> None:
        """Begin to listen."""
        self._reports.dispatch = self.dispatch
        self._document.listen(self)

    def stop(self) -> None:
        """Take no event any more, and draw nothing: another loop begins."""
        self._is_over = True
        self._fault_notice.hide()
        self._subscriptions.follow({})
        for task in self._tasks:
            task.cancel()

    def dispatch(self, event: Event) -> None:
        """Take an event: the effects that need the click's own turn are applied before this returns."""
        if self._is_over:
            return
        previous = self.state
        self._was_typing = isinstance(event, Typed)
        new_effects = self._frame.step(event)
        if previous.phase is Phase.SIGNED_IN and self.state.phase is Phase.SIGNED_OUT:
            self._last_scroll = self._document.scroll_positions()
        if self._tab is not None and states.offers_sign_in(self.state):
            self._tab.note_offer()
        actions: list[Callable[[], None]] = [lambda: self._subscriptions.follow(subscriptions(self.state))]
        actions.extend(partial(self._apply, effect) for effect in new_effects)
        for action in actions:
            try:
                action()
            except Exception as error:
                self.report_error(error)
        # What was typed is on the page already; a drawing is due for everything else that changed something.
        is_drawn = (
            isinstance(event, Typed)
            and self.state.account.stored_drafts == previous.account.stored_drafts
            and self.state.account.denied_drafts == previous.account.denied_drafts
            and not shows_more(event, previous, self.state)
        )
        if self._after_drawing or (self.state != previous and not is_drawn):
            self._draw_soon()

    def _client(self) -> Podio:
        if self.podio is None:
            raise NotAuthenticated("No client id is configured for this site.")
        return self.podio

    # What the document reports

    def before_click(self, use: PodioUse) -> None:
        """Open the sign-in window in the click's own handler, where one is needed."""
        if self.sign_in is not None and needs_sign_in_window(self.state, use, time.time()):
            self.sign_in.open()

    def left(self) -> None:
        """Begin to store what was typed."""
        self._drafts.flush()

    def returned(self) -> None:
        """Look at the clock: a machine that slept counted no seconds."""
        self.dispatch(ClockRead(now=time.time()))

    def came_back(self) -> None:
        """Let the user sign in again after Back from Podio's page."""
        if self.state.leaving:
            self.dispatch(SignInFailed(message=""))

    def composition_ended(self) -> None:
        """Draw what had to wait."""
        if self._is_drawing_due:
            asyncio.get_running_loop().call_soon(self._draw)

    def would_lose_text(self) -> bool:
        """Whether leaving now loses typed text."""
        return states.would_lose_text(self.state)

    # Drawing

    def _draw_soon(self) -> None:
        if not self._is_drawing_due:
            self._is_drawing_due = True
            asyncio.get_running_loop().call_soon(self._draw)

    def _draw(self) -> None:
        if self._document.composing or not self._is_drawing_due or self._is_over:
            return
        self._is_drawing_due = False
        is_shown = self._frame.draw(lambda drawing: self._document.draw(*drawing))
        self._fault_notice.stay()
        if not is_shown:
            return
        waiting_effects, self._after_drawing = self._after_drawing, []
        for effect in waiting_effects:
            match effect:
                case effects.Focus(element_id=element_id):
                    self._document.focus(element_id)
                case effects.ScrollToTop():
                    self._document.scroll_to_top()
                case effects.ReturnTo(place=place):
                    self._document.return_to(place)

    # The page's own errors

    def report_error(self, error: BaseException) -> None:
        """Report an error outside of a step and a drawing: in an effect, a task, or the document's event."""
        self._fault_changed(fault_of(error, Activity.WORK))

    def _fault_changed(self, fault: Fault | None) -> None:
        if fault is None:
            self._fault_notice.drawn_again()
        elif not self._document.has_drawn:
            fail_start(fault)
        else:
            is_typing_lost = self._was_typing and fault.activity is Activity.STEP
            self._fault_notice.show(fault, is_text_kept=states.keeps_text(self.state) and not is_typing_lost)

    # Effects

    def _apply(self, effect: effects.Effect) -> None:
        match effect:
            case effects.Call():
                self._calls[effect.tag] = self._spawn(self._call(effect))
            case effects.Abort(tag=tag):
                call = self._calls.pop(tag, None)
                if call is not None:
                    call.cancel()
            case effects.GoTo(fragment=fragment, replace=replace):
                self._document.go_to(fragment, replace=replace)
            case effects.SignIn(route=route):
                self._leave_for_sign_in(route)
            case effects.OpenSignInWindow() if self.sign_in:
                self.sign_in.open()
            case effects.CancelRenewal() if self.sign_in:
                self.sign_in.cancel()
            case effects.SignInAsFirst() if self.sign_in:
                self.sign_in.sign_in_as_first()
            case effects.StartAfresh() if self.sign_in:
                self.sign_in.start_afresh()
            case effects.SignOut(user_id=user_id):
                self._spawn(self._sign_out(user_id, self._sending.clear()))
            case effects.LoadDrafts(user_id=user_id):
                self._spawn(self._report(self._drafts.load(user_id)))
            case effects.FindOtherDrafts(user_id=user_id):
                self._spawn(self._report(self._drafts.find_others(user_id)))
            case effects.AdoptDraft(user_id=user_id, form=form, tab=tab):
                self._drafts.adopt(user_id, form, tab)
            case effects.StoreDraft(user_id=user_id, form=form, texts=texts):
                self._drafts.store(user_id, form, texts)
            case effects.RemoveDraft(user_id=user_id, form=form):
                self._drafts.remove(user_id, form)
            case effects.PutChange():
                self._sending.put(effect)
            case effects.DecideChange():
                self._sending.decide(effect)
            case effects.ApproveChanges():
                self._sending.approve(effect)
            case effects.SaveFile(name=name, text=text):
                save_file(name, text)
            case effects.HurryChanges():
                self._sending.hurry()
            case effects.KeepUnfolding(unfolding=unfolding) if self._tab:
                self._tab.keep_unfolding(unfolding)
            case effects.KeepShortcuts(has_shortcuts=has_shortcuts) if self._tab:
                self._tab.keep_shortcuts(has_shortcuts)
            case effects.OpenSample():
                self._sample_data.open()
            case effects.CancelSample():
                self._sample_data.cancel()
            case effects.ExpireSample():
                self._spawn(self._sample_data.expire())
            case effects.LeaveSample():
                self._sample_data.leave()
            case effects.Focus() | effects.ScrollToTop() | effects.ReturnTo():
                self._after_drawing.append(effect)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.report_error(error)

    async def _call(self, call: effects.Call) -> None:
        slowness = self._spawn(self._report_slowness(call.tag))
        event: Event
        try:
            response = await self._client().request(call.method, call.path, **call.arguments)
            event = CallAnswered(tag=call.tag, response=response)
        except Exception as problem:
            failure = describe(problem)
            if failure.kind is Kind.UNEXPECTED:
                log(fault_of(problem, Activity.WORK))
            event = CallFailed(tag=call.tag, failure=failure)
        finally:
            slowness.cancel()
            self._calls.pop(call.tag, None)
        self.dispatch(event)

    async def _report_slowness(self, tag: int) -> None:
        while True:
            await asyncio.sleep(_SLOW_AFTER)
            self.dispatch(CallIsSlow(tag=tag))

    def _subscribe(self, subscription: Wanted, properties: None) -> ActiveSubscription:
        match subscription:
            case RestBefore():
                return ActiveSubscription(self._spawn(rest(self.dispatch)).cancel)
            case OutboxOf(user_id=user_id):
                self._sending.open(user_id)
                return ActiveSubscription(self._sending.close)
            case Subscription.CLOCK:
                return ActiveSubscription(self._spawn(self._watch_clock()).cancel)
            case Subscription.NOTE:
                return ActiveSubscription(self._spawn(self._watch_note()).cancel)
            case Subscription.TABS:
                offer = self._offer
                if offer is None:
                    return ActiveSubscription(lambda: None)
                offer.listen(is_signed_in=True)
                return ActiveSubscription(lambda: offer.listen(is_signed_in=False))

    async def _watch_note(self) -> None:
        while True:
            note = self.state.note
            await asyncio.sleep(_NOTE_FOR)
            if not self._document.is_looked_at("strip-note"):
                self.dispatch(NoteRead(note=note))

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(_CLOCK_EVERY)
            self.dispatch(ClockRead(now=time.time()))

    def _leave_for_sign_in(self, route: str) -> None:
        app_state: Mapping[str, Any] = {"route": route, "scroll": self._last_scroll}
        try:
            request = self._client().authorization_request(self._page_url, app_state=app_state)
        except PodioError as problem:
            self.dispatch(SignInFailed(message=str(problem)))
            return
        js.location.assign(request.url)

    async def _report(self, reading: Awaitable[Event]) -> None:
        self.dispatch(await reading)

    async def _sign_out(self, user_id: int, clear_changes: Coroutine[Any, Any, None]) -> None:
        warnings = []
        if self._tab is not None:
            self._tab.note_sign_out()
        try:
            await clear_changes
            if user_id:
                await self._drafts.remove_all(user_id)
        except (DatabaseUnavailable, CannotStore):
            if states.is_anything_stored(self.state):
                warnings.append(_NOT_DELETED)
        try:
            warning = await self._client().sign_out()
        except PodioError as problem:
            warning = str(problem)
        if warning:
            warnings.append(warning)
        self.dispatch(SignOutEnded(warning=" ".join(warnings)))
