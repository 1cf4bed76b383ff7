"""All that the page shows, as one frozen value.

What belongs to the user who is signed in lies in ``account``: in its ``reads`` what is read from Podio, as a
``Loadable`` under its key; in its ``drafts`` what is typed, by form and control; in its ``outbox`` what Podio doesn't
have yet. Times are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import Enum
from typing import TypeVar

from podio.model import App, Organization, Space
from workbench.core.parts import Branch
from workbench.core.reads import Loadable, Read, Reads
from workbench.failures import Failure
from workbench.locales import ENGLISH, Locale
from workbench.outbox import (
    Change,
    Choice,
    DeleteItem,
    Hindrance,
    Operation,
    Outbox,
    Pace,
    Settlement,
    UpdateItem,
    undo,
)
from workbench.outbox import Phase as ChangePhase
from workbench.reads import AppOf, AppsOf, Organizations
from workbench.routes import Home, Route

STAY_SIGNED_IN_WITHIN = 600.0
"""From so many seconds before expiry on the user is offered to stay signed in."""

ValueT = TypeVar("ValueT")


class Phase(Enum):
    """Which of the three faces the page shows."""

    LOADING = "loading"
    SIGNED_OUT = "signed-out"
    SIGNED_IN = "signed-in"


class RenewalPhase(Enum):
    """Where a renewal of the sign-in stands; the names are those of ``podio.RenewalPhase``."""

    IDLE = "IDLE"
    NEEDS_CLICK = "NEEDS_CLICK"
    WINDOW_OPEN = "WINDOW_OPEN"
    SEEMS_CLOSED = "SEEMS_CLOSED"
    CHECKING = "CHECKING"
    ANOTHER_USER = "ANOTHER_USER"
    ELSEWHERE = "ELSEWHERE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A renewal of the sign-in, as the user needs to know of it."""

    phase: RenewalPhase = RenewalPhase.IDLE
    message: str = ""
    user_name: str = ""
    other_user_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the site's owner configured, where the page lies, and whether it shows sample data in place of Podio's."""

    client_id: str = ""
    title: str = "Podio Workbench"
    notice: str = ""
    host: str = ""
    zone: tzinfo | None = UTC
    locale: Locale = ENGLISH
    version: str = ""
    own_origin: bool = False
    podio_sign_out_url: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefusal:
    """Podio's refusal of a sign-in; the description is text from outside."""

    code: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form that was submitted, until Podio has what it means.

    Attributes:
        change_id: The change that came of it; empty where none did.
        is_stored: Whether that change is in the outbox.
        texts: The texts as they were submitted, by control.
        complaints: What is wrong with them, by control.
        failure: Why no change came of them.
    """

    change_id: str = ""
    is_stored: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    complaints: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None


class Dialog(Enum):
    """The question that is open."""

    NONE = ""
    SIGN_OUT = "sign-out"
    DELETE_ITEM = "delete-item"
    DISCARD_DRAFT = "discard-draft"
    DISCARD_CHANGE = "discard-change"
    UNSENT = "unsent"
    CANCEL_FORM = "cancel-form"
    SHORTCUTS = "shortcuts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Branch):
    """All that belongs to the user who is signed in: when the user changes or signs out, it is replaced whole.

    Attributes:
        user_id: The user; 0 until Podio has confirmed it, and where nobody is signed in.
        expires_at: When the access token expires, in seconds since 1970; None where that is unknown.
        renewal: Where a renewal of the sign-in stands.
        other_user_times: How often in a row another user signed in where this one was to sign in again.
        reads: What was read from Podio.
        expanded: The workspaces that are unfolded in the side bar.
        closed_orgs: The organizations that are folded there.
        refreshing: Whether the user waits for a refresh.
        ahead_calls: How much was read ahead since the user went anywhere.
        limit_met: Whether Podio has refused a call for there were too many: nothing is read ahead any more.
        drafts: What the user types, by form and control.
        stored_drafts: The forms whose drafts are stored.
        denied_drafts: The forms whose drafts could not be stored; with an empty one among them it is all forms.
        copied_drafts: The forms of the drafts that another tab has typed, and keeps.
        other_drafts: The forms of the drafts that other tabs had stored when the user last wanted to sign out.
        submissions: What became of submitting a form.
        outbox: The changes that Podio doesn't have yet.
        outbox_kept: Whether they outlive the page.
        unapproved: The ids of those that are sent only when the user says so.
        changes_held: Whether another tab holds them and doesn't respond.
        pace: What pauses their sending.
        choices: What the user has chosen for the fields of a conflict, by change.
        slow_changes: The ids of the changes that are long on their way.
        saved_changes: The changes that were saved some seconds ago.
        found_changes: The ids of those that were in the outbox when the page opened it.
        arrivals: Those of them that Podio has since.
        latest_settlement: The change that the note reports, which can be undone.
        undoing: The ids of the changes that undo another.
        dialog: The question that is open, with the form or the change that it is about.
    """

    user_id: int = 0
    expires_at: float | None = None
    renewal: Renewal = Renewal()
    other_user_times: int = 0

    reads: Reads = field(default_factory=dict)
    expanded: frozenset[int] = frozenset()
    closed_orgs: frozenset[int] = frozenset()
    refreshing: bool = False
    ahead_calls: int = 0
    limit_met: bool = False

    drafts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stored_drafts: frozenset[str] = frozenset()
    denied_drafts: frozenset[str] = frozenset()
    copied_drafts: frozenset[str] = frozenset()
    other_drafts: tuple[str, ...] = ()
    submissions: Mapping[str, Submission] = field(default_factory=dict)

    outbox: Outbox = field(default_factory=Outbox)
    outbox_kept: bool = True
    unapproved: frozenset[str] = frozenset()
    changes_held: bool = False
    pace: Pace = field(default_factory=Pace)
    choices: Mapping[str, Mapping[str, Choice]] = field(default_factory=dict)
    slow_changes: frozenset[str] = frozenset()
    saved_changes: tuple[Change, ...] = ()
    found_changes: frozenset[str] = frozenset()
    arrivals: tuple[Settlement, ...] = ()
    latest_settlement: Settlement | None = None
    undoing: frozenset[str] = frozenset()

    dialog: Dialog = Dialog.NONE
    dialog_form: str = ""
    dialog_change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The whole page: what it is whoever is signed in, and in ``account`` what belongs to that user."""

    site: Site = Site()
    phase: Phase = Phase.LOADING
    route: Route = field(default_factory=Home)
    now: float = 0.0
    online: bool = True
    next_tag: int = 1

    refusal: SignInRefusal | None = None
    note: str = ""
    warning: str = ""
    leaving: bool = False
    menu_open: bool = False
    strip_folded: bool = False
    has_shortcuts: bool = True

    session_unsaved: bool = False
    storage_full: bool = False
    fills: Mapping[str, int] = field(default_factory=dict)

    account: Account = field(default_factory=Account)

    def read(self, key: Read[ValueT]) -> Loadable[ValueT]:
        """Return what came of reading something; also where it was never begun."""
        return self.account.reads.get(key, Loadable())


