"""Which keys of a body and which query parameters an operation takes.

A success says that all that was sent has been done. So a key of a body is one of these:

- *honoured* (``Operation.keys``): the operation does what it says;
- *missing* (``Operation.missing_keys``): Podio documents it, the emulator doesn't do it: refused unless it's empty
  (null, false, an empty text, list or object: typed clients send all their properties);
- *unknown*: refused like a wrong value, unless null. What Podio does with keys that it doesn't document isn't known (it
  seems to ignore most), so ``create_app(refuse_unknown_keys=False)`` ignores them.

A query parameter that Podio documents and that the emulator doesn't do (``Operation.missing_parameters``) is refused.
Unknown parameters are ignored: clients of other makers, proxies and caches add their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from podio_emulator.calls import Call, Operation
from podio_emulator.errors import invalid_value, not_done, one_of
from podio_emulator.queries import query_boolean

#: Parameters that any operation takes and that are read elsewhere, if at all, each with the reason.
HARMLESS_PARAMETERS: Mapping[str, str] = {
    "hook": "read where the hooks are set off: false suppresses them",
    "oauth_token": "the token, read with the headers",
}
#: Parameters that Podio has for many operations, and the emulator for those that list them (``Operation.parameters``).
_COMMON_PARAMETERS = ("alert_invite", "fields")
_HAS_NO_BODY = {"GET", "HEAD"}


def check_keys(call: Call, operation: Operation, *, refuse_unknown: bool) -> None:
    """Refuse a call that wants what the operation doesn't do.

    Raises:
        Refusal: ``invalid_value``, for a key of the body or a parameter of the query.
    """
    for name in (*operation.missing_parameters, *_COMMON_PARAMETERS):
        if name in operation.parameters:
            continue
        if not _wants_nothing(call.query.get(name)):
            raise not_done(name)
    # Checked for all, for not every operation has somebody to notify.
    for name in ("silent", "hook"):
        query_boolean(call.query, name)
    if operation.free_body or call.method in _HAS_NO_BODY:
        return
    for name, value in call.json_object().items():
        if name in operation.missing_keys and not _wants_nothing(value):
            raise not_done(name)
        is_documented = name in operation.keys or name in operation.missing_keys
        if refuse_unknown and not is_documented and value is not None:
            raise invalid_value(name, one_of(operation.keys) if operation.keys else "must not be given")


def _wants_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", "0", "false", [], {})
