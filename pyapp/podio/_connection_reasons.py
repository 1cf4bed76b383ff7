"""Why a connection failed, in one word for programs and in a sentence for users."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2

from podio.errors import ConnectionFailed, ConnectionReason, RequestTimedOut

_BY_NAME: dict[str, ConnectionReason] = {
    # By name, because `ssl` is missing in a page; the first that an error in the chain is an instance of counts.
    "BrowserOffline": "offline",
    "gaierror": "dns",
    "SSLCertVerificationError": "certificate",
    "SSLError": "tls",
    "ConnectionRefusedError": "refused",
    "ProxyError": "proxy",
    "ConnectTimeout": "connect_timeout",
    "PoolTimeout": "pool_timeout",
    "WriteTimeout": "write_timeout",
    "TimeoutException": "read_timeout",
    "ConnectError": "unreachable",
    "ReadError": "broken",
    "WriteError": "broken",
    "CloseError": "broken",
    "RemoteProtocolError": "broken",
}

_WORDS: dict[ConnectionReason, str] = {
    "dns": "Podio could not be reached: the host's name could not be resolved (DNS). Check your connection and try "
    "again.",
    "refused": "Podio could not be reached: the host refused the connection. Check the address and try again.",
    "unreachable": "Podio could not be reached: no connection could be made. Check your connection and try again.",
    "certificate": "Podio could not be reached: the host's certificate was not accepted{detail}. Check the network "
    "that you are in, and this machine's clock and certificates.",
    "tls": "Podio could not be reached: no secure connection could be made (TLS). Check the network that you are in.",
    "proxy": "Podio could not be reached: the proxy did not let the connection through. Check its settings.",
    "offline": "Podio could not be reached: the browser is offline. Check your connection and try again.",
    "connect_timeout": "Podio could not be reached: no connection within the time limit. Check your connection and "
    "try again.",
    "pool_timeout": "No connection came free within the time limit: too many calls at once. Make fewer and try again.",
    "write_timeout": "Podio did not take in what was sent within the time limit. Check your connection and try again.",
    "read_timeout": "Podio did not answer in time. Check your connection and try again.",
    "broken": "The connection to Podio broke off. Check your connection and try again.",
    "unknown": "Podio could not be reached. Check your connection and try again.",
}

_UNSENT = frozenset({"dns", "certificate", "proxy", "offline", "unreachable", "connect_timeout", "pool_timeout"})


class BrowserOffline(httpx2.ConnectError):
    """The browser says that it has no connection."""


def connection_error(error: httpx2.TransportError) -> ConnectionFailed:
    """Return our exception for one of httpx2's: why, and whether the request may have reached Podio."""
    reason, cause = _reason_of(error)
    detail = getattr(cause, "verify_message", "") if reason == "certificate" else ""
    message = _WORDS[reason].format(detail=f" ({detail})" if detail else "")
    kind = RequestTimedOut if isinstance(error, httpx2.TimeoutException) else ConnectionFailed
    unsent = reason in _UNSENT or isinstance(error, (httpx2.ConnectError, httpx2.UnsupportedProtocol))
    return kind(message, may_have_been_sent=not unsent, reason=reason)


def _reason_of(error: BaseException) -> tuple[ConnectionReason, BaseException]:
    causes = list(_causes(error))
    for name, reason in _BY_NAME.items():
        for cause in causes:
            if any(kind.__name__ == name for kind in type(cause).__mro__):
                return reason, cause
    return "unknown", error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that it was raised from; a host with several addresses has one for each."""
    yield error
    cause = error.__cause__
    if cause is None and type(error).__module__.startswith(("httpx2", "httpcore2")):
        # The pool raises "from None"; of other errors the context may be whatever the caller was handling.
        cause = error.__context__
    if cause is not None:
        yield from _causes(cause)
    for other in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _causes(other)
