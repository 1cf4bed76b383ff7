"""One call to Podio's API: the address, the headers, what the answer means. Performs no I/O.

Also the authentication flow that puts the token on a call and, when Podio answers that it expired, waits for a renewal
and sends the call once more. It is an `httpx2.Auth`, so that it holds for whatever client carries the call.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar
from urllib.parse import SplitResult, urlsplit

import httpx2

from podio._operation_paths import template_of
from podio.connection_reasons import connection_error as connection_error
from podio.errors import (
    APIError,
    ConfigurationError,
    InvalidResponse,
    PodioError,
    UserChanged,
    api_error,
)
from podio.file_addresses import HOSTS_OF_THIS_MACHINE, DownloadPlaces
from podio.json_text import parse_json
from podio.session import Session
from podio.token import Token

AuthorizationScheme = Literal["Bearer", "OAuth2"]

_E = TypeVar("_E", bound=PodioError)

FOLLOW_REDIRECTS = "podio.follow_redirects"
"""The extension of a request by which a transport that follows redirects itself (the page's) learns that it may."""

STREAM_ANSWER = "podio.stream_answer"
"""The extension of a request by which such a transport learns that the answer is to be read bit by bit."""

CALL = "podio.call"
"""The extension of a request by which an error learns what was called."""

UPLOAD = "podio.upload"
"""The extension of a request with what is sent, for a transport that need not read it itself: `podio.uploads`."""

_EXPIRED = frozenset({"expired_token", "invalid_token"})
_CHALLENGE_ERROR = re.compile(r'error="([a-z_]+)"')
_METHOD = re.compile(r"[A-Za-z]{1,20}")
_PLAIN_SEGMENT = re.compile(r"[a-z][a-z_-]{0,31}|v[0-9]|[0-9]{1,15}|1ux|")
_CREDENTIAL_IN_PATH = re.compile(r"(?<=/mail_verification/)[^/]+|(?<=/referral/info/)[^/]+|(?<=/ics/)(\d+/)[^/]+")
_NOTED_HEADERS = ("retry-after", "x-rate-limit-limit", "x-rate-limit-remaining", "x-podio-request-id")
_SECRET_FIELDS = (
    "password",
    "client_secret",
    "refresh_token",
    "app_token",
    "code",
    "code_verifier",
    "activation_code",
    "transfer_token",
    "nonce",
    "otp",
    "recoveryCode",
)
_HEADER_TEXT = re.compile(r"[\x20-\x7e]{1,200}")


def check_endpoint(name: str, url: str) -> str:
    """Return an endpoint's address as it is, once it is found fit for credentials.

    A trailing slash and a query belong to the address (RFC 6749, sections 3.1 and 3.2).

    Raises:
        ConfigurationError: when it is no absolute address, has a fragment or a user name, or has no TLS and is not on
            this machine: a token, code or secret would cross the network in clear (RFC 6749, section 1.6).
    """
    _check_address(name, url)
    return url


def check_base(name: str, url: str) -> str:
    """Return an address that paths are put after: without the slash at its end.

    Raises:
        ConfigurationError: as `check_endpoint` does, and for a query.
    """
    if _check_address(name, url).query or url.endswith("?"):
        raise ConfigurationError(f"{name} must be an absolute https address without a query.")
    return url.rstrip("/")


def _check_address(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except (ValueError, TypeError, AttributeError):
        is_address = False
    if not is_address or "@" in parts.netloc or "#" in url or any(char <= " " or char == "\x7f" for char in url):
        # Not repeated: what does not belong there may be a credential.
        raise ConfigurationError(f"{name} must be an absolute https address without user name and fragment.")
    if parts.scheme == "http" and parts.hostname not in HOSTS_OF_THIS_MACHINE:
        shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
        raise ConfigurationError(f"{name} must use https: {shown!r} would send credentials in clear.")
    return parts


def endpoint(api_url: str, path: str) -> str:
    """Return the address of an operation; a token is never sent anywhere but below `api_url`.

    Raises:
        ConfigurationError: when `path` is not a plain absolute path (``/item/1``): another host (``//evil``,
            ``https://evil``), a step upwards, a query, a control character.
    """
    if not isinstance(path, str):
        raise ConfigurationError(f"A path of Podio's API is a str, not {type(path).__name__}.")
    segments = path.split("/")
    if (
        not path.startswith("/")
        or path.startswith("//")
        or any(segment in (".", "..") for segment in segments)
        or any(character in "\\?#@" or character <= " " or character == "\x7f" for character in path)
        or re.search(r"%2e|%2f|%5c", path, re.IGNORECASE)
    ):
        # Of the query nothing is repeated: it may hold a credential.
        shown = re.split(r"[?#]", path)[0]
        raise ConfigurationError(f"A path of Podio's API begins with one slash and has no query: {shown!r} is not one.")
    return api_url + path


def check_method(method: str) -> str:
    """Return a method in capitals, once it is found to be one of HTTP's in form (RFC 9110, section 9.1).

    Raises:
        ConfigurationError: for anything but ASCII letters: no line's end, and no letter whose capital is ASCII (ı, ſ).
    """
    if not isinstance(method, str) or not _METHOD.fullmatch(method):
        raise ConfigurationError("The method must be one of HTTP's, such as GET.")
    return method.upper()


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A call before it has a token: what is sent, where to, and how often it may be.

    Attributes:
        method: The HTTP method, in capitals.
        address: Where to; `endpoint` makes it of a path.
        template: The path of its operation as Podio documents it, for the log. Left out: what may be shown of the
            address.
        params: The query; None leaves a key out.
        json: The body as a JSON value.
        form: The body as a form.
        content: The body as it is; each iteration must begin anew unless `one_shot`.
        content_headers: What describes `content`: type, and length where it is known.
        accept: The kind of answer that is wanted.
        timeout: Seconds to wait for the answer, where the client's own limit does not fit.
        repeatable: Whether the call may be sent twice though Podio may have acted on it.
        one_shot: Whether its body can be read only once, so that it can't be sent again, whatever happens.
        patient: Whether the client's policy for retries holds for it.
        is_oauth: Whether it goes to the token endpoint, whose errors are OAuth's (RFC 6749, section 5.2).
        places: Where the answer may come from when Podio redirects; None: no redirect is followed. The token does not
            go to another origin.
        extensions: For the transport.
    """

    method: str
    address: str
    template: str | None = None
    params: Mapping[str, Any] | None = None
    json: Any = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    content: AsyncIterable[bytes] | None = field(default=None, repr=False)
    content_headers: Mapping[str, str] = field(default_factory=dict)
    accept: str = "application/json"
    timeout: float | None = None
    repeatable: bool = False
    one_shot: bool = False
    patient: bool = True
    is_oauth: bool = False
    places: DownloadPlaces | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def shown_path(self) -> str:
        """The path for an error: no query, and only what is a word of Podio's or a number; else the origin alone."""
        url = httpx2.URL(self.address)
        if self.places is not None and not self.places.is_api(self.address):
            return f"{url.scheme}://{url.netloc.decode('ascii')}"
        path = _CREDENTIAL_IN_PATH.sub(lambda match: f"{match[1] or ''}…", url.path)
        return "/".join(one if _PLAIN_SEGMENT.fullmatch(one) else "…" for one in path.split("/"))

    @property
    def path_template(self) -> str:
        """The operation's path for a log: no value in it, and of an address elsewhere the origin alone."""
        if self.template is not None:
            return self.template
        url = httpx2.URL(self.address)
        if self.places is not None and not self.places.is_api(self.address):
            return f"{url.scheme}://{url.netloc.decode('ascii')}"
        return template_of(url.path)

    def request(self, http: httpx2.AsyncClient) -> httpx2.Request:
        """Return the request to send.

        Raises:
            ConfigurationError: when method, address, query or body can't be sent as they are.
        """
        check_method(self.method)
        extensions = {**self.extensions, CALL: self}
        if self.places is not None:
            extensions[FOLLOW_REDIRECTS] = True
        try:
            return http.build_request(
                self.method,
                self.address,
                params={name: value for name, value in self.params.items() if value is not None}
                if self.params
                else None,
                json=self.json,
                data=dict(self.form) if self.form is not None else None,
                content=self.content,
                headers={"Accept": self.accept, **self.content_headers},
                timeout=httpx2.USE_CLIENT_DEFAULT if self.timeout is None else self.timeout,
                extensions=extensions,
            )
        except Exception as error:  # whatever the caller's values do: nothing was sent
            problem = _in_words(error)
        raise ConfigurationError(f"This can't be sent: {problem}")


def _in_words(error: Exception) -> str:
    """Return what is wrong with a value that can't be sent, without repeating it."""
    if isinstance(error, UnicodeError):
        return "a text in it is not valid, for it holds half a character."
    if isinstance(error, httpx2.InvalidURL):
        return "the address has control characters, is too long, or is none."
    if isinstance(error, RecursionError):
        return "the body is nested too deeply."
    if isinstance(error, TypeError) and str(error).endswith("is not JSON serializable"):
        return f"{error}. Turn it into text or a number first."
    if isinstance(error, ValueError):
        return "the body holds a number that JSON has not (NaN or infinity), or contains itself."
    return f"a value is of a type that does not fit ({type(error).__name__})."


def means_expired(response: httpx2.Response) -> bool:
    """Tell whether a read answer says that the token has expired, so that a renewal helps.

    Podio says ``unauthorized`` with the description ``expired_token`` (for revoked and unknown tokens alike), formerly
    ``invalid_token``; a 401 for any other reason is not mended by a new token.
    """
    if response.status_code != httpx2.codes.UNAUTHORIZED:
        return False
    challenge = _CHALLENGE_ERROR.search(response.headers.get("www-authenticate", ""))
    if challenge and challenge[1] in _EXPIRED:
        return True
    try:
        envelope = parse_json(response.content)
    except ValueError:
        return False
    return isinstance(envelope, dict) and any(
        isinstance(envelope.get(key), str) and envelope[key] in _EXPIRED for key in ("error", "error_description")
    )


class Renewing(Protocol):
    """Where the flow gets its tokens: `podio._client_session.ClientSession`."""

    async def usable(self) -> Session:
        """Return a session whose token has not expired by the clock."""
        ...

    async def renewed(self, stale: Token | None) -> Session:
        """Return the session with another token than `stale`."""
        ...


class SessionAuth(httpx2.Auth):
    """Puts the session's token on a call; on ``expired_token`` renews once and sends the call once more.

    Resending is safe for every method: Podio refused the first try before it did anything. A call whose body can be
    read only once (`one_shot`) is not sent again: its answer is for the caller to read.

    Each call has one of its own, which remembers in whose session the call was first sent: where another person has
    signed in since, no later try goes out in their name.
    """

    def __init__(self, keeper: Renewing, scheme: AuthorizationScheme, *, one_shot: bool = False) -> None:
        self._keeper = keeper
        self._scheme = scheme
        self._one_shot = one_shot
        self._first: Session | None = None

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Yield the call, and again after a renewal when the answer says that the token expired."""
        session = self._checked(await self._keeper.usable())
        authorize(request, session.token, self._scheme)
        response = yield request
        # Only Podio's word counts: after a redirect somebody else may have answered.
        if response.status_code == httpx2.codes.UNAUTHORIZED and not self._one_shot and _same_host(response, request):
            await response.aread()
            if means_expired(response):
                session = self._checked(await self._keeper.renewed(session.token))
                authorize(request, session.token, self._scheme)
                yield request

    def _checked(self, session: Session) -> Session:
        first = self._first = self._first or session
        if session.session_id == first.session_id:
            return session
        if session.user_id is None or session.user_id != first.user_id:
            raise UserChanged(
                "Somebody else signed in, so this was not sent again.",
                expected_id=first.user_id,
                actual_id=session.user_id,
            )
        return session


def _same_host(response: httpx2.Response, request: httpx2.Request) -> bool:
    return response.request.url.host == request.url.host


class TokenAuth(httpx2.Auth):
    """Puts one given token on a call and renews nothing: for looking up whose a new token is, and for revoking one."""

    def __init__(self, token: Token, scheme: AuthorizationScheme) -> None:
        self._token = token
        self._scheme = scheme

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Yield the call."""
        authorize(request, self._token, self._scheme)
        yield request


def authorize(request: httpx2.Request, token: Token, scheme: AuthorizationScheme) -> None:
    """Set the Authorization header (RFC 6750, section 2.1; ``OAuth2`` is Podio's own spelling of it)."""
    request.headers["Authorization"] = f"{scheme} {token.access_token}"


def check_status(response: httpx2.Response) -> None:
    """Let a read answer pass that is none of an error.

    Raises:
        APIError: for a status of 400 or above.
        InvalidResponse: for a redirect.
    """
    if response.status_code >= httpx2.codes.BAD_REQUEST:
        raise about(_error_of(response), response=response)
    if response.status_code >= httpx2.codes.MULTIPLE_CHOICES:
        raise invalid_response(
            "Podio's address answered with a redirect, which is not followed: a token goes to Podio only.", response
        )


def read_response(response: httpx2.Response, *, method: str) -> Any:
    """Return the JSON value of a read answer, or None where Podio has nothing to say.

    Raises:
        APIError: for a status of 400 or above.
        InvalidResponse: for an answer that Podio's API does not give.
    """
    check_status(response)
    if not response.content.strip():
        if method == "GET" and response.status_code != httpx2.codes.NO_CONTENT:
            raise invalid_response("The response is empty, where Podio's has content. Try again in a moment.", response)
        return None
    try:
        return parse_json(response.content)
    except ValueError:
        pass
    raise invalid_response(
        f"The answer is not Podio's: {_kind_of(response)} came in place of JSON. Something between here and Podio "
        "may have answered (a proxy, a sign-in page of the network). Try again in a moment.",
        response,
    )


def invalid_response(message: str, response: httpx2.Response) -> InvalidResponse:
    """Return the error for an answer that is not Podio's."""
    return about(InvalidResponse(message, status=response.status_code), response=response)


def about(error: _E, *, request: httpx2.Request | None = None, response: httpx2.Response | None = None) -> _E:
    """Note on an error which call it is of, and what the answer's headers say, unless it is noted already."""
    if response is not None:
        with contextlib.suppress(RuntimeError):  # a response of nobody's request
            request = response.request
        found = {name: response.headers.get(name, "") for name in _NOTED_HEADERS}
        error.headers = {name: value for name, value in found.items() if _HEADER_TEXT.fullmatch(value)}
        error.request_id = error.headers.get("x-podio-request-id")
    call = None if request is None else request.extensions.get(CALL)
    if isinstance(call, Call) and error.method is None:
        error.method, error.path = call.method, call.shown_path
    return error


def _error_of(response: httpx2.Response) -> APIError:
    content = response.content
    for secret in _secrets_of(response):
        # Podio's words become a message, and may repeat what was sent.
        content = content.replace(secret.encode(), b"***")
    try:
        body = parse_json(content)
    except ValueError:
        body = None
    error = api_error(response.status_code, body, is_oauth=_is_oauth(response))
    retry_after = response.headers.get("retry-after", "")
    if error.retry_after is None and re.fullmatch("[0-9]{1,6}", retry_after):
        error.retry_after = float(retry_after)
    return error


def _is_oauth(response: httpx2.Response) -> bool:
    call = _call_of(response)
    return call is not None and call.is_oauth


def _call_of(response: httpx2.Response) -> Call | None:
    try:
        call = response.request.extensions.get(CALL)
    except RuntimeError:  # a response of nobody's request
        return None
    return call if isinstance(call, Call) else None


def _secrets_of(response: httpx2.Response) -> list[str]:
    """Return the credentials that went with an answer's request; short ones could be any word."""
    call = _call_of(response)
    if call is None:
        return []
    sent = [response.request.headers.get("authorization", "").rpartition(" ")[2]]
    for body in (call.form, call.json):
        sent += [str(body[name]) for name in _SECRET_FIELDS if name in body] if isinstance(body, Mapping) else []
    return [secret for secret in sent if len(secret) > len("podio")]


def _kind_of(response: httpx2.Response) -> str:
    return "HTML" if "html" in response.headers.get("content-type", "") else "other text"
