"""A session's next token: where it comes from, whose it is, and what to do when it is somebody else's.

Performs no I/O of its own: the renewal and the look-up of the person come in as arguments.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from podio.errors import PersonChanged
from podio.renewal import Person, PersonDecision, RenewalDialog
from podio.session import Session
from podio.token import Token

log = logging.getLogger("podio.auth")


class NextToken:
    """Gets new tokens for a session.

    Args:
        clock: Seconds since 1970.
        renew_token: Gets a new token for a session; raises `RenewalError` and its kin.
        identify: Looks up whose a token is, or None where Podio does not tell (a narrow scope). Left out for flows
            whose renewal can't change the person.
        dialog: The hook's `RenewalDialog`, where it has one.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        renew_token: Callable[[Session], Awaitable[Token]],
        identify: Callable[[Token], Awaitable[Person | None]] | None,
        dialog: RenewalDialog | None,
    ) -> None:
        self.person: Person | None = None
        self._clock = clock
        self._renew_token = renew_token
        self._identify = identify
        self._dialog = dialog
        self._unconfirmed: Token | None = None

    @property
    def may_be_others(self) -> bool:
        """Whether a new token may be another person's, so that it has to be looked up."""
        return self._identify is not None

    async def get(self, session: Session) -> Token:
        """Return a new token: the one whose check did not get through last time, if it lives, else one asked for."""
        if self._unconfirmed is None or self._unconfirmed.is_expired(self._clock()):
            self._unconfirmed = await self._renew_token(session)
        return self._unconfirmed

    def used(self) -> None:
        """Let the token that `get` returned not be returned again."""
        self._unconfirmed = None

    def forget(self) -> None:
        """Forget the token that was not confirmed, and who is signed in: another session begins, or none."""
        self.person = self._unconfirmed = None

    async def whose(self, token: Token) -> Person | None:
        """Look up whose a token is; None where nobody tells, or it can't be another's."""
        if self._identify is None:
            return None
        if self._dialog is not None:
            self._dialog.checking()
        return await self._identify(token)

    async def decide(self, session: Session, other: Person) -> PersonDecision:
        """Return what the person decides when somebody else signed in.

        Raises:
            PersonChanged: where there is no dialog to ask in.
        """
        log.warning("another person signed in; nothing was resent")
        if self._dialog is None:
            raise PersonChanged(
                f"{other.name or 'Somebody else'} signed in instead. Sign in again as yourself.",
                expected_id=session.person_id,
                actual_id=other.person_id,
            )
        return await self._dialog.another_person(self.person, other)


async def call_after(after_token_refreshed: Callable[[Session], Any] | None, session: Session) -> None:
    """Call the app's hook for a renewed session; one that fails is reported and keeps nobody from the new token."""
    if after_token_refreshed is None:
        return
    try:
        told = after_token_refreshed(session)
        if inspect.isawaitable(told):
            await told
    except Exception as error:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "after_token_refreshed failed", "exception": error}
        )
