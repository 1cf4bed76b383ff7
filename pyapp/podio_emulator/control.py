"""What tests order of the emulator, below ``/_emulator/``. Performs no I/O.

======  ============================ =======================================================================
POST    ``/_emulator/reset``         data, tokens, cookies, faults, limits and log as at the start
POST    ``/_emulator/tokens/expire`` access tokens expire now: all, or ``{"person": "ada@example.com"}``'s
POST    ``/_emulator/sign-out``      the authorize page forgets who signed in there; tokens stay
POST    ``/_emulator/second-factor`` ``{"required": true}``: the password grant asks for a second factor from now on
POST    ``/_emulator/faults``        a list of faults (``faults``), which replaces the one before
GET     ``/_emulator/hooks``         the hooks whose verification was asked for: ``hook_id, url, code``
GET     ``/_emulator/requests``      what was asked, oldest first, never with a token
======  ============================ =======================================================================

These paths are not open to other origins, so that no page can use them by accident.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from podio_emulator.errors import Refusal, envelope, invalid_value, no_operation
from podio_emulator.faults import Faults
from podio_emulator.json_bodies import decoded
from podio_emulator.oauth.tokens import TokenBook
from podio_emulator.request_log import RequestLog
from podio_emulator.store import Store


class Control:
    """Carries out the orders."""

    def __init__(self, *, reset: Callable[[], None], tokens: TokenBook, faults: Faults, log: RequestLog) -> None:
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

    def answer(self, method: str, path: str, body: bytes, store: Store) -> Response:
        """Carry out an order; a wrong one gets a 400 that says what is wrong, and changes nothing."""
        try:
            order = self._orders.get((method, path.rstrip("/")))
            if order is None:
                raise no_operation(body_given=bool(body))
            return JSONResponse(order(body, store))
        except Refusal as refusal:
            return JSONResponse(envelope(refusal, method=method, path=path, query=""), status_code=refusal.status)

    def _do_reset(self, body: bytes, store: Store) -> dict[str, Any]:
        self._reset()
        return {}

    def _expire(self, body: bytes, store: Store) -> dict[str, Any]:
        order = decoded(body) if body.strip() else {}
        if not isinstance(order, dict) or set(order) - {"person"}:
            raise invalid_value(order, 'must be object: {"person": "ada@example.com"}, or empty')
        mail = order.get("person")
        person = store.user_by_mail(mail) if isinstance(mail, str) else None
        if mail is not None and person is None:
            raise invalid_value(mail, "must be the e-mail address of a person who can sign in")
        return {"expired": self._tokens.expire_all(person.user_id if person is not None else None)}

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