def find_space(state: State, space_id: int | None) -> tuple[Organization, Space] | None:
    """Find a workspace among those of the side bar."""
    for organization in state.read(Organizations()).value or ():
        for space in organization.spaces:
            if space.space_id == space_id:
                return organization, space
    return None


def find_app(state: State, app_id: int) -> App | None:
    """Find an app: whole if it was opened, else as the side bar knows it."""
    app_read = state.read(AppOf(app_id=app_id)).value
    if app_read:
        return app_read
    lists = (state.read(key).value or () for key in state.account.reads if isinstance(key, AppsOf))
    return next((app for apps in lists for app in apps if app.app_id == app_id), None)


def has_drafts(state: State) -> bool:
    """Whether anything was typed that isn't in Podio."""
    return any(is_typed_in(state, form) for form in state.account.drafts)


def has_unsent(state: State) -> bool:
    """Whether this tab knows of anything that isn't in Podio: what is typed here, or what waits in the outbox."""
    return has_drafts(state) or bool(state.account.outbox.changes)


def is_typed_in(state: State, form: str) -> bool:
    """Whether a form holds typed text that isn't in Podio, nor on its way there; a value that was emptied counts."""
    texts = {name: text for name, text in typed_texts(state, form).items() if not name.startswith("_")}
    return any(texts.values()) or (bool(texts) and holds_values(state, form))


def holds_values(state: State, form: str) -> bool:
    """Whether a form holds values before anything is typed: an item's, or those of a new item that was refused."""
    change = submitted_change(state, form)
    return form.startswith("edit:") or (change is not None and change.phase is ChangePhase.FAILED)


def submitted_change(state: State, form: str) -> Change | None:
    """Return the change that came of a form, as long as it is in the outbox."""
    submission = state.account.submissions.get(form)
    return state.account.outbox.get(submission.change_id) if submission else None


def typed_texts(state: State, form: str) -> Mapping[str, str]:
    """Return of a form's draft what isn't in a change that is on its way to Podio, by control."""
    submission = state.account.submissions.get(form)
    sent_texts = submission.texts if submission and submission.is_stored else {}
    return {name: text for name, text in state.account.drafts.get(form, {}).items() if text != sent_texts.get(name)}


