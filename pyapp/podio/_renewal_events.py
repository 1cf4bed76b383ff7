"""What happens in a renewal and what is done then: the events and commands of `podio._renewal_machine`.

Tuples, because dataclasses would cost every program that imports the library some 10 ms.
"""

from __future__ import annotations

from typing import NamedTuple

from podio.errors import PodioError
from podio.renewal import SignedInUser, UserDecision
from podio.session import RenewalLease, Session
from podio.token import Token

# Events


class Needed(NamedTuple):
    """A call needs another token than that of the session."""

    session: Session


class Heard(NamedTuple):
    """Another tab has renewed the session: a newer state of it (`newer_state`)."""

    session: Session


class SessionChanged(NamedTuple):
    """The session was ended, or another one begun, by something else than the renewal."""


class UserKnown(NamedTuple):
    """It became known who is signed in."""

    user: SignedInUser


class Read(NamedTuple):
    """The session as the store, or this client, has it now."""

    session: Session


class Missing(NamedTuple):
    """The store holds the session no more: another client ended it."""


class Locked(NamedTuple):
    """The lock is held."""

    lease: RenewalLease | None


class Reserved(NamedTuple):
    """The store has noted the renewal, and the lease lasts."""


class LeaseTooShort(NamedTuple):
    """The lease does not last for the token call."""


class TabsAnswered(NamedTuple):
    """What the other tabs hold that is newer, or None."""

    newer: Session | None


class Obtained(NamedTuple):
    """A new token."""

    token: Token


class Identified(NamedTuple):
    """Whose a new token is; None where Podio does not say."""

    token: Token
    user: SignedInUser | None


class Decided(NamedTuple):
    """What the user decided."""

    decision: UserDecision


class Begun(NamedTuple):
    """The other user's session is in use."""


class Kept(NamedTuple):
    """The newer state of the session is in use; the store has it, or could not take it."""


class Failed(NamedTuple):
    """A command failed."""

    error: Exception


Event = (
    Needed
    | Heard
    | SessionChanged
    | UserKnown
    | Read
    | Missing
    | Locked
    | Reserved
    | LeaseTooShort
    | TabsAnswered
    | Obtained
    | Identified
    | Decided
    | Begun
    | Kept
    | Failed
)

# Commands whose outcome is an event; `Failed` may be that of each.


class ReadStore(NamedTuple):
    """Read the session as the store has it: `Read` or `Missing`."""

    session: Session


class Lock(NamedTuple):
    """Wait for the store's lock: `Locked`."""


class Reserve(NamedTuple):
    """Let the store note the renewal, then check the lease: `Reserved` or `LeaseTooShort`."""

    session: Session
    lease: RenewalLease | None


class AskTabs(NamedTuple):
    """Ask the other tabs for a newer token: `TabsAnswered`."""

    session: Session


class Obtain(NamedTuple):
    """Get a new token: `Obtained`."""

    session: Session


class Identify(NamedTuple):
    """Look up whose a token is: `Identified`."""

    token: Token


class AskUser(NamedTuple):
    """Let the first user decide: `Decided`."""

    first: SignedInUser | None
    other: SignedInUser


class Begin(NamedTuple):
    """Begin another user's session in place of the session: `Begun`."""

    session: Session
    token: Token
    user: SignedInUser


class Keep(NamedTuple):
    """Put a newer state of the session to use and store it: `Kept`."""

    session: Session


# Commands without an outcome.


class Stop(NamedTuple):
    """Stop the command that runs, and drop those that are to follow."""


class EndUse(NamedTuple):
    """Use no session any more."""


class NotifyChange(NamedTuple):
    """Report the session that is in use now, or None, to the app."""

    session: Session | None


class Announce(NamedTuple):
    """Announce the renewed session to the other tabs."""

    session: Session


class NotifyRenewed(NamedTuple):
    """Call the app's ``after_token_refreshed``."""

    session: Session


class Release(NamedTuple):
    """Take the note of a renewal that came to nothing back, if there is one, and leave the lock."""


class Finish(NamedTuple):
    """Let those that wait go on, or fail.

    Attributes:
        error: What those that wait get; None also where the session itself shows what became of it.
        shown: What the sign-in's dialog shows.
    """

    error: Exception | None = None
    shown: PodioError | None = None


Command = (
    ReadStore
    | Lock
    | Reserve
    | AskTabs
    | Obtain
    | Identify
    | AskUser
    | Begin
    | Keep
    | Stop
    | EndUse
    | NotifyChange
    | Announce
    | NotifyRenewed
    | Release
    | Finish
)
