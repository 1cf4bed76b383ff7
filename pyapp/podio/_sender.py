"""What sends a client's calls: when its budget and as often as its policy has it, with a line in the log for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2

from podio._boundary import scrubbed, sealed_class
from podio._call import Call
from podio._call_log import CallRecord
from podio._clock import Clock
from podio._http_exchange import check_answer, client_closed, exchange
from podio._responses import read_response
from podio._retry_policy import Limits, RetryPolicy, limits_of
from podio.errors import APIError, ConnectionFailed, RateLimited

if TYPE_CHECKING:
    from podio._call_gate import CallGate
    from podio.call_budget import Turn


@sealed_class()
class Sender:
    """Sends calls through an HTTP client.

    Args:
        http: The HTTP client.
        policy: When a call is sent again.
        clock: What it waits by.
        gate: What patient calls pass before they are sent; None: they go at once.

    Attributes:
        limits: What the newest response says of the hourly limit; None where it says nothing, as in a page.
    """

    def __init__(
        self, http: httpx2.AsyncClient, *, policy: RetryPolicy, clock: Clock, gate: CallGate | None = None
    ) -> None:
        self.limits: Limits | None = None
        self._http = http
        self._policy = policy
        self._clock = clock
        self._gate = gate
        self._is_closed = False

    def close(self) -> None:
        """Refuse every further call."""
        self._is_closed = True

    async def value_of(self, call: Call, *, auth: httpx2.Auth | None = None) -> Any:
        """Send a call and return its response's JSON value; None for a response without one.

        Raises:
            PodioError: as `response_to` does.
        """
        return read_response(await self.response_to(call, auth=auth), method=call.method)

    async def response_to(
        self, call: Call, *, auth: httpx2.Auth | None = None, stream: bool = False
    ) -> httpx2.Response:
        """Send a call as often as the policy has it and return its response.

        Args:
            call: The call.
            auth: Puts the credentials on it; None: it has none.
            stream: Whether to leave the response's body unread.

        Raises:
            ConfigurationError: when the client was closed, or the call can't be sent as it is.
            APIError: for an error response; `RateLimited` also where another call got one and this one can't wait.
            InvalidResponse: for a response that is not Podio's.
            ConnectionFailed: when there is none.
        """
        if self._is_closed:
            raise client_closed()
        record = CallRecord(call, began=self._clock.now())
        try:
            response = await self._send_patiently(call, record, auth=auth, stream=stream)
        except BaseException as error:
            record.failed(error, now=self._clock.now())
            raise
        record.answered(response.status_code, response.headers, now=self._clock.now())
        return response

    async def _send_patiently(
        self, call: Call, record: CallRecord, *, auth: httpx2.Auth | None, stream: bool
    ) -> httpx2.Response:
        failures = 0
        gate = self._gate if call.patient and call.counts else None
        while True:
            turn = None if gate is None else await gate.enter(call, record, failures=failures)
            try:
                return await self._send_once(call, turn, auth=auth, stream=stream)
            except (APIError, ConnectionFailed) as error:
                failures += not isinstance(error, RateLimited)
                wait = None
                if call.patient and not call.one_shot:
                    wait = self._policy.wait_after(
                        scrubbed(error), repeatable=call.repeatable, failures=failures, waited=record.waited
                    )
                if gate is not None and isinstance(error, RateLimited):
                    await gate.refused(self._policy.until_allowed(error) if wait is None else wait.seconds)
                if wait is None:
                    raise
            if self._policy.on_wait is not None:
                self._policy.on_wait(wait)
            await self._clock.sleep(wait.seconds)
            record.retries += 1
            record.waited += wait.seconds

    async def _send_once(
        self, call: Call, turn: Turn | None, *, auth: httpx2.Auth | None, stream: bool
    ) -> httpx2.Response:
        request = call.request(self._http)
        response = await exchange(self._http, request, auth=auth, stream=stream, places=call.places)
        limits = limits_of(response.headers)
        self.limits = limits or self.limits
        if self._gate is not None and turn is not None and response.status_code not in RateLimited.statuses:
            try:
                await self._gate.answered(call, turn, limits)
            except BaseException:
                await response.aclose()  # nobody else will
                raise
        await check_answer(response)
        return response
