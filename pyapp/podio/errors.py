"""What can go wrong, as one tree of exceptions.

Each message says what happened and what to do next, and none holds a token, code, secret or password. All carry what
is known of the call (`PodioError`), and survive pickling::

    PodioError
    ├── ConfigurationError        the caller's mistake: a wrong option, a path that leaves the API's host
    ├── AuthorizationError        Podio (or our own check) refused a sign-in: error, error_description, error_uri
    │   ├── InvalidRedirectAnswer     the redirect's answer is malformed, forged, stale or of another request
    │   └── SecondFactorRequired      the password is right; the account's second factor is needed
    ├── NotAuthenticated          no session: sign in first
    ├── RenewalError              the session expired and was not renewed
    │   ├── PopupBlocked              the browser let no window open without a click
    │   ├── RenewalCancelled          the user closed or cancelled the sign-in
    │   ├── RenewalTimedOut           nobody finished the sign-in in time
    │   └── UserChanged               somebody else signed in; nothing was sent on their behalf
    ├── ConnectionFailed          no answer from Podio: offline, a dropped connection
    │   └── RequestTimedOut           no answer within the time limit
    ├── InvalidResponse           an answer that is not Podio's: HTML, a redirect, an empty body
    ├── APIError                  an error response: status, error, error_description, envelope …
    │   ├── BadRequest (400)  Unauthorized (401)  PaymentRequired (402)  Forbidden (403)  NotFound (404)
    │   ├── Conflict (409)  Gone (410)  RateLimited (420, 429)
    │   └── ServerError (5xx)
    ├── FileTooLarge              a file above Podio's limit; nothing or not all of it was sent
    ├── UploadInterrupted         the sign-in expired during an upload whose source can be read only once
    ├── PushUnavailable           no connection to the push service: poll Podio instead
    └── StorageError              the browser denies storage, or it is full
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, Self

from podio._pickled_errors import picklable, rebuilt

ConnectionReason = Literal[
    "dns",
    "refused",
    "unreachable",
    "certificate",
    "tls",
    "proxy",
    "offline",
    "connect_timeout",
    "pool_timeout",
    "write_timeout",
    "read_timeout",
    "broken",
    "unknown",
]
"""Why no answer came; a page never learns more than ``offline`` or ``unknown``."""


class PodioError(Exception):
    """Anything that the library raises on purpose. Can be pickled and copied.

    Attributes:
        method: The HTTP method of the call that failed; None where no call was made.
        path: Its path, without the query. A segment that could be a credential or a name is ``…``; of a file elsewhere
            there is the origin alone.
        status: The HTTP status of the answer; None without one (`InvalidResponse`: 0).
        request_id: Podio's id of the request, for its support; None where the answer has none (in a page: always).
        headers: The answer's headers on limits, waiting and the request's id, by names in lower case.
    """

    method: str | None = None
    path: str | None = None
    status: int | None = None  # a response error always has one, and says so: `int` in its class
    request_id: str | None = None
    headers: Mapping[str, str] = MappingProxyType({})

    def take_facts(self, other: PodioError) -> None:
        """Take over which call it was and what its response said."""
        self.method, self.path, self.status = other.method, other.path, other.status
        self.request_id, self.headers = other.request_id, other.headers

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what pickles: the attributes rather than the constructor's arguments, which differ."""
        attributes = {name: picklable(value) for name, value in self.__dict__.items()}
        return rebuilt, (type(self), self.args, attributes)

    def __copy__(self) -> Self:
        """Return the same error with its cause, for another one who waits: raised twice, one would show both places."""
        copied = rebuilt(type(self), self.args, self.__dict__)
        copied.__cause__ = self.__cause__
        return copied


class ConfigurationError(PodioError, ValueError):
    """A wrong or missing option; the message names it. Fix the calling code."""


class AuthorizationError(PodioError):
    """A sign-in was refused; carries OAuth's own error fields (RFC 6749, sections 4.1.2.1, 4.2.2.1 and 5.2).

    Attributes:
        error: OAuth's code, such as ``access_denied``.
        error_description: The provider's explanation: plain text from outside, to be shown as text only.
        error_uri: A page about the error, or None; from outside, so never followed by itself.
        app_state: What the app had kept with the authorization request that this error ended, or None.
    """

    def __init__(
        self,
        error: str,
        error_description: str = "",
        error_uri: str | None = None,
        app_state: Any = None,
    ) -> None:
        self.error = error
        self.error_description = error_description
        self.error_uri = error_uri
        self.app_state = app_state
        super().__init__(f"{error_description or 'The sign-in was refused. Sign in again.'} ({error})")


