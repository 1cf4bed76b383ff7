"""What went wrong, as a value that says what to do.

Exceptions end at the edge: the loop turns them into failures here, so that transitions and views see plain values
only and no traceback, token or code can reach the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

import podio


class Kind(Enum):
    """What the user can do about a failure."""

    CONNECTION = "connection"
    SERVER = "server"
    UNREADABLE = "unreadable"
    LIMIT = "limit"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    SIGN_IN = "sign-in"
    SIGNED_OUT = "signed-out"
    STOPPED = "stopped"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A failure in words for the user.

    Attributes:
        kind: What can be done about it.
        message: What happened and what to do next, in one or two sentences.
        detail: What Podio said, as text; may be empty.
        wait: Seconds that Podio requests to wait, where it did.
    """

    kind: Kind
    message: str
    detail: str = ""
    wait: float | None = None


_CODE = re.compile(r"[a-z][a-z._]{1,60}")
"""Such as ``not_found`` or ``requestable_forbidden``; other servers write "Not Found"."""

STOPPED = Failure(kind=Kind.STOPPED, message="You stopped waiting for Podio. Try again when you like.")

_BY_STATUS: tuple[tuple[type[podio.APIError], Kind, str], ...] = (
    (podio.BadRequest, Kind.REFUSED, "Podio rejected this."),
    (podio.Unauthorized, Kind.SIGN_IN, "Podio rejected your sign-in. Try again, or sign out and sign in again."),
    (
        podio.Forbidden,
        Kind.FORBIDDEN,
        "You don't have access to this. Ask the workspace's admin.",
    ),
    (podio.NotFound, Kind.MISSING, "Podio can't find this. It may have been deleted, or you may have no access to it."),
    (podio.Gone, Kind.MISSING, "This has been deleted in Podio."),
    (podio.Conflict, Kind.REFUSED, "Somebody else has changed this."),
    (podio.ServerError, Kind.SERVER, "Podio has a problem at the moment. Wait a little and try again."),
)


def describe(problem: BaseException) -> Failure:
    """Turn an exception of the library, or any other, into a failure."""
    match problem:
        case podio.RateLimited():
            wait = problem.retry_after
            advice = f"Wait {_span(wait)} and try again." if wait else "Wait a few minutes and try again."
            return Failure(kind=Kind.LIMIT, message=f"Podio's limit of calls per hour is reached. {advice}", wait=wait)
        case podio.APIError() if not isinstance(problem, podio.ServerError) and not _is_podios_word(problem):
            # It came from something in between.
            message = f"Something between this page and Podio refused this (status {problem.status}). Try again."
            kind = Kind.SIGN_IN if isinstance(problem, podio.Unauthorized) else Kind.UNREADABLE
            return Failure(kind=kind, message=message)
        case podio.APIError():
            for status, kind, message in _BY_STATUS:
                if isinstance(problem, status):
                    is_for_user = problem.error_propagate or kind not in (Kind.SERVER, Kind.FORBIDDEN)
                    return Failure(kind=kind, message=message, detail=problem.error_description if is_for_user else "")
            return Failure(
                kind=Kind.REFUSED,
                message=f"Podio refused this (status {problem.status}). Try again.",
                detail=problem.error_description,
            )
        case podio.RequestTimedOut():
            message = "Podio took too long to answer. Check your connection and try again."
            return Failure(kind=Kind.CONNECTION, message=message)
        case podio.ConnectionFailed():
            message = "Podio can't be reached. Check your connection and try again."
            return Failure(kind=Kind.CONNECTION, message=message)
        case podio.InvalidResponse():
            message = "Podio's answer could not be read. Try again in a little while."
            return Failure(kind=Kind.UNREADABLE, message=message)
        case podio.NotAuthenticated():
            return Failure(kind=Kind.SIGNED_OUT, message="You are signed out. Sign in to go on.")
        case podio.RenewalError():
            message = "Sign in to load this."
            return Failure(kind=Kind.SIGN_IN, message=message)
        case podio.PodioError():
            return Failure(kind=Kind.UNEXPECTED, message="Something went wrong between this page and Podio. Try again.")
    message = "Something went wrong in this page. Try again; if it happens again, reload the page."
    return Failure(kind=Kind.UNEXPECTED, message=message)


def _is_podios_word(error: podio.APIError) -> bool:
    """Return whether an error has a code of Podio's: a proxy's page or another server's JSON has none."""
    return _CODE.fullmatch(error.error) is not None


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes"
