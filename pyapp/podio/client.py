"""The client: wires its parts to an HTTP client and shows what they do under one name each.

A part decides one thing and can be made and tested alone; docs/architecture.md lists them.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, cast

import httpx2

from podio._authorizations import AuthorizationEndpoint, Authorizations
from podio._boundary import sealed_class
from podio._calls import Calls
from podio._client_options import (
    PODIO,
    FileHosts,
    ProviderProfile,
    check_options,
    check_secret,
    dialog_of,
    policy_of,
)
from podio._client_session import ClientSession
from podio._clock import SYSTEM_CLOCK, Clock
from podio._current_session import CurrentSession, Revocation
from podio._delegation import FOR_PROGRAMS_ALONE, NOT_IN_THIS_PAGE, PartForPrograms, delegated
from podio._endpoints import check_base, check_endpoint
from podio._event_loop import EventLoopGuard
from podio._file_addresses import places_of
from podio._paging import Paging
from podio._push import Pushes
from podio._redirect_sign_in import RedirectSignIn
from podio._retry_policy import Limits, RetryPolicy
from podio._sender import Sender
from podio._session_records import SessionRecords
from podio._signed_in_user import FirstLookup, UserLookup
from podio._token_endpoint import TokenEndpoint
from podio._token_renewal import TokenRenewal
from podio._transfers import Transfers
from podio.areas import Areas
from podio.authorization import RedirectAnswer, ResponseType
from podio.errors import StorageError
from podio.renewal import OnTokenWillRefresh
from podio.session import AuthType, MemoryStore, Session, SessionStore
from podio.session_owner import owner_at

if TYPE_CHECKING:
    from podio._call_gate import CallGate
    from podio._direct_sign_in import DirectSignIn
    from podio._objects._part import Objects
    from podio.call_budget import CallBudget
else:
    CallGate = PartForPrograms("podio._call_gate", "CallGate", why_not=NOT_IN_THIS_PAGE)
    DirectSignIn = PartForPrograms("podio._direct_sign_in", "DirectSignIn", why_not=FOR_PROGRAMS_ALONE)
    Objects = PartForPrograms("podio._objects._part", "Objects", why_not=NOT_IN_THIS_PAGE)

DEFAULT_TIMEOUT = httpx2.Timeout(60.0, connect=15.0)
"""Seconds: Podio may take long to answer a filter over many items; waiting for a renewal does not count."""


@sealed_class(before=lambda client: client._event_loop.check())
class Podio(Areas):
    """A client of Podio's API.

    Args:
        auth_type: The flow: ``client`` (a page's), ``server``, ``password``, ``app``, ``client_credentials``.
        client_id: The API key's id, from https://podio.com/settings/api.
        client_secret: Its secret; needed by every flow but ``client``, refused by that one, and refused in a page.
        session_store: Keeps the session and the pending authorization requests; in memory if left out.
        app_id: Whose session of the store to use in the ``app`` flow. Left out: the only one that fits.
        username: The same in the ``password`` flow.
        redirect_answer: What the provider's redirect brought, as the page's first script took it out of the address
            (or the whole address).
        on_token_will_refresh: Called when a new token is needed that only the user can bring (the ``client`` flow):
            returns the answer of a new sign-in, as `podio.browser.PopupSignIn` does. Left out: the waiting calls fail.
        after_token_refreshed: Called with the session after each renewal; may be async.
        scope: Podio's scopes, space-separated (``space_42:read``); None: all that the user may do.
        response_type: ``token`` (the ``client`` flow's default at Podio) or ``code`` (with PKCE).
        api_url: Podio's API.
        authorize_url: The authorization endpoint. Used as it is, with its trailing slash and its query, as are:
        token_url: The token endpoint. One whose path ends in ``/v2`` gets JSON, as Podio's ``/oauth/token/v2`` wants
            it; any other a form (RFC 6749, section 3.2).
        push_url: Podio's push service.
        http_client: The `httpx2.AsyncClient` to use; its authentication and redirect settings are not.
        provider: How a provider other than Podio does what the OAuth standards leave open.
        retry_policy: How patient calls are with Podio's limits and failures (`podio.RetryPolicy`). Left out, nothing
            is tried again: each error is raised at once, for the caller to show or to fix; with a `call_budget` calls
            wait for Podio's limits as long as a `RetryPolicy` has it, and for nothing else.
        call_budget: By what calls keep to Podio's hourly limits together (`podio.call_budget`): for all that share it.
            Left out: a client with a retry policy has one of its own.
        file_hosts: Which hosts a file's content may come from, and which of them may see the token.
        allow_secret_in_page: For tests alone: take a client secret although this runs in a page, where everybody who
            opens it can read the secret.
        clock: What sessions expire by, and what is waited by.

    Raises:
        ConfigurationError: for a wrong or missing option, which the message names.
    """

    def __init__(
        self,
        auth_type: AuthType = "client",
        *,
        client_id: str = "",
        client_secret: str | None = None,
        session_store: SessionStore | None = None,
        app_id: int | str | None = None,
        username: str | None = None,
        redirect_answer: RedirectAnswer | str | None = None,
        on_token_will_refresh: OnTokenWillRefresh | None = None,
        after_token_refreshed: Callable[[Session], Any] | None = None,
        scope: str | None = None,
        response_type: ResponseType | None = None,
        api_url: str = "https://api.podio.com",
        authorize_url: str = "https://podio.com/oauth/authorize",
        token_url: str = "https://api.podio.com/oauth/token",  # noqa: S107  an address, not a secret
        push_url: str = "https://push.podio.com/faye",
        http_client: httpx2.AsyncClient | None = None,
        provider: ProviderProfile = PODIO,
        retry_policy: RetryPolicy | None = None,
        call_budget: CallBudget | None = None,
        file_hosts: FileHosts | None = None,
        allow_secret_in_page: bool = False,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        check_options(auth_type, client_id, response_type, app_id, username)
        check_secret(auth_type, client_secret, allow_in_page=allow_secret_in_page)
        self.auth_type: AuthType = auth_type
        self.client_id = client_id
        self.scope = scope
        self.api_url = check_base("api_url", api_url)
        self.authorize_url = check_endpoint("authorize_url", authorize_url)
        self.token_url = check_endpoint("token_url", token_url)
        self.push_url = check_endpoint("push_url", push_url)
        self._clock = clock
        self._event_loop = EventLoopGuard()
        self._owns_http = http_client is None
        self._http = http_client or httpx2.AsyncClient(transport=_default_transport(), timeout=DEFAULT_TIMEOUT)
        self._sender = self._make_sender(policy_of(retry_policy, has_budget=call_budget is not None), call_budget)
        self._wire_session(
            client_secret,
            SessionRecords(session_store if session_store is not None else MemoryStore(), auth_type),
            app_id=app_id,
            username=username,
            answer=redirect_answer,
            hook=on_token_will_refresh,
            after_token_refreshed=after_token_refreshed,
            response_type=response_type or ("token" if auth_type == "client" else "code"),
            provider=provider,
        )
        api_key = None if client_secret is None else httpx2.BasicAuth(client_id, client_secret)
        self._wire_calls(api_key, provider=provider, hosts=file_hosts or FileHosts())

    def _make_sender(self, policy: RetryPolicy, budget: CallBudget | None) -> Sender:
        gate = None
        if budget is not None or policy.max_wait > 0:  # else nothing may wait, and nothing needs to be counted
            gate = CallGate(budget, policy=policy, clock=self._clock)
        return Sender(self._http, policy=policy, clock=self._clock, gate=gate)

    def _wire_session(
        self,
        client_secret: str | None,
        store: SessionRecords,
        *,
        app_id: int | str | None,
        username: str | None,
        answer: RedirectAnswer | str | None,
        hook: OnTokenWillRefresh | None,
        after_token_refreshed: Callable[[Session], Any] | None,
        response_type: ResponseType,
        provider: ProviderProfile,
    ) -> None:
        auth_type, client_id, scheme = self.auth_type, self.client_id, provider.authorization_scheme
        clock = self._clock
        token_endpoint = TokenEndpoint(
            self._sender,
            url=self.token_url,
            api_url=self.api_url,
            auth_type=auth_type,
            client_id=client_id,
            client_secret=client_secret,
            clock=clock,
        )
        endpoint = self._authorization_endpoint(response_type, provider)
        authorizations = Authorizations(endpoint, store=store, token_endpoint=token_endpoint, clock=clock)
        renewal = TokenRenewal(auth_type, token_endpoint=token_endpoint, authorizations=authorizations, hook=hook)
        owner = owner_at(self.api_url, self.token_url, client_id, auth_type)
        lookup = UserLookup(self._sender, api_url=self.api_url, scheme=scheme, clock=clock)
        dialog = dialog_of(hook)
        self._client_session = ClientSession(
            store=store,
            owner=owner.named(app_id=app_id, username=username),
            clock=clock.now,
            renew_token=renewal.token,
            identify=lookup.user_of if auth_type == "client" else None,
            dialog=dialog,
            after_token_refreshed=after_token_refreshed,
        )
        revocation = Revocation(
            self._sender, api_url=self.api_url, auth_type=auth_type, scheme=scheme, renewal=renewal, clock=clock
        )
        self._session = CurrentSession(
            self._client_session, authorizations=authorizations, revocation=revocation, clock=clock
        )
        if dialog is not None:
            dialog.bind(self._session)
        self._redirect_sign_in = RedirectSignIn(
            self._client_session, authorizations=authorizations, token_endpoint=token_endpoint, answer=answer
        )
        self._token_endpoint, self._owner = token_endpoint, owner

    def _authorization_endpoint(self, response_type: ResponseType, provider: ProviderProfile) -> AuthorizationEndpoint:
        return AuthorizationEndpoint(
            url=self.authorize_url,
            auth_type=self.auth_type,
            client_id=self.client_id,
            response_type=response_type,
            scope=self.scope,
            redirect_nonce=provider.redirect_nonce and response_type == "token",
        )

    def _wire_calls(self, api_key: httpx2.Auth | None, *, provider: ProviderProfile, hosts: FileHosts) -> None:
        scheme = provider.authorization_scheme
        first_lookup = None
        if self.auth_type == "client":
            first_lookup = FirstLookup(self._sender, self._client_session, api_url=self.api_url, scheme=scheme)
        self._calls = Calls(
            self._sender,
            self._client_session,
            first_lookup=first_lookup,
            api_url=self.api_url,
            scheme=scheme,
            api_key=api_key,
        )
        places = places_of(self.api_url, hosts.with_token, hosts.allowed)
        self._transfers = Transfers(self._calls, places=places)
        self._paging = Paging(self)
        self._pushes = Pushes(self._calls, push_url=self.push_url, clock=self._clock)

    @cached_property
    def _direct_sign_in(self) -> DirectSignIn:
        return DirectSignIn(
            self._client_session, token_endpoint=self._token_endpoint, owner=self._owner, clock=self._clock
        )

    @cached_property
    def _objects(self) -> Objects:
        return Objects(self)

    def __repr__(self) -> str:
        return f"<Podio {self.auth_type} {self.client_id!r} at {self.api_url}>"

    # The session

    @property
    def session(self) -> Session | None:
        """The session in use, once `is_authenticated` has looked for one."""
        return self._session.session

    @property
    def storage_error(self) -> StorageError | None:
        """Why the session could not be kept (it then lives until the next reload), or None."""
        return self._session.storage_error

    @property
    def on_session_change(self) -> Callable[[Session | None], None] | None:
        """Called when the session changes without this client's doing: renewed or (None) ended in another tab."""
        return self._session.on_change

    @on_session_change.setter
    def on_session_change(self, callback: Callable[[Session | None], None] | None) -> None:
        self._session.on_change = callback

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        return self._session.is_renewing

    seconds_left = delegated("_session", CurrentSession.seconds_left)
    watch_expiry = delegated("_session", CurrentSession.watch_expiry)
    refresh_auth_from_store = delegated("_session", CurrentSession.refresh_auth_from_store)
    renew = delegated("_session", CurrentSession.renew)
    renewal_request = delegated("_session", CurrentSession.renewal_request)
    sign_out = delegated("_session", CurrentSession.sign_out)
    set_access_token = delegated("_session", CurrentSession.set_access_token)

    # Signing in by a redirect

    @property
    def app_state(self) -> Any:
        """What the app kept with the request whose answer came back (well or not), or None."""
        return self._redirect_sign_in.app_state

    is_authenticated = delegated("_redirect_sign_in", RedirectSignIn.is_authenticated)
    has_auth_error = delegated("_redirect_sign_in", RedirectSignIn.has_auth_error)
    get_auth_error = delegated("_redirect_sign_in", RedirectSignIn.get_auth_error)
    authorization_request = delegated("_redirect_sign_in", RedirectSignIn.authorization_request)
    get_authorization_url = delegated("_redirect_sign_in", RedirectSignIn.get_authorization_url)
    get_access_token = delegated("_redirect_sign_in", RedirectSignIn.get_access_token)

    # Signing in directly

    authenticate_with_credentials = delegated("_direct_sign_in", DirectSignIn.authenticate_with_credentials)
    authenticate_with_activation_code = delegated("_direct_sign_in", DirectSignIn.authenticate_with_activation_code)
    authenticate_with_transfer_token = delegated("_direct_sign_in", DirectSignIn.authenticate_with_transfer_token)
    authenticate_with_app = delegated("_direct_sign_in", DirectSignIn.authenticate_with_app)
    authenticate_with_client_credentials = delegated(
        "_direct_sign_in", DirectSignIn.authenticate_with_client_credentials
    )
    verify_second_factor = delegated("_direct_sign_in", DirectSignIn.verify_second_factor)

    # Calls

    @property
    def limits(self) -> Limits | None:
        """What Podio's newest response says of the hourly limit; None where it says nothing, as in a page."""
        return self._calls.limits

    request = delegated("_calls", Calls.request)
    request_bytes = delegated("_calls", Calls.request_bytes)
    request_form = delegated("_calls", Calls.request_form)
    request_upload = delegated("_transfers", Transfers.request_upload)
    send = delegated("_calls", Calls.send)
    stream_call = delegated("_calls", Calls.stream_call)
    iterate_items = delegated("_paging", Paging.iterate_items)
    push = delegated("_pushes", Pushes.push)

    # Objects

    app = delegated("_objects", Objects.app)
    iterate_comments = delegated("_objects", Objects.iterate_comments)
    iterate_conversations = delegated("_objects", Objects.iterate_conversations)
    iterate_search = delegated("_objects", Objects.iterate_search)
    iterate_stream = delegated("_objects", Objects.iterate_stream)
    iterate_tasks = delegated("_objects", Objects.iterate_tasks)

    # Files

    upload_file = delegated("_transfers", Transfers.upload_file)
    download_file = delegated("_transfers", Transfers.download_file)
    stream_file = delegated("_transfers", Transfers.stream_file)
    download_thumbnail = delegated("_transfers", Transfers.download_thumbnail)
    thumbnail_url = delegated("_transfers", Transfers.thumbnail_url)

    # The end

    async def __aenter__(self) -> Self:
        """Return the client itself; `aclose` is called at the end."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Call `aclose`."""
        await self.aclose()

    async def aclose(self) -> None:
        """End the client: store what the store could not take before; close the HTTP client, unless it was given.

        A call after that raises `ConfigurationError`.
        """
        try:
            await self._session.save()
        finally:
            self._sender.close()
            if self._owns_http:
                await self._http.aclose()


def _default_transport() -> httpx2.AsyncBaseTransport | None:
    """Return the page's transport in a page, and None (httpx2's own) elsewhere.

    Imported by name, so that nothing here depends on the browser's part: in a page httpx2's own transport fails on
    answers without a body, which most of Podio's writes have.
    """
    if sys.platform != "emscripten":
        return None
    with contextlib.suppress(ImportError):
        transport = importlib.import_module("podio.browser.fetch").FetchTransport()
        return cast("httpx2.AsyncBaseTransport", transport)
    return None