class InvalidRedirectAnswer(AuthorizationError):
    """The redirect's answer was not accepted: malformed, forged, stale, used before, or of another request."""

    def __init__(self, error_description: str, app_state: Any = None) -> None:
        super().__init__("invalid_answer", error_description, None, app_state)


class SecondFactorRequired(AuthorizationError):
    """The password is right, and the account has a second factor: ask for it, then call `verify_second_factor`.

    Attributes:
        nonce: What Podio recognises the sign-in by; opaque, a credential, and in no message.
    """

    def __init__(self, nonce: str) -> None:
        self.nonce = nonce
        super().__init__("second_factor_required", "This account has a second factor. Ask for its code and verify it.")


class NotAuthenticated(PodioError):
    """There is no session. Sign in first."""


class RenewalError(PodioError):
    """The session expired and was not renewed; the call that needed it was not sent (again)."""


class PopupBlocked(RenewalError):
    """The browser refused to open the sign-in window without a click."""


class RenewalCancelled(RenewalError):
    """The user gave up signing in again, or refused access."""


class RenewalTimedOut(RenewalCancelled):
    """Nobody finished the sign-in within the time limit."""


class UserChanged(RenewalError):
    """Another user signed in than the one whose calls were waiting. Nothing was sent.

    Attributes:
        expected_id: Podio's user id of the user whose session expired.
        actual_id: Podio's user id of the user who signed in.
    """

    def __init__(self, message: str, *, expected_id: int | None, actual_id: int | None) -> None:
        self.expected_id = expected_id
        self.actual_id = actual_id
        super().__init__(message)


class ConnectionFailed(PodioError):
    """No answer came from Podio.

    Attributes:
        may_have_been_sent: True when the request may have reached Podio, so that a write's outcome is unknown.
        reason: Why, as far as it is known; the message says it in words.
    """

    def __init__(self, message: str, *, may_have_been_sent: bool, reason: ConnectionReason = "unknown") -> None:
        self.may_have_been_sent = may_have_been_sent
        self.reason: ConnectionReason = reason
        super().__init__(message)


class RequestTimedOut(ConnectionFailed):
    """No answer came from Podio within the time limit."""


class InvalidResponse(PodioError):
    """The answer is not one of Podio's API: HTML, a redirect, broken JSON, nothing where something must be.

    Attributes:
        status: The HTTP status of the answer; 0 where it does not matter.
    """

    status: int

    def __init__(self, message: str, *, status: int) -> None:
        self.status = status  # pyright: ignore[reportIncompatibleVariableOverride]
        super().__init__(message)


class FileTooLarge(PodioError, ValueError):
    """The file is larger than Podio takes."""


class UploadInterrupted(PodioError):
    """An upload was refused because the sign-in had expired, and its source can be read only once. Upload it again."""


class PushUnavailable(PodioError):
    """The push service can't be reached, or serves this object no longer: fall back to polling.

    Attributes:
        was_connected: Whether events came before; some may have been missed since.
    """

    def __init__(self, message: str, *, was_connected: bool) -> None:
        self.was_connected = was_connected
        super().__init__(message)


class StorageError(PodioError):
    """The place where sessions are kept denies access, or is full."""


class APIError(PodioError):
    """A call was answered with an error; the attributes are those of Podio's envelope.

    Attributes:
        status: The HTTP status.
        envelope: Podio's envelope as it came; None where something else spoke (a proxy, a gateway, the network's
            sign-in page) or nobody did. Whether Podio has had the call is not known then.
        error: Podio's code, such as ``not_found``; empty when Podio sent none.
        error_description: Podio's explanation; empty when Podio sent none.
        error_detail: A finer code, or None.
        error_parameters: What the error is about.
        error_propagate: True when Podio says that the description is fit for the end user.
        retry_after: Seconds to wait before the next try, where the response says; else None.
    """

    summary = "Podio refused the request."
    summary_of_others = "The call was refused."
    status: int

    def __init__(
        self,
        status: int,
        *,
        error: str = "",
        error_description: str = "",
        error_detail: str | None = None,
        error_parameters: Mapping[str, Any] | None = None,
        error_propagate: bool = False,
        retry_after: float | None = None,
        envelope: Mapping[str, Any] | None = None,
    ) -> None:
        self.status = status  # pyright: ignore[reportIncompatibleVariableOverride]
        self.envelope = None if envelope is None else dict(envelope)
        self.error = error
        self.error_description = error_description
        self.error_detail = error_detail
        self.error_parameters = dict(error_parameters or {})
        self.error_propagate = error_propagate
        self.retry_after = retry_after
        if error or error_description:
            reason = f" Podio says: {error_description}" if error_description else ""
            super().__init__(f"{self.summary}{reason} ({error or 'no code'}, HTTP {status})")
        else:
            super().__init__(
                f"{self.summary_of_others} Podio itself said nothing: something between here and Podio may have "
                f"answered, such as a proxy or the network's sign-in page. (HTTP {status})"
            )


