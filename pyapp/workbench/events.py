"""What can happen to the page.

Everything that comes from outside a transition (time, chance, responses) comes in as part of an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from podio.model import User
from workbench.core.clicks import Click
from workbench.failures import Failure
from workbench.outbox import Change, Outbox, Pace, Settlement
from workbench.places import Place
from workbench.state import Renewal, SignInRefusal, Site
from workbench.unfolding import Unfolding


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The page is up; the library knows whether there is a session.

    ``sign_in_by_itself``: without a session, and where the address is a deep link, the page may leave for Podio's
    sign-in without a click. ``me``: who is signed in, where Podio has said so already.
    """

    site: Site
    fragment: str
    now: float
    signed_in: bool
    user_id: int = 0
    expires_at: float | None = None
    refusal: SignInRefusal | None = None
    online: bool = True
    session_unsaved: bool = False
    warning: str = ""
    note: str = ""
    sign_in_by_itself: bool = False
    me: User | None = None
    unfolding: Unfolding = field(default_factory=Unfolding)
    has_shortcuts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRefused:
    """An authorization response arrived in the address of the running page, and was removed unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FragmentChanged:
    """The fragment of the page's address is another one now; ``place`` is where the user was when they left it."""

    fragment: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clicked:
    """Something was clicked, or chosen in a select outside of forms; ``nonce`` as of a form."""

    click: Click
    nonce: str = ""
    now: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRead:
    """A note was on screen for long enough."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A control of a form holds another text; shown by the control already, so little of it is drawn (`previews`)."""

    form: str
    control: str
    text: str
    now: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A form was submitted; ``nonce`` is the id of the change that it makes: 32 random hexadecimal digits."""

    form: str
    texts: Mapping[str, str]
    nonce: str
    now: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered:
    """Podio responded to the call with this tag."""

    tag: int
    response: Any = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFailed:
    """The call with this tag failed."""

    tag: int
    failure: Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIsSlow:
    """The call with this tag has been waited for during some seconds."""

    tag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalChanged:
    """A sign-in in a window stands elsewhere now: a renewal, or the first one to the sample data."""

    renewal: Renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChanged:
    """The session was renewed, here or in a clone of this tab; ``is_signed_in`` is False when it ended."""

    is_signed_in: bool
    user_id: int = 0
    expires_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRead:
    """What the clock shows."""

    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rested:
    """Nothing has happened for a moment, and the tab is looked at: something may be read ahead."""

    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """The pointer, or the keyboard's focus, has rested for a moment on a link within the page."""

    fragment: str
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionChanged:
    """The browser went offline or came back."""

    online: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsLoaded:
    """The stored drafts of this user.

    ``gone_tabs`` has by form which of them a tab has typed that is gone; those of ``copied_forms`` another tab shows.
    """

    user_id: int
    drafts: Mapping[str, Mapping[str, str]]
    gone_tabs: Mapping[str, str] = field(default_factory=dict)
    copied_forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDraftsFound:
    """What other tabs of this user have stored, as form and texts; nothing where it can't be read."""

    user_id: int
    drafts: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStored:
    """A form's draft is safe in the browser's storage."""

    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsDenied:
    """The browser can't store a form's draft, perhaps because its storage is full; no form: it stores none at all."""

    form: str = ""
    is_full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxOpened:
    """The user's outbox is there; ``is_kept``: what is in it outlives the page."""

    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRead:
    """The user's unsent changes, as they are stored now; those in ``unapproved`` are sent only by a click."""

    outbox: Outbox
    unapproved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStored:
    """The change that a form makes is in the outbox."""

    form: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDenied:
    """The change that a form makes could not be stored, and is not sent."""

    form: str
    is_full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeIsSlow:
    """A change has been under way to Podio during some seconds."""

    change_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettled:
    """Podio has a change."""

    settlement: Settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGone:
    """A change has left the outbox; after ``ChangeSettled``, where this tab has sent it."""

    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesHeld:
    """Another tab holds the changes and says nothing, or does so no longer."""

    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingPaused:
    """Something keeps all changes from being sent, or nothing does any more."""

    pace: Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSeen:
    """While a change was looked up an item was read, which somebody else has changed."""

    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShown:
    """That a change is saved has been shown for long enough."""

    change_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOutEnded:
    """The session is ended here; ``warning`` says what didn't work at Podio."""

    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed:
    """The page could not leave for Podio's sign-in."""

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLeft:
    """The page comes from the sample data."""


Event = (
    Started
    | AnswerRefused
    | FragmentChanged
    | Clicked
    | NoteRead
    | Typed
    | Submitted
    | CallAnswered
    | CallFailed
    | CallIsSlow
    | RenewalChanged
    | SessionChanged
    | ClockRead
    | Rested
    | Pointed
    | ConnectionChanged
    | DraftsLoaded
    | OtherDraftsFound
    | DraftStored
    | DraftsDenied
    | OutboxOpened
    | ChangesRead
    | ChangeStored
    | ChangeDenied
    | ChangeIsSlow
    | ChangeSettled
    | ChangeShown
    | ChangeGone
    | ChangesHeld
    | SendingPaused
    | ItemSeen
    | SignOutEnded
    | SignInFailed
    | SampleLeft
)
