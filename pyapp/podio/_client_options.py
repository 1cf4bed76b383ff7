"""The options of a client that are values of their own, and whether all of them fit together."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast, get_args

from podio._authentication import AuthorizationScheme
from podio._retry_policy import NO_RETRIES, RetryPolicy
from podio.authorization import AuthorizationRequest, ResponseType
from podio.errors import ConfigurationError
from podio.renewal import RenewalDialog
from podio.session_owner import AuthType

_FLOWS = (
    "'client' (a page), 'server' (a site), 'password' (your own account), 'app' (one app), "
    "'client_credentials' (the API key itself)"
)
_DIALOG_METHODS = ("bind", "checking", "another_user", "finished")


@dataclass(frozen=True, kw_only=True, slots=True)
class FileHosts:
    """Where files may come from besides the API's own host.

    Attributes:
        with_token: Hosts that see the token when a file's link leads to them.
        allowed: The only hosts besides these that a file's content may come from, also by a redirect; one that is
            named may be in a private network. None: any public host. In a page the site's policy decides.
    """

    with_token: Collection[str] = ("files.podio.com",)
    allowed: Collection[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderProfile:
    """What differs between providers and no standard settles.

    Attributes:
        authorization_scheme: The scheme of the Authorization header: ``Bearer``, or Podio's own ``OAuth2``.
        redirect_nonce: Whether the nonce travels in the redirect URI's query, too; needed for Podio's token flow, of
            which nobody knows whether it echoes ``state``. False for a provider that echoes it, as all must.

    Raises:
        ConfigurationError: for an unknown scheme.
    """

    authorization_scheme: AuthorizationScheme = "Bearer"
    redirect_nonce: bool = True

    def __post_init__(self) -> None:
        if self.authorization_scheme not in get_args(AuthorizationScheme):
            raise ConfigurationError(
                f"authorization_scheme must be Bearer or OAuth2, not {self.authorization_scheme!r}."
            )


PODIO = ProviderProfile()
"""Podio itself."""


def check_options(
    auth_type: str,
    client_id: str,
    response_type: str | None,
    app_id: int | str | None,
    username: str | None,
) -> None:
    """Refuse options that are wrong or don't go together.

    Raises:
        ConfigurationError: which names the option.
    """
    if auth_type not in get_args(AuthType):
        raise ConfigurationError(f"auth_type must be one of these flows: {_FLOWS}. It is {auth_type!r}.")
    if not isinstance(client_id, str) or not client_id or not _is_text(client_id):
        raise ConfigurationError(
            "client_id is missing: Podio(auth_type=…, client_id=…). An API key comes from "
            f"https://podio.com/settings/api; auth_type is one of these flows: {_FLOWS}."
        )
    if response_type not in (None, *get_args(ResponseType)):
        raise ConfigurationError(f"response_type must be token or code, not {response_type!r}.")
    if response_type == "token" and auth_type != "client":
        raise ConfigurationError(f"response_type must be code or left out for the {auth_type} flow, not 'token'.")
    if app_id is not None and auth_type != "app":
        raise ConfigurationError(f"app_id goes with the app flow, not with {auth_type!r}: leave it out.")
    if username is not None and auth_type != "password":
        raise ConfigurationError(f"username goes with the password flow, not with {auth_type!r}: leave it out.")
    if app_id is not None and not str(app_id).strip():
        raise ConfigurationError("app_id is empty: name the app by its id, or leave it out.")
    if username is not None and (not isinstance(username, str) or not username.strip()):
        raise ConfigurationError("username is empty or no text: name the user as at sign-in, or leave it out.")


def dialog_of(hook: object) -> RenewalDialog | None:
    """Return the dialog of an ``on_token_will_refresh`` hook, or None for a hook that has none.

    Raises:
        ConfigurationError: for half a dialog, which would fail in the middle of a renewal: one without all methods, or
            a hook with methods of one but without the attribute `dialog` that says so.
    """
    dialog: Any = getattr(hook, "dialog", None)
    if dialog is None:
        if hasattr(hook, "another_user"):
            raise ConfigurationError(
                "The on_token_will_refresh hook has a dialog's another_user, but no attribute dialog that says so."
            )
        return None
    missing = [name for name in _DIALOG_METHODS if not callable(getattr(dialog, name, None))]
    if missing:
        raise ConfigurationError(f"The dialog of the on_token_will_refresh hook has no {' and no '.join(missing)}.")
    return cast("RenewalDialog", dialog)


def policy_of(policy: RetryPolicy | None, *, has_budget: bool) -> RetryPolicy:
    """Return the retry policy of a client that may have been given none.

    Args:
        policy: The policy that it was given.
        has_budget: Whether it was given a call budget, for which its calls may wait.
    """
    if policy is not None:
        return policy
    return RetryPolicy(attempts=1) if has_budget else NO_RETRIES


def _is_text(value: str) -> bool:
    """Return whether a text can be sent: half of a surrogate pair can't."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def check_secret(auth_type: AuthType, client_secret: str | None, *, allow_in_page: bool) -> None:
    """Refuse a client secret that is missing, or that has no place here.

    Raises:
        ConfigurationError: which says what to do.
    """
    if auth_type == "client":
        if client_secret is not None:
            raise ConfigurationError(
                "client_secret has no place in the client flow, which runs in pages and is taken where auth_type is "
                f"left out: leave the secret out, or name its flow. The flows: {_FLOWS}."
            )
        return
    if client_secret is None:
        raise ConfigurationError(f"client_secret is missing: the {auth_type} flow needs it.")
    if not isinstance(client_secret, str) or not client_secret or not _is_text(client_secret):
        raise ConfigurationError("client_secret must be the API key's secret, not an empty text or another type.")
    if sys.platform == "emscripten" and not allow_in_page:
        raise ConfigurationError("client_secret must not be in a page, where everybody can read it: leave it out.")


def check_answer_is_checked(
    state: str | None, request: AuthorizationRequest | None, *, unchecked: bool, store_keeps_requests: bool
) -> None:
    """Refuse a code that nothing is there to check by, unless the caller says that it is not to be checked.

    Raises:
        ConfigurationError: which says what is missing.
    """
    if unchecked:
        if state is not None or request is not None:
            raise ConfigurationError("unchecked=True goes with neither state nor request: leave it out to check them.")
    elif request is None and not state:
        raise ConfigurationError(
            "get_access_token needs the answer's state, and the visitor's request unless the store keeps it. "
            "unchecked=True takes a code that nobody can be shown to have requested."
        )
    elif request is None and not store_keeps_requests:
        raise ConfigurationError("The session store keeps no authorization requests: hand the visitor's over.")
