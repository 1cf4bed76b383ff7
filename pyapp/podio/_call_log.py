"""A client's log of its calls: one record for each, safe to turn on, for no credential and no content is in it.

The logger is ``podio.calls``: INFO for a call that was answered well, WARNING for one that failed. What a record's
message says, it also has as attributes: ``method``, ``path`` (the operation's template), ``status``, ``error`` (the
exception's name), ``duration`` and ``waited`` (seconds), ``retries``, ``request_id``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from podio._call import Call
from podio._responses import REQUEST_ID
from podio.errors import APIError, ConfigurationError, InvalidResponse, PodioError

log = logging.getLogger("podio.calls")

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


class CallRecord:
    """What is logged of one call; whoever sends it counts here.

    Args:
        call: The call.
        began: When it began, in seconds since 1970.

    Attributes:
        retries: How often it was sent again after a refusal or a failure.
        waited: The seconds that it waited for that.
    """

    def __init__(self, call: Call, *, began: float) -> None:
        self.retries = 0
        self.waited = 0.0
        self._call = call
        self._began = began

    def answered(self, status: int, headers: Mapping[str, str], *, now: float) -> None:
        """Log that a response came which is none of an error."""
        self._write(logging.INFO, str(status), status, None, headers.get(REQUEST_ID), now)

    def failed(self, error: BaseException, *, now: float) -> None:
        """Log that the call failed; one that can't be sent at all is none."""
        if isinstance(error, ConfigurationError):
            return
        name = type(error).__name__
        status = error.status if isinstance(error, (APIError, InvalidResponse)) and error.status else None
        outcome = name if status is None else f"{status} {name}"
        request_id = error.request_id if isinstance(error, PodioError) else None
        self._write(logging.WARNING, outcome, status, name, request_id, now)

    def _write(
        self, level: int, outcome: str, status: int | None, error: str | None, request_id: str | None, now: float
    ) -> None:
        if not log.isEnabledFor(level):
            return
        request_id = request_id if request_id is not None and _ID.fullmatch(request_id) else None
        facts = {
            "method": self._call.method,
            "path": self._call.path_template,
            "status": status,
            "error": error,
            "duration": now - self._began,
            "retries": self.retries,
            "waited": self.waited,
            "request_id": request_id,
        }
        log.log(
            level,
            "%s %s: %s in %.3f s, %d retries, %.1f s waited, request %s",
            facts["method"],
            facts["path"],
            outcome,
            facts["duration"],
            self.retries,
            self.waited,
            request_id or "-",
            extra=facts,
        )
