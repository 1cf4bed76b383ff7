"""What tests order of the emulator, below ``/_emulator/``.

======  ============================ =======================================================================
POST    ``/_emulator/reset``         data, tokens, cookies, faults, limits and log as at the start
POST    ``/_emulator/tokens/expire`` access tokens expire now: all, or ``{"person": "ada@example.com"}``'s
POST    ``/_emulator/sign-out``      the authorize page no longer remembers who signed in there; tokens stay
POST    ``/_emulator/second-factor`` ``{"required": true}``: the password grant asks for a second factor from now on
POST    ``/_emulator/faults``        a list of faults (``faults``), which replaces the one before
GET     ``/_emulator/hooks``         the hooks whose verification was asked for: ``hook_id, url, code``
GET     ``/_emulator/requests``      what was requested, oldest first, never with a token
======  ============================ =======================================================================

No web page may give an order, be it by a form that it posts or by a host name that it points at this machine (DNS
rebinding): a request needs a loopback ``Host``, or one that was named for it, and no ``Origin`` or a local one.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from podio_emulator.cors import any_local_origin
from podio_emulator.errors import Refusal, envelope, forbidden, invalid_value, no_operation
from podio_emulator.faults import Faults
from podio_emulator.json_bodies import decoded
from podio_emulator.oauth.tokens import TokenBook
from podio_emulator.request_log import RequestLog
from podio_emulator.store import Store

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


class Control:
    """Carries out the orders.

    Args:
        hosts: Host names that orders may be sent to besides the loopback ones.
    """

    def __init__(
        self,
        *,
        reset: Callable[[], None],
        tokens: TokenBook,
        faults: Faults,
        log: RequestLog,
        hosts: Collection[str] = (),
    ) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._reset = reset
        self._tokens = tokens
        self._faults = faults
        self._log = log
        self._orders: dict[tuple[str, str], Callable[[bytes, Store], Any]] = {
            ("POST", "/_emulator/reset"): self._do_reset,
            ("POST", "/_emulator/tokens/expire"): self._expire,
            ("POST", "/_emulator/sign-out"): self._sign_out,
            ("POST", "/_emulator/second-factor"): self._second_factor,
            ("POST", "/_emulator/faults"): self._set_faults,
            ("GET", "/_emulator/hooks"): self._hooks,
            ("GET", "/_emulator/requests"): self._requests,
        }

    async def answer(self, request: Request, store: Callable[[], Store]) -> Response:
        """Carry out an order; a wrong one gets a 400 (a web page's a 403) that says why, and changes nothing."""
        method, path = request.method, request.scope["path"]
        try:
            self._check_source(request)
            body = await request.body()
            order = self._orders.get((method, path.rstrip("/")))
            if order is None:
                raise no_operation(body_given=bool(body))
            return JSONResponse(order(body, store()))
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

    def _do_reset(self, body: bytes, store: Store) -> dict[str, Any]:
        self._reset()
        return {}

    def _expire(self, body: bytes, store: Store) -> dict[str, Any]:
        order = decoded(body) if body.strip() else {}
        if not isinstance(order, dict) or set(order) - {"person"}:
            raise invalid_value(order, 'must be object: {"person": "ada@example.com"}, or empty')
        mail = order.get("person")
        profile = store.user_by_mail(mail) if isinstance(mail, str) else None
        if mail is not None and profile is None:
            raise invalid_value(mail, "must be the e-mail address of a user who can sign in")
        return {"expired": self._tokens.expire_all(profile.user_id if profile is not None else None)}

    def _sign_out(self, body: bytes, store: Store) -> dict[str, Any]:
        self._tokens.sign_out_browsers()
        return {}

    def _second_factor(self, body: bytes, store: Store) -> dict[str, Any]:
        order = decoded(body)
        if not isinstance(order, dict) or set(order) != {"required"} or not isinstance(order["required"], bool):
            raise invalid_value(order, 'must be object: {"required": true}')
        self._tokens.asks_second_factor = order["required"]
        return order

    def _set_faults(self, body: bytes, store: Store) -> dict[str, Any]:
        return {"faults": self._faults.replace(decoded(body))}

    def _hooks(self, body: bytes, store: Store) -> list[dict[str, Any]]:
        waiting = (hook for hook in store.hooks.values() if hook.code is not None)
        return [{"hook_id": hook.hook_id, "url": hook.url, "code": hook.code} for hook in waiting]

    def _requests(self, body: bytes, store: Store) -> list[dict[str, Any]]:
        return self._log.as_json()
