"""What tests order of the emulator: in Python by `Control`'s methods, over HTTP below ``/_emulator/``.

======  ============================ =======================================================================
POST    ``/_emulator/reset``         data, tokens, cookies, faults, limits, clock and log as at the start
POST    ``/_emulator/tokens/expire`` access tokens expire now: all, or ``{"person": "ada@example.com"}``'s
POST    ``/_emulator/sign-out``      the authorize page no longer remembers who signed in there; tokens stay
POST    ``/_emulator/second-factor`` ``{"required": true}``: the password grant requires a second factor from now on
POST    ``/_emulator/faults``        a list of faults (``faults``), which replaces the one before
POST    ``/_emulator/clock``         ``{"advance": seconds}``, or ``{"stop": "2026-11-27T12:00:00Z"}`` (null: where it
                                     is); the response's ``now`` is the time
GET     ``/_emulator/hooks``         the hooks whose verification was requested: ``hook_id, url, code``
GET     ``/_emulator/requests``      what was requested, oldest first, never with a token
======  ============================ =======================================================================

No web page may give an order, be it by a form that it posts or by a host name that it points at this machine (DNS
rebinding): a request needs a loopback ``Host``, or one that was named for it, and no ``Origin`` or a local one.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from podio_emulator.clock import Clock
from podio_emulator.cors import any_local_origin
from podio_emulator.errors import Refusal, envelope, forbidden, invalid_value, no_operation
from podio_emulator.faults import Faults
from podio_emulator.json_bodies import decoded
from podio_emulator.oauth.tokens import TokenBook
from podio_emulator.request_log import RequestLog
from podio_emulator.store import Store

Result = TypeVar("Result")

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


class Control:
    """Carries out the orders.

    Args:
        reset: Puts all of the emulator's parts back to the start.
        store: Returns the data as it is now.
        clock: The emulator's time.
        lock: Held while anything reads or changes the emulator's state: requests may come in several threads' loops.
        hosts: Host names that orders may be sent to besides the loopback ones.
    """

    def __init__(
        self,
        *,
        reset: Callable[[], None],
        store: Callable[[], Store],
        clock: Clock,
        tokens: TokenBook,
        faults: Faults,
        log: RequestLog,
        lock: AbstractContextManager[Any],
        hosts: Collection[str] = (),
    ) -> None:
        self.clock = clock
        self._hosts = frozenset(host.lower() for host in hosts)
        self._reset = reset
        self._store = store
        self._tokens = tokens
        self._faults = faults
        self._log = log
        self._lock = lock
        self._orders: dict[tuple[str, str], Callable[[bytes], Any]] = {
            ("POST", "/_emulator/reset"): self._do_reset,
            ("POST", "/_emulator/tokens/expire"): self._expire,
            ("POST", "/_emulator/sign-out"): self._sign_out,
            ("POST", "/_emulator/second-factor"): self._second_factor,
            ("POST", "/_emulator/faults"): self._set_faults,
            ("POST", "/_emulator/clock"): self._set_clock,
            ("GET", "/_emulator/hooks"): self._hooks,
            ("GET", "/_emulator/requests"): self._requests,
        }

    def reset(self) -> None:
        """Put everything back to the start: data, tokens, cookies, faults, limits, clock and log."""
        with self._lock:
            self._reset()

    def set_faults(self, faults: Sequence[Mapping[str, Any]]) -> None:
        """Put these faults in force in place of those before; `podio_emulator.faults` has their keys.

        Raises:
            ValueError: for a fault that isn't one; those before stay.
        """
        with self._lock, _refused_as_value_error():
            self._faults.replace([dict(fault) for fault in faults])

    def requests(self) -> list[dict[str, Any]]:
        """Return what was requested, oldest first: ``method, path, query, status, headers, person``; never a token."""
        with self._lock:
            return self._log.as_json()

    def expire_tokens(self, mail: str | None = None) -> int:
        """Let access tokens expire now, all or those of the user with this address, and return their number.

        Raises:
            ValueError: for an address that nobody signs in with.
        """
        with self._lock, _refused_as_value_error():
            return self._tokens.expire_all(self._user_id(mail))

    def sign_out_browsers(self) -> None:
        """Let the authorize page show its form again; tokens stay."""
        with self._lock:
            self._tokens.sign_out_browsers()

    def require_second_factor(self, *, required: bool) -> None:
        """Set whether the password grant requires a second factor from now on."""
        with self._lock:
            self._tokens.asks_second_factor = required

    def hooks(self) -> list[dict[str, Any]]:
        """Return the hooks whose verification was requested: ``hook_id, url, code``."""
        with self._lock:
            waiting = (hook for hook in self._store().hooks.values() if hook.code is not None)
            return [{"hook_id": hook.hook_id, "url": hook.url, "code": hook.code} for hook in waiting]

    def edit(self, change: Callable[[Store, datetime], Result]) -> Result:
        """Call `change` with the data and the time, with no request in between, and return what it returns.

        Raises:
            ValueError: for data that Podio would refuse.
        """
        with self._lock, _refused_as_value_error():
            return change(self._store(), datetime.fromtimestamp(int(self.clock()), UTC))

    async def answer(self, request: Request) -> Response:
        """Carry out an order; a wrong one gets a 400 (a web page's a 403) that says why, and changes nothing."""
        method, path = request.method, request.scope["path"]
        try:
            self._check_source(request)
            body = await request.body()
            order = self._orders.get((method, path.rstrip("/")))
            if order is None:
                raise no_operation(body_given=bool(body))
            with self._lock:
                return JSONResponse(order(body))
        except Refusal as refusal:
            return JSONResponse(envelope(refusal, method=method, path=path, query=""), status_code=refusal.status)

    def _check_source(self, request: Request) -> None:
        """Refuse what a web page may have sent.

        Raises:
            Refusal: for an origin or a host that is not of this machine.
        """
        if not all(any_local_origin(origin) for origin in request.headers.getlist("origin")):
            raise forbidden("Only pages of this computer (localhost, 127.0.0.1, [::1]) may control the emulator")
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or not self._is_own_host(hosts[0], (request.scope.get("server") or ("",))[0]):
            raise forbidden(
                "The emulator is controlled at localhost, 127.0.0.1 or [::1] only; serve.py's option --control-host "
                "(create_app's argument control_hosts) adds another host name"
            )

    def _is_own_host(self, host: str, server: str) -> bool:
        parts = _HOST.fullmatch(host)
        if parts is None:
            return False
        name = parts["name"].lower()
        if name == "localhost" or name in self._hosts:
            return True
        try:
            return ipaddress.ip_address(name.strip("[]")).is_loopback
        except ValueError:
            # A server behind a socket knows its address, not its name. Where ASGI's `server` is a name, the app is
            # called in process, and the host is the one that the caller made up for it.
            return name == server.lower()

    def _user_id(self, mail: object) -> int | None:
        """Return the id of the user who signs in with an address; None for none."""
        if mail is None:
            return None
        profile = self._store().user_by_mail(mail) if isinstance(mail, str) else None
        if profile is None:
            raise invalid_value(mail, "must be the e-mail address of a user who can sign in")
        return profile.user_id

    def _do_reset(self, body: bytes) -> dict[str, Any]:
        self.reset()
        return {}

    def _expire(self, body: bytes) -> dict[str, Any]:
        order = decoded(body) if body.strip() else {}
        if not isinstance(order, dict) or set(order) - {"person"}:
            raise invalid_value(order, 'must be object: {"person": "ada@example.com"}, or empty')
        return {"expired": self._tokens.expire_all(self._user_id(order.get("person")))}

    def _sign_out(self, body: bytes) -> dict[str, Any]:
        self.sign_out_browsers()
        return {}

    def _second_factor(self, body: bytes) -> dict[str, Any]:
        order = decoded(body)
        if not isinstance(order, dict) or set(order) != {"required"} or not isinstance(order["required"], bool):
            raise invalid_value(order, 'must be object: {"required": true}')
        self.require_second_factor(required=order["required"])
        return order

    def _set_faults(self, body: bytes) -> dict[str, Any]:
        return {"faults": self._faults.replace(decoded(body))}

    def _set_clock(self, body: bytes) -> dict[str, Any]:
        order = decoded(body)
        try:
            match order:
                case {"advance": (int() | float()) as seconds, **more} if not more and not isinstance(seconds, bool):
                    self.clock.advance(seconds)
                case {"stop": None, **more} if not more:
                    self.clock.stop()
                case {"stop": str(moment), **more} if not more:
                    self.clock.stop(datetime.fromisoformat(moment))
                case _:
                    raise invalid_value(order, 'must be object: {"advance": seconds} or {"stop": moment or null}')
        except ValueError as error:
            raise invalid_value(order, str(error)) from None
        return {"now": datetime.fromtimestamp(self.clock(), UTC).isoformat()}

    def _hooks(self, body: bytes) -> list[dict[str, Any]]:
        return self.hooks()

    def _requests(self, body: bytes) -> list[dict[str, Any]]:
        return self.requests()


@contextmanager
def _refused_as_value_error() -> Iterator[None]:
    """Raise ValueError where a request would be refused: the caller is a test, not a client."""
    try:
        yield
    except Refusal as refusal:
        raise ValueError(refusal.description or refusal.error) from None
