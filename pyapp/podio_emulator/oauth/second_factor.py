"""The second factor: ``POST /mfa/verify``, where the emulator is set to want one.

Undocumented at Podio; the call, its body and the names of its errors are those of podio-rb: the password grant responds
``{"server_nonce": …}`` in place of a token, and ``{"nonce", "otp"}`` or ``{"nonce", "recoveryCode"}`` brings the token.
"""

from __future__ import annotations

from starlette.responses import Response

from podio_emulator.calls import Access, Call, Operation
from podio_emulator.errors import Refusal
from podio_emulator.ids import ONE_TIME_CODE, RECOVERY_CODE
from podio_emulator.model import Author
from podio_emulator.oauth.token_endpoint import token_answer
from podio_emulator.queries import text_of


def _verify(call: Call) -> Response:
    body = call.json_object()
    nonce, otp, recovery = (text_of(body, name) for name in ("nonce", "otp", "recoveryCode"))
    pending = call.tokens.pending(nonce or "")
    if pending is None:
        raise Refusal(400, "nonce_validation_error", "The sign-in is too old. Please sign in again.", propagate=True)
    if otp != ONE_TIME_CODE and recovery != RECOVERY_CODE:
        call.tokens.failed(nonce or "")
        raise Refusal(400, "invalid_second_factor", "That code is not right. Please try again.", propagate=True)
    call.tokens.drop_pending(nonce or "")
    author = Author(type="user", id=pending.user_id)
    return token_answer(call, call.tokens.issue(client_id=pending.client_id, author=author, scope=pending.scope))


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="POST", path="/mfa/verify", run=_verify, access=Access.ANYONE, keys=("nonce", "otp", "recoveryCode")
    ),
)