class BadRequest(APIError):
    """400: the request is malformed or a value is not allowed."""

    summary = "Podio did not accept what was sent."
    summary_of_others = "What was sent was not accepted."


class Unauthorized(APIError):
    """401: the token is missing or not accepted."""

    summary = "Podio did not accept the sign-in. Sign in again."
    summary_of_others = "The sign-in was not accepted. Try again, then sign in again."


class PaymentRequired(APIError):
    """402: the organization's plan does not include this."""

    summary = "The organization's Podio plan does not include this."
    summary_of_others = "The call was refused for want of a payment."


class Forbidden(APIError):
    """403: the user has no right to this."""

    summary = "You have no right to do this in Podio. Ask the workspace's administrator."
    summary_of_others = "The call is forbidden. Check the network that you are in."


class NotFound(APIError):
    """404: no such object or operation, or none that the user may see."""

    summary = "Podio has no such object, or you may not see it."
    summary_of_others = "There is nothing at this address. Check it and the network that you are in."


class Conflict(APIError):
    """409: the object was changed since it was read; `podio.Item.save` says what was to be, what is, what was."""

    mine: Mapping[str, Any] = MappingProxyType({})
    theirs: Mapping[str, Any] = mine
    before: Mapping[str, Any] = mine

    summary = "This was changed in Podio since you opened it."
    summary_of_others = "The call conflicts with something."


class Gone(APIError):
    """410: the object was deleted."""

    summary = "This was deleted in Podio."
    summary_of_others = "There is nothing at this address any more."


class RateLimited(APIError):
    """420 (or 429): too many calls. `retry_after` says how many seconds to wait, where Podio said so."""

    statuses = (420, 429)
    summary = "Podio allows only so many calls an hour. Wait before the next try."
    summary_of_others = "There were too many calls. Wait before the next try."


class ServerError(APIError):
    """5xx: Podio, or what stands before it, failed."""

    summary = "Podio has a problem of its own. Try again in a moment."
    summary_of_others = "The call failed on the way. Try again in a moment."


_BY_STATUS: dict[int, type[APIError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    **dict.fromkeys(RateLimited.statuses, RateLimited),
}

_WAIT = re.compile(r"wait (\d{1,6}) seconds", re.IGNORECASE)
_CODE = re.compile(r"[a-z][a-z0-9._]{1,60}")
_PODIOS_KEYS = frozenset({"error_description", "error_detail", "error_parameters", "error_propagate", "request"})


def api_error(status: int, body: object = None, *, is_oauth: bool = False) -> APIError:
    """Return the exception for an error response.

    Args:
        status: The HTTP status, 400 or above.
        body: The response's JSON value, of any shape; None without one. One that is not Podio's envelope is passed
            over, because whoever wrote it does not speak for Podio.
        is_oauth: Whether the token endpoint was called, whose errors may be a code alone (RFC 6749, section 5.2).
    """
    kind = _BY_STATUS.get(status) or (ServerError if status >= 500 else APIError)
    envelope = body if isinstance(body, Mapping) and _is_envelope(body, is_oauth=is_oauth) else None
    if envelope is None:
        return kind(status)

    def text(key: str) -> str:
        value = envelope.get(key)
        return value if isinstance(value, str) else ""

    parameters = envelope.get("error_parameters")
    description = text("error_description")
    wait = _WAIT.search(description)
    return kind(
        status,
        error=text("error"),
        error_description=description,
        error_detail=text("error_detail") or None,
        error_parameters=parameters if isinstance(parameters, Mapping) else None,
        error_propagate=envelope.get("error_propagate") is True,
        retry_after=float(wait[1]) if wait else None,
        envelope=envelope,
    )


def _is_envelope(body: Mapping[str, Any], *, is_oauth: bool) -> bool:
    """Return whether a JSON object is Podio's: a code as Podio writes them, beside another key of the envelope."""
    code = body.get("error")
    is_code = isinstance(code, str) and _CODE.fullmatch(code) is not None
    return is_code and (is_oauth or not _PODIOS_KEYS.isdisjoint(body))
