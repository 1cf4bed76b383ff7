"""Signing in and out on the command line."""

from __future__ import annotations

import asyncio
import sys
import webbrowser
from collections.abc import Awaitable, Mapping

from podio import NotAuthenticated, Podio, RedirectAnswer, SecondFactorRequired, Session
from podio._cli.account import Account, APIKey
from podio._cli.console import Console
from podio._cli.loopback import HOST, LoopbackListener

SECONDS = 300.0
"""How long a sign-in in the browser is waited for."""

_APP_TOKEN = "PODIO_APP_TOKEN"  # noqa: S105  the name of a variable


class Login:
    """Signs in, and ends the sign-in that was there before.

    Args:
        account: Keeps the sign-in.
        console: Where to say what to do, and to prompt.
        environment: The process's variables.
    """

    def __init__(self, account: Account, console: Console, environment: Mapping[str, str]) -> None:
        self._account = account
        self._console = console
        self._environment = environment

    async def by_browser(self, *, port: int, opens_browser: bool) -> None:
        """Sign in in the browser (the ``server`` flow).

        Raises:
            CommandError: when nobody did in time, or the port can't be used.
            PodioError: when Podio refuses.
        """
        key = self._account.key()
        async with LoopbackListener(port) as listener, self._account.client("server", key) as podio:
            self._console.note(f"The sign-in comes back to {listener.url}; the domain of your API key must be {HOST}.")
            self._console.note("Where it is another: python -m podio login --app APP_ID, or login --password.")
            request = podio.authorization_request(listener.url)
            self._console.note(f"\nSign in at this address:\n{request.url}\n")
            if opens_browser and _has_browser(self._environment):
                await asyncio.to_thread(webbrowser.open, request.url)

            async def accept(answer: RedirectAnswer) -> None:
                async with self._account.client("server", key, answer=answer) as answered:
                    await self._keep(key, answered, _accepted(answered))

            await listener.answer(request.state, accept, seconds=SECONDS)
        self._note_success()

    async def as_app(self, app_id: int) -> None:
        """Sign in as an app, by its token.

        Raises:
            CommandError: without a token.
            PodioError: when Podio refuses.
        """
        key = self._account.key()
        token = self._environment.get(_APP_TOKEN, "").strip() or self._console.prompt(
            f"Token of the app {app_id}", otherwise=f"Set {_APP_TOKEN}; the app's developer page has it.", secret=True
        )
        async with self._account.client("app", key) as podio:
            await self._keep(key, podio, podio.authenticate_with_app(app_id, token.strip()))
        self._note_success()

    async def by_password(self) -> None:
        """Sign in with a user name and a password, and the code of a second factor where the account has one.

        Raises:
            CommandError: without a terminal to type them at.
            PodioError: when Podio refuses.
        """
        terminal = "Run this in a terminal."
        key = self._account.key()
        username = self._console.prompt("E-mail address", otherwise=terminal).strip()
        password = self._console.prompt("Password", otherwise=terminal, secret=True)
        async with self._account.client("password", key) as podio:

            async def sign_in() -> Session:
                try:
                    return await podio.authenticate_with_credentials(username, password)
                except SecondFactorRequired as required:
                    code = self._console.prompt("Code of the second factor", otherwise=terminal, secret=True).strip()
                    return await podio.verify_second_factor(required.nonce, otp=code)

            await self._keep(key, podio, sign_in())
        self._note_success()

    async def log_out(self) -> None:
        """End the sign-in, here and at Podio.

        Raises:
            PodioError: when the file can't be changed.
        """
        owners = list(await self._account.sessions())
        for owner in owners:
            key = self._account.key(owner.client_id)
            async with self._account.client(owner.auth_type, key, app_id=owner.app_id) as podio:
                await podio.is_authenticated()
                if warning := await podio.sign_out():
                    self._console.note(warning)
        self._console.note("You are signed out." if owners else "You were not signed in.")

    async def _keep(self, key: APIKey, podio: Podio, sign_in: Awaitable[Session]) -> None:
        """Sign in, then end what the key was signed in as before."""
        before = await self._account.sessions()
        session = await sign_in
        if podio.storage_error is not None:
            raise podio.storage_error
        for owner, earlier in before.items():
            if owner.client_id != key.client_id or earlier.session_id == session.session_id:
                continue
            if owner != session.owner:
                await self._account.store.remove(owner)
            await self._account.revoke(owner, earlier, key)

    def _note_success(self) -> None:
        self._console.note(f"You are signed in; {self._account.store.path} keeps it until: python -m podio logout")


async def _accepted(podio: Podio) -> Session:
    """Return the session of the answer that the client was made with."""
    await podio.is_authenticated()
    if (error := podio.get_auth_error()) is not None:
        raise error
    if podio.session is None:
        raise NotAuthenticated("The answer signed nobody in. Try again.")
    return podio.session


def _has_browser(environment: Mapping[str, str]) -> bool:
    """Return whether a window can open; a browser in the terminal would take the terminal away from the command."""
    return sys.platform in {"win32", "darwin"} or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
