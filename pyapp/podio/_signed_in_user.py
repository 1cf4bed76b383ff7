"""Whose a token is, by ``GET /user/status``: looked up for each, so that a renewal by somebody else is noticed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Protocol

from podio._authentication import AuthorizationScheme, Renewing, SessionAuth, TokenAuth
from podio._back_off import BackOff
from podio._boundary import sealed_class
from podio._call import Call
from podio._clock import Clock
from podio._endpoints import endpoint
from podio._sender import Sender
from podio.errors import (
    APIError,
    ConnectionFailed,
    Forbidden,
    InvalidResponse,
    NotFound,
    RenewalError,
    ServerError,
)
from podio.renewal import SignedInUser
from podio.session import Session
from podio.token import Token

USER_STATUS = "/user/status"

_TIMEOUT = 20.0
_TRIES = 4
_BACK_OFF = BackOff(first=1.0, longest=8.0)


class SessionHolder(Renewing, Protocol):
    """What holds the session in use: `podio._client_session.ClientSession`."""

    async def load(self) -> Session | None:
        """Return the session in use or the stored one."""
        ...

    async def identified(self, user: SignedInUser) -> None:
        """Note whose session it is."""
        ...


def user_of(status: Any) -> SignedInUser | None:
    """Return the user of a response to ``GET /user/status``, whatever its shape."""
    user = status.get("user") if isinstance(status, dict) else None
    profile = status.get("profile") if isinstance(status, dict) else None
    user_id = user.get("user_id") if isinstance(user, dict) else None
    name = profile.get("name") if isinstance(profile, dict) else None
    if not isinstance(user_id, int) or isinstance(user_id, bool):
        return None
    return SignedInUser(user_id=user_id, name=name if isinstance(name, str) else "")


@sealed_class()
class UserLookup:
    """Looks up whose a token is.

    Args:
        sender: Sends the calls.
        api_url: Podio's API.
        scheme: The scheme of the Authorization header.
        clock: What pauses are waited by.
    """

    def __init__(self, sender: Sender, *, api_url: str, scheme: AuthorizationScheme, clock: Clock) -> None:
        self._sender = sender
        self._call = Call(
            method="GET", address=endpoint(api_url, USER_STATUS), timeout=_TIMEOUT, repeatable=True, patient=False
        )
        self._scheme: AuthorizationScheme = scheme
        self._clock = clock

    async def user_of(self, token: Token) -> SignedInUser | None:
        """Return whose a new token is, patiently: the user has just signed in and shall not have to do it again.

        Returns:
            The user; None where the token's scope hides who it is.

        Raises:
            RenewalError: when it could not be looked up.
        """
        for failures in range(1, _TRIES + 1):
            try:
                return user_of(await self._sender.value_of(self._call, auth=TokenAuth(token, self._scheme)))
            except (Forbidden, NotFound):
                return None
            except (ConnectionFailed, ServerError, InvalidResponse) as error:
                if failures == _TRIES:
                    raise RenewalError(
                        f"You are signed in again, but who you are could not be checked: {error} Then try again."
                    ) from error
            except APIError as error:
                raise RenewalError(f"Podio does not accept the new sign-in: {error}") from error
            await self._clock.sleep(_BACK_OFF.pause(failures))
        raise AssertionError("unreachable")


@sealed_class()
class FirstLookup:
    """Learns who signed in before a session's first call, once for all calls that begin together.

    A call of ``GET /user/status`` itself is that look-up, too: a page that begins with it makes it once.

    Args:
        sender: Sends the call.
        session: Holds the session.
        api_url: Podio's API.
        scheme: The scheme of the Authorization header.
    """

    def __init__(self, sender: Sender, session: SessionHolder, *, api_url: str, scheme: AuthorizationScheme) -> None:
        self._sender = sender
        self._session = session
        self._call = Call(method="GET", address=endpoint(api_url, USER_STATUS), repeatable=True)
        self._scheme: AuthorizationScheme = scheme
        self._running: asyncio.Task[Any] | None = None
        self._running_for = ""
        self._unidentifiable: str | None = None

    async def done(self) -> None:
        """Return when it is known whose the session is, or known that it can't be learned."""
        session = await self._session.load()
        if session is None or session.user_id is not None or self._unidentifiable == session.session_id:
            return
        # The call itself will meet the same trouble and raise it; the next one looks again.
        with contextlib.suppress(APIError, ConnectionFailed, InvalidResponse):
            await self._looked_up(session)

    async def status(self) -> Any:
        """Return what ``GET /user/status`` answers: by the look-up that runs, or that others wait for from now on.

        Raises:
            PodioError: as a call does.
        """
        session = await self._session.load()
        runs_for_another = session is not None and self._running is not None and self._running_for != session.session_id
        if session is None or session.user_id is not None or runs_for_another:
            return await self._read()
        return await self._looked_up(session)

    async def _looked_up(self, session: Session) -> Any:
        if self._running is None:
            self._running_for = session.session_id
            self._running = asyncio.ensure_future(self._look_up(session))
            self._running.add_done_callback(self._ended)
        running = self._running
        # Waited for, not awaited: a call that is cancelled meanwhile must not take the others' look-up with it.
        await asyncio.wait({running})
        return None if running.cancelled() else running.result()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running = None
        if not task.cancelled():
            task.exception()

    async def _look_up(self, session: Session) -> Any:
        try:
            return await self._read()
        except (Forbidden, NotFound):
            # The scope is narrower than the user: there is nothing to compare later on.
            self._unidentifiable = session.session_id
            raise

    async def _read(self) -> Any:
        status = await self._sender.value_of(self._call, auth=SessionAuth(self._session, self._scheme))
        if (user := user_of(status)) is not None:
            await self._session.identified(user)
        return status
