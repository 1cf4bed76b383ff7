"""One call before it has a token: what is sent, where to, and what of it may be shown."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from podio._file_addresses import DownloadPlaces
from podio._operation_paths import template_of
from podio.errors import ConfigurationError

FOLLOW_REDIRECTS = "podio.follow_redirects"
"""The extension of a request by which a transport that follows redirects itself (the page's) learns that it may."""

STREAM_ANSWER = "podio.stream_answer"
"""The extension of a request by which such a transport learns that the answer is to be read bit by bit."""

CALL = "podio.call"
"""The extension of a request by which an error learns what was called."""

UPLOAD = "podio.upload"
"""The extension of a request with what is sent, for a transport that need not read it itself: `podio._uploads`."""

_METHOD = re.compile(r"[A-Za-z]{1,20}")
_PLAIN_SEGMENT = re.compile(r"[a-z][a-z_-]{0,31}|v[0-9]|[0-9]{1,15}|1ux|")
_CREDENTIAL_IN_PATH = re.compile(r"(?<=/mail_verification/)[^/]+|(?<=/referral/info/)[^/]+|(?<=/ics/)(\d+/)[^/]+")


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
        content: The body as it is; each iteration must begin again unless `one_shot`.
        content_headers: What describes `content`: type, and length where it is known.
        accept: The kind of response that the caller can read.
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
        if (origin := self._other_origin()) is not None:
            return origin
        path = _CREDENTIAL_IN_PATH.sub(lambda match: f"{match[1] or ''}…", httpx2.URL(self.address).path)
        return "/".join(segment if _PLAIN_SEGMENT.fullmatch(segment) else "…" for segment in path.split("/"))

    @property
    def path_template(self) -> str:
        """The operation's path for a log: no value in it, and of an address elsewhere the origin alone."""
        if self.template is not None:
            return self.template
        return self._other_origin() or template_of(httpx2.URL(self.address).path)

    @property
    def counts(self) -> bool:
        """Whether Podio counts it towards the hourly limits: not where tokens come from, nor files elsewhere."""
        return not self.is_oauth and self._other_origin() is None

    def _other_origin(self) -> str | None:
        """Return the origin of an address that is not of the API's, for nothing else of it may be shown."""
        if self.places is None or self.places.is_api(self.address):
            return None
        url = httpx2.URL(self.address)
        return f"{url.scheme}://{url.netloc.decode('ascii')}"

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
