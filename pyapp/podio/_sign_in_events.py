"""What happens to a sign-in window and what is done then: the events and commands of `podio._sign_in_machine`."""

from __future__ import annotations

from typing import NamedTuple

from podio.authorization import AuthorizationRequest, RedirectAnswer
from podio.errors import PodioError
from podio.renewal import RenewalStatus, SignedInUser, UserDecision

# Events: what the user does


class Click(NamedTuple):
    """The user wants to sign in again."""


class ClickAsFirst(NamedTuple):
    """The user decides to sign in as the first user."""


class StartAfresh(NamedTuple):
    """The user decides to go on as the other user."""


class Cancel(NamedTuple):
    """The user gives up."""


class Reloaded(NamedTuple):
    """The page was loaded; these are the requests whose windows were open before."""

    resumable: tuple[AuthorizationRequest, ...]


# Events: what the browser does


class Opened(NamedTuple):
    """The window is open, since `now`: seconds of a clock that runs steadily."""

    now: float


class Blocked(NamedTuple):
    """The browser opened no window."""


class NotStored(NamedTuple):
    """The request could not be stored, so no window was opened; the message says why."""

    message: str


class Tick(NamedTuple):
    """Some time has passed.

    Attributes:
        now: Seconds of a clock that runs steadily.
        reads_closed: Whether all windows read closed.
        has_focus: Whether our page has the focus.
        is_elsewhere: Whether another tab of the session has its window open.
    """

    now: float
    reads_closed: bool
    has_focus: bool
    is_elsewhere: bool


class Answered(NamedTuple):
    """The window's answer came."""

    answer: RedirectAnswer


class LockTaken(NamedTuple):
    """Another tab of the session has the lock, and so its window open."""


class LockDenied(NamedTuple):
    """The browser gives no locks."""


# Events: what the client does


class HookCalled(NamedTuple):
    """The client needs an answer; `resumable` as in `Reloaded`, `now` as in `Opened`."""

    resumable: tuple[AuthorizationRequest, ...]
    now: float


class HookLeft(NamedTuple):
    """The client waits for an answer no more: it has one, or an error, or needs none."""


class Checking(NamedTuple):
    """The client looks up who signed in."""


class AnotherUser(NamedTuple):
    """Another user signed in."""

    first: SignedInUser | None
    other: SignedInUser


class Finished(NamedTuple):
    """The renewal ended: well (None), or with an error."""

    error: PodioError | None


class RenewalEnded(NamedTuple):
    """The renewal that a click started ended; where it came to nothing before it came here, this is all we hear."""

    error: PodioError | None


Event = (
    Click
    | ClickAsFirst
    | StartAfresh
    | Cancel
    | Reloaded
    | Opened
    | Blocked
    | NotStored
    | Tick
    | Answered
    | LockTaken
    | LockDenied
    | HookCalled
    | HookLeft
    | Checking
    | AnotherUser
    | Finished
    | RenewalEnded
)

# Commands


class OpenWindow(NamedTuple):
    """Open a window, at once, so that a click's permission counts: `Opened`, `Blocked` or `NotStored`."""


class Resume(NamedTuple):
    """Listen for the answers of windows that were open before the page was reloaded, and request them again."""

    requests: tuple[AuthorizationRequest, ...]


class CloseWindows(NamedTuple):
    """Listen to no window any more, take back the requests, and close the windows that are still ours."""


class StartRenewal(NamedTuple):
    """Start a renewal, unless one runs."""


class AcquireLock(NamedTuple):
    """Acquire the lock of the session's tabs, if it is free: else `LockTaken`; or `LockDenied`."""


class ReleaseLock(NamedTuple):
    """Release that lock."""


class Show(NamedTuple):
    """Show a status."""

    status: RenewalStatus


class Return(NamedTuple):
    """Give the client its answer."""

    answer: RedirectAnswer


class Fail(NamedTuple):
    """Let the client's wait for an answer fail."""

    error: PodioError


class Decide(NamedTuple):
    """Give the client the user's decision, or the error of a user who gives up."""

    decision: UserDecision | PodioError


Command = OpenWindow | Resume | CloseWindows | StartRenewal | AcquireLock | ReleaseLock | Show | Return | Fail | Decide
