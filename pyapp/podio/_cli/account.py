"""Whose calls a command makes: the API key, the file that keeps the sign-in, and clients of both."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, get_args

from podio import MemoryStore, Podio, RedirectAnswer, RetryPolicy, Session, SessionStore, Wait
from podio._cli.console import CommandError, Console
from podio.file_lock import in_home
from podio.file_store import FileStore
from podio.session_owner import AuthType, SessionOwner, owner_at

_ID, _SECRET = "PODIO_CLIENT_ID", "PODIO_CLIENT_SECRET"
_KEYS = "A key's id and secret come from https://podio.com/settings/api."


class Addresses(TypedDict):
    """The addresses of a Podio."""

    api_url: str
    authorize_url: str
    token_url: str


PODIO: Addresses = {
    "api_url": "https://api.podio.com",
    "authorize_url": "https://podio.com/oauth/authorize",
    "token_url": "https://api.podio.com/oauth/token",
}


def addresses_of(url: str | None) -> Addresses:
    """Return the addresses of Podio, or of an emulator at `url`."""
    if url is None:
        return PODIO
    url = url.rstrip("/")
    return {"api_url": url, "authorize_url": f"{url}/oauth/authorize", "token_url": f"{url}/oauth/token"}


def session_file(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return where the sign-in is kept: in the user's own folder for settings.

    On Linux as the XDG Base Directory Specification has it, where a relative ``$XDG_CONFIG_HOME`` doesn't count.
    """
    if platform == "win32":
        folder = environment.get("APPDATA") or in_home("~/AppData/Roaming")
    elif platform == "darwin":
        folder = in_home("~/Library/Application Support")
    else:
        named = Path(environment.get("XDG_CONFIG_HOME", ""))
        folder = named if named.is_absolute() else in_home("~/.config")
    return Path(folder, "podio", "session.json")


@dataclass(frozen=True, kw_only=True, slots=True)
class APIKey:
    """The key that a program is known by at Podio."""

    client_id: str
    secret: str = field(repr=False)


class Account:
    """The sign-in that the commands of one user share.

    Args:
        addresses: Podio's.
        console: Where to prompt for what is missing.
        environment: The process's variables.
    """

    def __init__(self, addresses: Addresses, console: Console, environment: Mapping[str, str]) -> None:
        self._addresses = addresses
        self._console = console
        self._environment = environment
        self.store = FileStore(session_file(environment))

    def client(
        self,
        auth_type: AuthType,
        key: APIKey,
        *,
        app_id: str | None = None,
        answer: RedirectAnswer | None = None,
        store: SessionStore | None = None,
    ) -> Podio:
        """Return a client for a flow, whose session lies in the file unless `store` says otherwise."""
        return Podio(
            auth_type,
            client_id=key.client_id,
            client_secret=key.secret,
            app_id=app_id,
            session_store=self.store if store is None else store,
            redirect_answer=answer,
            retry_policy=RetryPolicy(on_wait=self._note_wait),
            **self._addresses,
        )

    def key(self, client_id: str | None = None) -> APIKey:
        """Return the API key: of the environment, else what the user types; `client_id` is that of a sign-in.

        Raises:
            CommandError: without either.
        """
        client_id = self._environment.get(_ID, "").strip() or client_id
        if not client_id:
            client_id = self._console.prompt("Client id of your API key", otherwise=f"Set {_ID}. {_KEYS}").strip()
        secret = self._environment.get(_SECRET, "").strip() or self._console.prompt(
            f"Secret of the API key {client_id}", otherwise=f"Set {_SECRET}. {_KEYS}", secret=True
        )
        return APIKey(client_id=client_id, secret=secret.strip())

    async def sessions(self) -> dict[SessionOwner, Session]:
        """Return the file's sessions at these addresses, of the environment's key where it names one, by their owner.

        Raises:
            StorageError: when the file can't be read.
        """
        client_id = self._environment.get(_ID, "").strip()
        sessions: dict[SessionOwner, Session] = {}
        for auth_type in get_args(AuthType):
            for session in await self.store.sessions(auth_type):
                if session.owner is None:
                    continue
                name = client_id or session.owner.client_id
                pattern = owner_at(self._addresses["api_url"], self._addresses["token_url"], name, auth_type)
                if session.owner.fits(pattern):
                    sessions[session.owner] = session
        return sessions

    async def signed_in(self) -> Podio:
        """Return a client with the session of the file.

        Raises:
            CommandError: without one, or when it isn't clear which.
            StorageError: when the file can't be read.
        """
        owners = list(await self.sessions())
        if not owners:
            raise CommandError("You are not signed in. Sign in first: python -m podio login")
        if len(owners) > 1:
            names = ", ".join(sorted({owner.client_id for owner in owners}))
            raise CommandError(
                f"Several API keys are signed in ({names}). Name one in {_ID}, or log out: python -m podio logout"
            )
        owner = owners[0]
        podio = self.client(owner.auth_type, self.key(owner.client_id), app_id=owner.app_id)
        await podio.is_authenticated()
        return podio

    async def revoke(self, owner: SessionOwner, session: Session, key: APIKey) -> None:
        """End a sign-in at Podio that the file no longer holds."""
        memory = MemoryStore()
        memory.set(session, owner.auth_type)
        async with self.client(owner.auth_type, key, app_id=owner.app_id, store=memory) as podio:
            if warning := await podio.sign_out():
                self._console.note(warning)

    def _note_wait(self, wait: Wait) -> None:
        reason = wait.reason or "most of the calls that Podio allows in an hour are used."
        self._console.note(f"Waiting {wait.seconds:.0f} seconds: {reason}")
