"""What a client's calls pass before they are sent: they wait there together, as the budget has it.

Calls of a kind pass one behind the other, so that only the first in line asks the budget and all that wait behind it
go on when it does. A page's program makes its calls without one.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from podio._call import Call
from podio._call_log import CallRecord
from podio._clock import Clock
from podio._retry_policy import Limits, RetryPolicy, Wait
from podio.call_budget import CallBudget, LocalCallBudget, Turn
from podio.errors import ConfigurationError, PodioError, RateLimited

REST = 10.0
"""Seconds for which a budget that failed is left alone."""
_SHORT = 1.0
"""Seconds up to which a wait is not worth a report: what calls that were refused together differ by."""

_RATE_LIMITED = re.compile(
    r"(POST /item/app/\{[^/]+\}/(filter(/\{[^/]+\})?|delete)"
    r"|GET /item/app/\{[^/]+\}(/v2|/xlsx)?"
    r"|(GET|POST) /search(/(app|org|space)/\{[^/]+\})?(/v2)?"
    r"|GET /stream(/personal|/(app|org|space|user)/\{[^/]+\})?(/v2|/v3)?"
    r"|POST /file(/v2)?)/?"
)
"""The operations that Podio's documentation marks as rate-limited: it counts them apart, and allows fewer."""

log = logging.getLogger("podio.calls")

_T = TypeVar("_T")


def kind_of(method: str, template: str) -> str:
    """Return what a call counts towards, as far as Podio's documentation says."""
    return "rate_limited" if _RATE_LIMITED.fullmatch(f"{method} {template}") else "ordinary"


class CallGate:
    """Lets calls through as a budget has it.

    Args:
        budget: The budget; one of this client's own if None.
        policy: How long a call may wait, and who is told of it.
        clock: What is waited by.

    Raises:
        ConfigurationError: for a budget that is none.
    """

    def __init__(self, budget: CallBudget | None, *, policy: RetryPolicy, clock: Clock) -> None:
        self._budget = budget if budget is not None else LocalCallBudget(clock=clock.now)
        missing = [name for name in ("take", "note", "close") if not callable(getattr(self._budget, name, None))]
        if missing or isinstance(budget, type):
            raise ConfigurationError("call_budget must be a budget, such as podio.LocalCallBudget() is one.")
        self._policy = policy
        self._clock = clock
        self._lines: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._found: dict[tuple[str, str], str] = {}
        self._waiting = 0
        self._resting_until = -math.inf

    async def enter(self, call: Call, record: CallRecord, *, failures: int) -> Turn:
        """Wait until a call may be sent, and return its turn.

        Raises:
            RateLimited: where Podio refused another call for longer than this one may wait. It was not sent.
        """
        operation = (call.method, call.path_template)
        kind = self._found.get(operation) or kind_of(*operation)
        self._waiting += 1
        try:
            async with self._lines[kind]:
                while (turn := await self._take(kind)).seconds > 0:
                    if turn.cause == "slow" and turn.seconds > self._policy.max_wait:
                        break  # longer than anybody here may wait: Podio knows better how long it takes
                    await self._wait(call, turn, record, failures=failures)
                return turn
        finally:
            self._waiting -= 1

    async def answered(self, call: Call, turn: Turn, limits: Limits | None) -> None:
        """Note what the response to a call says of the limit."""
        if limits is not None and turn.limits is not None and limits.limit != turn.limits.limit:
            # Podio counts this operation otherwise than its documentation says.
            kind = self._found[call.method, call.path_template] = f"limit_{limits.limit}"
            turn = Turn(kind=kind)
        await self._ask(self._budget.note, turn, limits)

    async def refused(self, seconds: float) -> None:
        """Let no call through for so many seconds, for Podio has refused one."""
        await self._ask(self._budget.close, seconds)

    async def _take(self, kind: str) -> Turn:
        return await self._ask(self._budget.take, kind) or Turn(kind=kind)

    async def _wait(self, call: Call, turn: Turn, record: CallRecord, *, failures: int) -> None:
        reason = None
        if turn.cause == "refused":
            reason = _refusal(call, turn.seconds)
            if record.waited + turn.seconds > self._policy.max_wait:
                raise reason
        if turn.seconds > _SHORT and self._policy.on_wait is not None:
            wait = Wait(
                seconds=turn.seconds,
                reason=reason,
                failures=failures,
                waited=record.waited,
                limits=turn.limits,
                calls=self._waiting,
            )
            self._policy.on_wait(wait)
        await self._clock.sleep(turn.seconds)
        if reason is not None:
            record.waited += turn.seconds

    async def _ask(self, method: Callable[..., Awaitable[_T]], *arguments: Any) -> _T | None:
        """Call a method of the budget; return None where it fails, and while it is left alone because it did."""
        if self._clock.now() < self._resting_until:
            return None
        try:
            return await method(*arguments)
        except PodioError as error:
            # Calls go on without their count; but one that takes long to fail shall not take as long from each call.
            log.warning("failed: the call budget, so calls go out without it: %s", error)
            self._resting_until = self._clock.now() + REST
            return None


def _refusal(call: Call, seconds: float) -> RateLimited:
    """Return the refusal of a call that is not sent, in the words in which Podio refused another."""
    error = RateLimited(
        420,
        error="rate_limit",
        error_description=f"Please wait {math.ceil(seconds)} seconds before trying again",
        retry_after=seconds,
    )
    error.method, error.path = call.method, call.shown_path
    return error