def unapproved(state: State) -> tuple[Change, ...]:
    """Return the changes that were found and are sent only when the user says so: others share this origin."""
    return tuple(change for change in state.account.outbox.changes if change.change_id in state.account.unapproved)


def offered_undo(state: State) -> Operation | None:
    """Return what takes back the change that the note reports; None where that would take back what came after it."""
    settlement = state.account.latest_settlement
    operation = undo(settlement) if settlement else None
    if settlement is None or operation is None:
        return None
    item = settlement.item_id
    forms = {DeleteItem: ("edit", "comment"), UpdateItem: ("edit",)}.get(type(operation), ())
    if any(is_typed_in(state, f"{kind}:item:{item}") for kind in forms):
        return None
    later_operations = [change.operation for change in state.account.outbox.changes if change.item == item]
    if isinstance(operation, DeleteItem) and later_operations:
        return None
    keys = operation.edits.keys() if isinstance(operation, UpdateItem) else set()
    is_based_on = any(isinstance(edit, UpdateItem) and not keys.isdisjoint(edit.edits) for edit in later_operations)
    return None if is_based_on else operation


def waits_for_sign_in(state: State) -> bool:
    """Whether there are changes that are not sent for want of a sign-in."""
    return state.account.pace.hindrance is Hindrance.SIGN_IN and bool(state.account.outbox.changes)


def is_busy(state: State, form: str) -> bool:
    """Whether what a form means is being stored or sent: it is not submitted once more meanwhile."""
    submission = state.account.submissions.get(form)
    if submission is None or not submission.change_id:
        return False
    change = submitted_change(state, form)
    return not submission.is_stored or (change is not None and change.phase is ChangePhase.SENDING)


def is_anything_stored(state: State) -> bool:
    """Whether the browser keeps something of this user's that isn't in Podio."""
    return any(is_typed_in(state, form) and not _is_denied(state, form) for form in state.account.drafts) or (
        state.account.outbox_kept and bool(state.account.outbox.changes)
    )


def would_lose_text(state: State) -> bool:
    """Whether leaving the page would lose typed text, because the browser stores nothing."""
    return any(is_typed_in(state, form) and _is_denied(state, form) for form in state.account.drafts) or (
        not state.account.outbox_kept and not is_sample(state) and bool(state.account.outbox.changes)
    )


def _is_denied(state: State, form: str) -> bool:
    return not state.account.denied_drafts.isdisjoint({form, ""})


def keeps_text(state: State) -> bool:
    """Whether all that is typed comes back after a reload; what is typed into the sample doesn't."""
    return not ((has_drafts(state) or state.account.outbox.changes) and is_sample(state)) and not would_lose_text(state)


def is_sample(state: State) -> bool:
    """Whether all that is shown is sample data out of the page's own memory."""
    return state.site.is_sample


def offers_sign_in(state: State) -> bool:
    """Whether the tab shows the sign-in, or leaves for it by itself."""
    return state.phase is Phase.SIGNED_OUT or (state.phase is Phase.LOADING and state.leaving)


def hands_session_on(state: State) -> bool:
    """Whether this tab's session may be handed to a tab of this site that opens."""
    return state.site.own_origin and state.phase is Phase.SIGNED_IN and not is_sample(state) and not state.leaving


def is_cut_off(state: State) -> bool:
    """Whether what the page shows can't be reached for want of a connection; the sample needs none."""
    return not state.online and not is_sample(state)


def is_expired(state: State, now: float) -> bool:
    """Whether the token is known to have run out."""
    return state.phase is Phase.SIGNED_IN and state.account.expires_at is not None and now >= state.account.expires_at


def clock_face(state: State, now: float) -> tuple[bool, bool]:
    """Return what of the page depends on the time: whether the sign-in ends soon, and whether it has ended."""
    seconds_left = None if state.account.expires_at is None else state.account.expires_at - now
    return (
        seconds_left is not None and seconds_left <= STAY_SIGNED_IN_WITHIN,
        seconds_left is not None and seconds_left <= 0,
    )


def page_state(state: State) -> str:
    """Return ``data-app-state`` of the page: signed in once the side bar is filled or it is known why it isn't."""
    if state.phase is not Phase.SIGNED_IN:
        return str(state.phase.value)
    organizations = state.read(Organizations())
    waits = (
        organizations.value is None
        and organizations.failure is None
        and state.account.renewal.phase is RenewalPhase.IDLE
        and not organizations.is_slow
    )
    return Phase.LOADING.value if waits else Phase.SIGNED_IN.value
