"""What a renewal is made of: its phases, its decisions, and the hook that brings a new token.

How a session is renewed stands in `podio._client_session`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from podio.authorization import AuthorizationRequest, Display, RedirectAnswer
from podio.errors import PodioError
from podio.session import Session


class RenewalPhase(enum.Enum):
    """Where a renewal that needs the user stands; what a page shows."""

    IDLE = "idle"
    """No renewal runs."""
    NEEDS_CLICK = "needs-click"
    """The browser lets no window open without a click: show an alert with "Sign in again"."""
    WINDOW_OPEN = "window-open"
    """The sign-in window is open."""
    SEEMS_CLOSED = "seems-closed"
    """The window reads closed and the page has the focus; an answer still counts."""
    CHECKING = "checking"
    """The answer is there; who signed in is being looked up."""
    ANOTHER_USER = "another-user"
    """Another user signed in: the first one decides."""
    ELSEWHERE = "elsewhere"
    """Another tab of the same session is signing in."""
    FAILED = "failed"
    """The renewal ended without a new token; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalStatus:
    """A renewal's phase and what a page needs to show it."""

    phase: RenewalPhase
    message: str = ""
    user_name: str = ""
    other_user_name: str = ""


class UserDecision(enum.Enum):
    """What to do when another user signed in."""

    SIGN_IN_AS_FIRST = "sign-in-as-first"
    START_AFRESH = "start-afresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInUser:
    """Who a token belongs to: Podio's user id and the name to show."""

    user_id: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalRequest:
    """What `on_token_will_refresh` gets: the session that expired, and the means to request a new token.

    Attributes:
        session: The session as it is; its token is the old one.
        make_request: Makes the authorization request: ``make_request(redirect_url, display)``.
    """

    session: Session
    make_request: Callable[[str, Display], AuthorizationRequest] = field(repr=False)


class OnTokenWillRefresh(Protocol):
    """The public hook: gets a new token's answer from the user, in whatever way the app likes.

    It returns the redirect's answer, with its request in ``answer.request``, and raises `podio.RenewalCancelled` or
    `podio.PopupBlocked`. A hook that takes part in what follows is a `DialogHook`.
    """

    async def __call__(self, request: RenewalRequest) -> RedirectAnswer:
        """Return the answer of a new sign-in."""
        ...


class Renewable(Protocol):
    """Whose renewals a hook serves: the client."""

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        ...

    def renewal_request(self) -> RenewalRequest | None:
        """Return what the hook would get now, or None without a session."""
        ...

    async def renew(self) -> Session:
        """Start a renewal, or wait for the one that runs."""
        ...


class RenewalDialog(Protocol):
    """What a hook may have as its `dialog`: it hears what comes after the answer, and decides when the user changed."""

    def bind(self, renewable: Renewable) -> None:
        """Learn whose renewals these are, so that a click can start one."""
        ...

    def checking(self) -> None:
        """The answer was accepted; who signed in is being looked up."""
        ...

    async def another_user(self, first: SignedInUser | None, other: SignedInUser) -> UserDecision:
        """Another user signed in: return what the first one decides."""
        ...

    def finished(self, error: PodioError | None) -> None:
        """The renewal ended: well (None), or with this error."""
        ...


class DialogHook(OnTokenWillRefresh, Protocol):
    """A hook with a dialog."""

    @property
    def dialog(self) -> RenewalDialog:
        """The dialog; the hook itself, as a rule."""
        ...
