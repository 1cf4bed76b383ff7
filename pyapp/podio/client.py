"""The client: signs in by one of Podio's flows, keeps the session, makes calls.

Everything that decides is elsewhere and does no I/O (`podio.authorization`, `podio.renewal`, `podio.exchange`); this
module wires it to an HTTP client.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from typing import Any, Self, cast
from urllib.parse import urlencode

import httpx2

from podio import grants
from podio._client_options import check_answer_is_checked, check_options, check_secret
from podio._client_session import ClientSession
from podio._session_records import SessionRecords
from podio.areas import Areas
from podio.authorization import (
    AcceptedAnswer,
    AuthorizationRequest,
    Kind,
    RedirectAnswer,
    ResponseType,
    new_code_verifier,
    new_nonce,
    read_answer,
)
from podio.boundary import scrubbed, sealed, sealed_class
from podio.direct_sign_in import DirectSignIn
from podio.errors import (
    APIError,
    AuthorizationError,
    ConfigurationError,
    ConnectionFailed,
    Forbidden,
    InvalidRedirectAnswer,
    InvalidResponse,
    NotFound,
    PodioError,
    RateLimited,
    RenewalCancelled,
    RenewalError,
    ServerError,
    StorageError,
)
from podio.event_loop import EventLoopGuard
from podio.exchange import (
    AuthorizationScheme,
    Call,
    SessionAuth,
    TokenAuth,
    check_endpoint,
    endpoint,
    read_response,
)
from podio.file_addresses import places_of
from podio.paging import Paging
from podio.policy import NO_RETRIES, Limits, RetryPolicy, limits_of, reads_only
from podio.push import Pushes
from podio.renewal import OnTokenWillRefresh, RenewalDialog, RenewalRequest, SignedInUser
from podio.sending import check_answer, exchange, ours
from podio.session import TOKEN_TIME_LIMIT, AuthType, MemoryStore, Session, SessionStore
from podio.session_owner import owner_at
from podio.thumbnails import ThumbnailSize, thumbnail_url
from podio.token import Token, token_from_json, token_from_parameters
from podio.transfers import Transfers, upload_call

DEFAULT_TIMEOUT = httpx2.Timeout(60.0, connect=15.0)
"""Seconds: Podio may take long to answer a filter over many items; waiting for a renewal does not count."""

log = logging.getLogger("podio.auth")
"""Tells of asked, granted, denied, renewed, failed and revoked; never with a token, code, secret or password."""

_USER_STATUS = "/user/status"
_ERROR_CODE = re.compile(r"[a-z_.]{1,40}")
_REVOCATION_TIMEOUT = 5.0
_IDENTIFY_TIMEOUT = 20.0
_IDENTIFY_PAUSES = (0.5, 1.5, 4.0)


@sealed_class(before=lambda client: client._event_loop.check())
class Podio(DirectSignIn, Areas, Paging, Transfers, Pushes):
    """A client of Podio's API.

    Args:
        auth_type: The flow: ``client`` (a page's), ``server``, ``password``, ``app``, ``client_credentials``.
        client_id: The API key's id, from https://podio.com/settings/api.
        client_secret: Its secret; needed by every flow but ``client``, refused by that one, and refused in a page.
        session_store: Keeps the session and the attempts to sign in; in memory if left out.
        app_id: Whose session of the store to use in the ``app`` flow. Left out: the only one that fits.
        username: The same in the ``password`` flow.
        redirect_answer: What the provider's redirect brought, as the page's first script took it out of the address
            (or the whole address).
        on_token_will_refresh: Called when a new token is needed that only a person can bring (the ``client`` flow):
            returns the answer of a new sign-in, as `podio.browser.PopupSignIn` does. Left out: the waiting calls fail.
        after_token_refreshed: Called with the session after each renewal; may be async.
        scope: Podio's scopes, space-separated (``space_42:read``); None: all that the person may do.
        response_type: ``token`` (the ``client`` flow's default at Podio) or ``code`` (with PKCE).
        api_url: Podio's API.
        authorize_url: Podio's authorization endpoint.
        token_url: Podio's token endpoint.
        push_url: Podio's push service.
        http_client: The `httpx2.AsyncClient` to use; its authentication and redirect settings are not.
        authorization_scheme: ``Bearer``, or Podio's own ``OAuth2``.
        retry_policy: How patient calls are with Podio's limits and failures (`podio.policy`). Left out, nothing is
            tried again: each error is raised at once, for whoever calls to show or to mend.
        file_hosts: Hosts besides the API's that may see the token when a file's link leads to them.
        download_hosts: The only hosts besides these that a file's content may come from, also by a redirect; one that
            is named may be in a private network. None: any public host. In a page the site's policy decides.
        redirect_nonce: Whether the nonce travels in the redirect URI's query, too; needed for Podio's token flow, of
            which nobody knows whether it echoes ``state``. False for a provider that echoes it, as all must.
        allow_secret_in_page: For tests alone: take a client secret although this runs in a page, where everybody who
            opens it can read the secret.
        clock: Seconds since 1970.
        sleep: Waits for so many seconds.

    Raises:
        ConfigurationError: for a wrong or missing option, which the message names.
    """

    def __init__(
        self,
        auth_type: AuthType = "client",
        *,
        client_id: str,
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
        authorization_scheme: AuthorizationScheme = "Bearer",
        retry_policy: RetryPolicy = NO_RETRIES,
        file_hosts: Collection[str] = ("files.podio.com",),
        download_hosts: Collection[str] | None = None,
        redirect_nonce: bool = True,
        allow_secret_in_page: bool = False,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        check_options(auth_type, client_id, response_type, authorization_scheme, app_id, username)
        check_secret(auth_type, client_secret, allow_in_page=allow_secret_in_page)
        self.auth_type = auth_type
        self.client_id = client_id
        self.scope = scope
        self.api_url = check_endpoint("api_url", api_url)
        self.authorize_url = check_endpoint("authorize_url", authorize_url)
        self.token_url = check_endpoint("token_url", token_url)
        self.push_url = check_endpoint("push_url", push_url)
        self._client_secret = client_secret
        self._response_type: ResponseType = response_type or ("token" if auth_type == "client" else "code")
        self._redirect_nonce = redirect_nonce and self._response_type == "token"
        self._store = SessionRecords(session_store if session_store is not None else MemoryStore(), auth_type)
        self._owner = owner_at(self.api_url, self.token_url, client_id, auth_type)
        self._answer = _as_answer(redirect_answer)
        self._auth_error: AuthorizationError | None = None
        self._app_state: Any = None
        self._hook = on_token_will_refresh
        self._owns_http = http_client is None
        self._http = http_client or httpx2.AsyncClient(transport=_default_transport(), timeout=DEFAULT_TIMEOUT)
        self._scheme: AuthorizationScheme = authorization_scheme
        self._clock = clock
        self._sleep = sleep
        self._identifying: asyncio.Task[None] | None = None
        self._unidentifiable: str | None = None
        hook: Any = on_token_will_refresh
        dialog = hook if isinstance(hook, RenewalDialog) else None
        self._keeper = ClientSession(
            store=self._store,
            owner=self._owner.named(app_id=app_id, username=username),
            clock=clock,
            renew_token=self._renew_token,
            identify=self._identify if auth_type == "client" else None,
            dialog=dialog,
            after_token_refreshed=after_token_refreshed,
        )
        self._policy = retry_policy
        self._limits: Limits | None = None
        self.file_hosts = frozenset(file_hosts)
        self.download_places = places_of(self.api_url, file_hosts, download_hosts)
        self._event_loop = EventLoopGuard()
        if dialog is not None:
            dialog.bind(self)

    def __repr__(self) -> str:
        return f"<Podio {self.auth_type} {self.client_id!r} at {self.api_url}>"

    # The session

    @property
    def session(self) -> Session | None:
        """The session in use, once `is_authenticated` has looked for one."""
        return self._keeper.session

    @property
    def storage_error(self) -> StorageError | None:
        """Why the session could not be kept (it then lives until the next reload), or None."""
        return self._keeper.storage_error

    @property
    def on_session_change(self) -> Callable[[Session | None], None] | None:
        """Called when the session changes without this client's doing: renewed or (None) ended in another tab."""
        return self._keeper.on_change

    @on_session_change.setter
    def on_session_change(self, changed: Callable[[Session | None], None] | None) -> None:
        self._keeper.on_change = changed

    def seconds_left(self) -> float | None:
        """Return the seconds until the token expires (negative: it has), or None without a session."""
        session = self._keeper.session
        return None if session is None else session.token.seconds_left(self._clock())

    async def watch_expiry(
        self, expires_soon: Callable[[float], Any], *, ahead: float = 600.0, interval: float = 15.0
    ) -> None:
        """Call `expires_soon` with the seconds left, once for each token, when it has `ahead` seconds left or fewer.

        Runs until cancelled. It compares clocks at each interval rather than waiting for the moment, because a
        machine that slept does not count the seconds.
        """
        told: Token | None = None
        while True:
            session = self._keeper.session
            if session is not None and session.token is not told:
                left = session.token.seconds_left(self._clock())
                if left <= ahead:
                    told = session.token
                    expires_soon(left)
            await self._sleep(interval)

    async def is_authenticated(self) -> bool:
        """Tell whether there is a session: of the redirect's answer, else of the store. Absence never raises.

        A refused or malformed answer leaves an earlier session as it is, and is what `get_auth_error` returns. Where
        several sessions of the store fit, none is used: name one by ``app_id`` or ``username``.

        Raises:
            StorageError: when the store can't be read and no session is in use; whether there is one is unknown then.
        """
        answer, self._answer = self._answer, None
        if answer is not None:
            try:
                await self._accept(answer)
            except StorageError:
                self._answer = answer  # it could not be checked; it can be when the store is back
                raise
            except AuthorizationError as error:
                self._auth_error = scrubbed(error)
                self._app_state = error.app_state
                log.warning("denied (%s): %s", self.auth_type, _code_of(error))
        return await self._keeper.load() is not None

    def has_auth_error(self) -> bool:
        """Tell whether the sign-in that came back with the redirect was refused."""
        return self._auth_error is not None

    def get_auth_error(self) -> AuthorizationError | None:
        """Return why the sign-in was refused: `error`, `error_description`, `error_uri`; or None."""
        return self._auth_error

    @property
    def app_state(self) -> Any:
        """What the app kept with the attempt whose answer came back (well or not), or None."""
        return self._app_state

    # Signing in

    def authorization_request(
        self, redirect_url: str, scope: str | None = None, *, app_state: Any = None, kind: Kind = "redirect"
    ) -> AuthorizationRequest:
        """Make an attempt to sign in; send the person to its `url`.

        A store that keeps attempts (in a page, `sessionStorage`) keeps this one. A server keeps the request with its
        visitor and hands it back to `get_access_token`.

        Args:
            redirect_url: Where the answer shall go; on the domain that the API key is registered for.
            scope: Podio's scopes; the client's own if left out.
            app_state: JSON of the app's own (where the person was), to be had back from `app_state`.
            kind: ``redirect``, or ``window`` for a sign-in window.

        Raises:
            StorageError: when the attempt can't be kept, so that its answer could not be checked.
        """
        request = AuthorizationRequest(
            state=new_nonce(),
            code_verifier=new_code_verifier() if self._response_type == "code" else None,
            client_id=self.client_id,
            authorize_url=self.authorize_url,
            redirect_uri=redirect_url,
            response_type=self._response_type,
            scope=scope if scope is not None else self.scope,
            created_at=self._clock(),
            kind=kind,
            redirect_nonce=self._redirect_nonce,
            app_state=app_state,
        )
        self._store.keep_request(request)
        log.info("asked (%s): authorization", self.auth_type)
        return request

    def get_authorization_url(self, redirect_url: str, scope: str | None = None) -> str:
        """Return the address of a new attempt to sign in; see `authorization_request`."""
        return self.authorization_request(redirect_url, scope).url

    async def get_access_token(
        self,
        code: str,
        redirect_url: str,
        state: str | None = None,
        request: AuthorizationRequest | None = None,
        *,
        unchecked: bool = False,
    ) -> Session:
        """Trade an authorization code for a session (RFC 6749, section 4.1.3).

        Args:
            code: The code of the redirect's answer.
            redirect_url: The redirect URI that the attempt was made with.
            state: The answer's ``state``.
            request: The visitor's attempt. With it `state` is checked and PKCE's secret is sent; if left out, the
                attempt that the store keeps under `state` serves, once.
            unchecked: Take the code though neither `state` nor `request` says who asked for it: whoever brings a code
                of their own then signs the visitor in as themselves (RFC 6749, section 10.12).

        Raises:
            ConfigurationError: when there is nothing to check the answer by, and `unchecked` doesn't say so.
            InvalidRedirectAnswer: when the state is unknown or was used, or state, redirect URI or age is not the
                attempt's.
            AuthorizationError: when Podio refuses the code.
        """
        check_answer_is_checked(state, request, unchecked=unchecked, store_keeps_requests=self._store.keeps_requests)
        kept = self._store.take_request(state) if state else None
        if request is None and not unchecked:
            request = kept
            if request is None:
                raise InvalidRedirectAnswer("The state of this answer is unknown or was used before. Sign in again.")
        sent_redirect_uri = redirect_url
        if request is not None:
            answer = RedirectAnswer(query=urlencode({"code": code, **({"state": state} if state else {})}))
            attempt = request
            read_answer(
                answer,
                take_request=lambda _: attempt,
                client_id=self.client_id,
                authorize_url=self.authorize_url,
                kind=attempt.kind,
                now=self._clock(),
            )
            if redirect_url != request.redirect_uri:
                raise InvalidRedirectAnswer("The redirect URI is not the one that the sign-in was started with.")
            sent_redirect_uri = request.sent_redirect_uri
        verifier = request.code_verifier if request else None
        return await self._begin(await self._ask_token(grants.authorization_code(code, sent_redirect_uri, verifier)))

    async def refresh_auth_from_store(self) -> Session | None:
        """Read the store again and use what is there: the session, or None; podio-js's ``refreshAuthFromStore``.

        Needed only when something beside this library changed what is kept: a renewal looks there by itself.

        Raises:
            StorageError: when the store can't be read; the session in use then stays.
        """
        return await self._keeper.reload()

    async def renew(self) -> Session:
        """Get a new token now, though the old one may still serve ("Stay signed in").

        Raises:
            RenewalError: when that failed; the old token then stays in use.
        """
        session = await self._keeper.load()
        return await self._keeper.renewed(session.token if session else None)

    @property
    def is_renewing(self) -> bool:
        """Whether a renewal runs."""
        return self._keeper.is_renewing

    def renewal_request(self) -> RenewalRequest | None:
        """Return what the hook would get now, or None without a session."""
        session = self._keeper.session
        return None if session is None else RenewalRequest(session=session, make_request=self._window_request)

    async def sign_out(self) -> str | None:
        """Forget the session here and in every clone, then revoke it at Podio.

        Podio's "Invalidate grant" ends this sign-in alone; its "Invalidate tokens" would sign the person out
        everywhere (https://developers.podio.com/doc/oauth-authorization).

        Returns:
            None when all is done; else a warning: the session is forgotten, but Podio could not be told.

        Raises:
            StorageError: when the store can't forget the session; Podio has been told all the same.
            NotAuthenticated: when several sessions fit, so that it is not clear which to end.
        """
        ended = await self._keeper.sign_out()
        warning = None if ended.session is None else await self._revoke(ended.session, may_refresh=ended.may_refresh)
        if ended.error is not None:
            raise ended.error
        return warning

    async def _revoke(self, session: Session, *, may_refresh: bool) -> str | None:
        """End a sign-in at Podio; return a warning where Podio could not be told."""
        token = session.token
        is_expired = token.is_expired(self._clock())
        if is_expired and token.refresh_token is None:
            return None
        try:
            if is_expired:
                if not may_refresh:
                    raise StorageError("Somebody else may be spending the refresh token now.")
                # The refresh token lives on for weeks, and only a live access token can end it.
                token = await self._renew_token(session)
            await self._send(
                "POST",
                "/oauth/grant/invalidate",
                auth=TokenAuth(token, self._scheme),
                timeout=_REVOCATION_TIMEOUT,
            )
        except PodioError as error:
            refused = isinstance(error, APIError) and error.status == httpx2.codes.UNAUTHORIZED
            if refused or isinstance(error.__cause__, AuthorizationError):
                return None  # Podio knows neither of the two tokens any more
            log.warning("failed (%s): revocation: %s", self.auth_type, type(error).__name__)
            return (
                "You are signed out here, but Podio could not be told to end this sign-in. "
                "It ends by itself when its token expires."
            )
        log.info("revoked (%s)", self.auth_type)
        return None

    # Calls

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int | float | bool | None] | None = None,
        body: Any = None,
        basic_auth: bool = False,
        repeatable: bool | None = None,
    ) -> Any:
        """Make a call of Podio's API and return its answer's JSON value; None for an answer without one.

        When the token has expired the call waits for the renewal and is sent then; when Podio says so, it is sent
        once more after the renewal. Whether it is sent again after a refusal or a failure is the retry policy's word.

        Args:
            method: ``GET``, ``POST``, ``PUT`` or ``DELETE``.
            path: The operation's path, as Podio documents it (``/item/42``).
            params: The query.
            body: The JSON body.
            basic_auth: Send the API key's id and secret (HTTP Basic, RFC 7617) in place of a session's token, as
                podio-js's option of that name did; needs no session.
            repeatable: Whether the call may be sent twice though Podio may have acted on it. Left out: whether it
                changes nothing, as GET does, and those that filter and search by POST.

        Raises:
            ConfigurationError: for `basic_auth` without a client secret.
            NotAuthenticated: without a session.
            RenewalError: when the session expired and was not renewed.
            APIError: when Podio answers with an error.
            InvalidResponse: when the answer is not Podio's.
            ConnectionFailed: when there is no answer; `may_have_been_sent` tells whether a write may have happened.
        """
        call = self._call(method, path, params=params, json=body, repeatable=repeatable)
        if basic_auth:
            return read_response(await self._answer_to(call, auth=self._api_key()), method=call.method)
        is_status = call.method == "GET" and path.rstrip("/") == _USER_STATUS
        if is_status:
            auth = SessionAuth(self._keeper, self._scheme)
            value = read_response(await self._answer_to(call, auth=auth), method=call.method)
            if (person := _person_of(value)) is not None:
                await self._keeper.identified(person)
            return value
        return read_response(await self.send(call), method=call.method)

    async def request_bytes(
        self, method: str, path: str, *, params: Mapping[str, str | int | float | bool | None] | None = None
    ) -> bytes:
        """Make a call whose answer is not JSON (a file, a calendar, a vCard) and return the answer's content.

        Raises:
            PodioError: as `request` does.
        """
        return (await self.send(self._call(method, path, params=params, accept="*/*"))).content

    async def request_upload(
        self,
        path: str,
        *,
        source: Any,
        filename: str,
        params: Mapping[str, str | int | float | bool | None] | None = None,
    ) -> Any:
        """Post a file (``multipart/form-data``: ``source``, ``filename``) and return the answer's JSON value.

        Raises:
            PodioError: as `request` does.
        """
        call = upload_call(endpoint(self.api_url, path), source, filename, params=params)
        return read_response(await self.send(call), method="POST")

    async def request_form(
        self,
        path: str,
        *,
        form: Mapping[str, str],
        params: Mapping[str, str | int | float | bool | None] | None = None,
    ) -> Any:
        """Post a form and return the answer's JSON value.

        Raises:
            PodioError: as `request` does.
        """
        return read_response(await self.send(self._call("POST", path, params=params, form=form)), method="POST")

    async def send(self, call: Call, *, with_token: bool = True) -> httpx2.Response:
        """Send a call that is none of a plain operation, and return its answer, read whole and none of an error.

        Args:
            call: The call; its address is for the caller to answer for.
            with_token: Whether the session's token goes with it.

        Raises:
            PodioError: as `request` does.
        """
        return await self._answer_to(call, auth=await self._auth_of(call, with_token=with_token))

    @contextlib.asynccontextmanager
    async def stream_call(self, call: Call, *, with_token: bool = True) -> AsyncIterator[httpx2.Response]:
        """Send a call as `send` does and yield its answer unread.

        Raises:
            PodioError: as `request` does.
        """
        response = await self._answer_to(call, auth=await self._auth_of(call, with_token=with_token), stream=True)
        failure: PodioError | None = None
        try:
            yield response
        except httpx2.HTTPError as error:
            failure = ours(error, response.request)
        finally:
            await response.aclose()
        if failure is not None:
            raise failure

    @property
    def limits(self) -> Limits | None:
        """What Podio's newest answer said of the hourly limit; None where it says nothing, as in a page."""
        return self._limits

    def thumbnail_url(self, file: Mapping[str, Any] | str, size: ThumbnailSize) -> str | None:
        """Return the address of a file's thumbnail, without a token in it; None where there is none.

        See `podio.thumbnails.thumbnail_url`.
        """
        return thumbnail_url(file, size)

    async def __aenter__(self) -> Self:
        """Return the client itself; `aclose` is called at the end."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Call `aclose`."""
        await self.aclose()

    async def aclose(self) -> None:
        """Store what the store could not take before; close the HTTP client, unless it was given."""
        await self._keeper.save()
        if self._owns_http:
            await self._http.aclose()

    # Inside

    def _api_key(self) -> httpx2.Auth:
        if self._client_secret is None:
            raise ConfigurationError("basic_auth needs client_secret, which a client flow does not have.")
        return httpx2.BasicAuth(self.client_id, self._client_secret)

    @sealed
    async def _accept(self, answer: RedirectAnswer) -> None:
        accepted = self._checked(answer, kind="redirect")
        self._app_state = accepted.request.app_state
        try:
            await self._keeper.begin(await self._token_of(accepted))
        except AuthorizationError as error:
            error.app_state = accepted.request.app_state
            raise
        except PodioError as error:
            raise AuthorizationError("sign_in_interrupted", str(error), None, accepted.request.app_state) from error

    def _checked(self, answer: RedirectAnswer, *, kind: Kind) -> AcceptedAnswer:
        return read_answer(
            answer,
            take_request=self._take_request(answer),
            client_id=self.client_id,
            authorize_url=self.authorize_url,
            kind=kind,
            now=self._clock(),
        )

    def _take_request(self, answer: RedirectAnswer) -> Callable[[str], AuthorizationRequest | None]:
        def take(state: str) -> AuthorizationRequest | None:
            kept = self._store.take_request(state)
            return answer.request if answer.request is not None else kept

        return take

    async def _token_of(self, accepted: AcceptedAnswer) -> Token:
        request = accepted.request
        if request.response_type == "token":
            return token_from_parameters(accepted.parameters, self._clock())
        form = grants.authorization_code(accepted.parameters["code"], request.sent_redirect_uri, request.code_verifier)
        return await self._token(form, previous=None)

    @sealed
    async def _renew_token(self, session: Session) -> Token:
        """Get a new token: by the refresh token where the flow has one, else from the person through the hook."""
        if self.auth_type != "client":
            if session.token.refresh_token is not None:
                form = grants.refresh_token(session.token.refresh_token)
            elif self.auth_type == "client_credentials":
                form = grants.client_credentials()  # RFC 6749, section 4.4.3: no refresh token; ask again the same way
            else:
                raise RenewalError(
                    f"The session has expired, and the {self.auth_type} flow got no refresh token. Sign in again."
                )
            try:
                async with asyncio.timeout(TOKEN_TIME_LIMIT):
                    return await self._token(form, previous=session.token)
            except TimeoutError:
                raise RenewalError("The session has expired and Podio did not renew it in time. Try again.") from None
            except AuthorizationError as error:
                raise RenewalError(f"Podio did not renew the session ({error.error}). Sign in again.") from error
            except (APIError, ConnectionFailed, InvalidResponse) as error:
                # Not as it came: `may_have_been_sent` would speak of the call that waits, and that was not sent.
                raise RenewalError(f"The session has expired and could not be renewed: {error}") from error
        if self._hook is None:
            raise RenewalError("The session has expired. Sign in again.")
        answer = await self._hook(RenewalRequest(session=session, make_request=self._window_request))
        try:
            return await self._token_of(self._checked(answer, kind="window"))
        except InvalidRedirectAnswer as error:
            raise RenewalError(str(error)) from error
        except AuthorizationError as error:
            raise RenewalCancelled(str(error)) from error

    def _window_request(self, redirect_url: str, kind: Kind) -> AuthorizationRequest:
        return self.authorization_request(redirect_url, kind=kind)

    async def _know_person(self) -> None:
        """Learn who signed in before the first call, so that a later renewal by somebody else is noticed."""
        session = await self._keeper.load()
        if (
            self.auth_type != "client"
            or session is None
            or session.user_id is not None
            or self._unidentifiable == session.session_id
        ):
            return
        if self._identifying is None:
            self._identifying = asyncio.ensure_future(self._ask_person(session))
            self._identifying.add_done_callback(self._person_asked)
        identifying = self._identifying
        await asyncio.wait({identifying})
        if not identifying.cancelled() and (failure := identifying.exception()) is not None:
            raise failure

    def _person_asked(self, task: asyncio.Task[None]) -> None:
        self._identifying = None
        if not task.cancelled():
            task.exception()

    async def _ask_person(self, session: Session) -> None:
        try:
            await self.request("GET", _USER_STATUS)
        except (Forbidden, NotFound):
            # The scope is narrower than the person: nothing to compare later on.
            self._unidentifiable = session.session_id
        except (APIError, ConnectionFailed, InvalidResponse):
            # The call itself will meet the same trouble and tell; the next one asks again.
            return

    async def _identify(self, token: Token) -> SignedInUser | None:
        """Look up whose a new token is, patiently: the person has just signed in and shall not have to do it again."""
        for pause in (*_IDENTIFY_PAUSES, None):
            try:
                status = await self._send(
                    "GET", _USER_STATUS, auth=TokenAuth(token, self._scheme), timeout=_IDENTIFY_TIMEOUT
                )
                return _person_of(status)
            except (Forbidden, NotFound):
                return None
            except (ConnectionFailed, ServerError, InvalidResponse) as error:
                if pause is None:
                    raise RenewalError(
                        f"You are signed in again, but who you are could not be checked: {error} Then try again."
                    ) from error
                await self._sleep(pause)
            except APIError as error:
                raise RenewalError(f"Podio does not accept the new sign-in: {error}") from error
        raise AssertionError("unreachable")

    async def _token(self, form: dict[str, str], *, previous: Token | None) -> Token:
        """Return the token that the token endpoint gives for a grant.

        Raises:
            AuthorizationError: when it refuses.
        """
        return token_from_json(await self._ask_token(form), self._clock(), previous=previous)

    async def _begin(self, answer: object, *, app_id: int | str | None = None, username: str | None = None) -> Session:
        named = None if app_id is None and username is None else self._owner.named(app_id=app_id, username=username)
        return await self._keeper.begin(token_from_json(answer, self._clock()), named)

    @sealed
    async def _ask_token(self, form: dict[str, str]) -> Any:
        """Return the token endpoint's answer to a grant (RFC 6749, section 3.2).

        Raises:
            AuthorizationError: when it refuses.
        """
        grant = form["grant_type"]
        log.info("asked (%s): token by %s", self.auth_type, grant)
        fields = {"client_id": self.client_id, **form}
        if self._client_secret is not None:
            fields["client_secret"] = self._client_secret
        try:
            call = Call(method="POST", address=self.token_url, form=fields)
            response = await exchange(self._http, call.request(self._http), auth=None)
            return read_response(response, method="POST")
        except APIError as error:
            if error.status in (httpx2.codes.BAD_REQUEST, httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN):
                refusal = AuthorizationError(error.error or "invalid_grant", error.error_description)
                refusal.take_facts(error)
                log.warning("denied (%s): %s: %s", self.auth_type, grant, _code_of(refusal))
                raise refusal from error
            log.warning("failed (%s): %s: HTTP %d", self.auth_type, grant, error.status)
            raise
        except PodioError as error:
            log.warning("failed (%s): %s: %s", self.auth_type, grant, type(error).__name__)
            raise

    @sealed
    async def _ask_second_factor(self, body: Mapping[str, str]) -> Any:
        call = Call(method="POST", address=endpoint(self.api_url, "/mfa/verify"), json=body)
        return read_response(await exchange(self._http, call.request(self._http), auth=None), method="POST")

    async def _send(
        self, method: str, path: str, *, auth: httpx2.Auth, body: Any = None, timeout: float | None = None
    ) -> Any:
        call = Call(method=method, address=endpoint(self.api_url, path), json=body, timeout=timeout, patient=False)
        return read_response(await self._answer_to(call, auth=auth), method=method)

    def _call(self, method: str, path: str, *, repeatable: bool | None = None, **options: Any) -> Call:
        address = endpoint(self.api_url, path)
        method = str(method).upper()
        repeatable = reads_only(method, path) if repeatable is None else repeatable
        return Call(method=method, address=address, repeatable=repeatable, **options)

    async def _auth_of(self, call: Call, *, with_token: bool) -> httpx2.Auth | None:
        if not with_token:
            return None
        await self._know_person()
        return SessionAuth(self._keeper, self._scheme, one_shot=call.one_shot)

    @sealed
    async def _answer_to(self, call: Call, *, auth: httpx2.Auth | None, stream: bool = False) -> httpx2.Response:
        """Send a call as often as the policy has it; return its answer (read unless `stream`), or raise its error."""
        failures, waited = 0, 0.0
        while True:
            try:
                request = call.request(self._http)
                response = await exchange(self._http, request, auth=auth, stream=stream, places=call.places)
                self._limits = limits_of(response.headers) or self._limits
                await check_answer(response)
            except (APIError, ConnectionFailed) as error:
                failures += not isinstance(error, RateLimited)
                wait = (
                    self._policy.wait_after(
                        scrubbed(error), repeatable=call.repeatable, failures=failures, waited=waited
                    )
                    if call.patient and not call.one_shot
                    else None
                )
                if wait is None:
                    raise
            else:
                return response
            if self._policy.on_wait is not None:
                self._policy.on_wait(wait)
            await self._sleep(wait.seconds)
            waited += wait.seconds


def _code_of(error: AuthorizationError) -> str:
    """Return OAuth's code for the log; whatever does not look like one comes from outside and is left out."""
    return error.error if _ERROR_CODE.fullmatch(error.error) else "refused"


def _as_answer(answer: RedirectAnswer | str | None) -> RedirectAnswer | None:
    if isinstance(answer, str):
        answer = RedirectAnswer.from_url(answer)
    return answer if answer is not None and (answer.query or answer.fragment) else None


def _person_of(status: Any) -> SignedInUser | None:
    """Return the person of an answer to ``GET /user/status``, whatever its shape."""
    user = status.get("user") if isinstance(status, dict) else None
    profile = status.get("profile") if isinstance(status, dict) else None
    user_id = user.get("user_id") if isinstance(user, dict) else None
    name = profile.get("name") if isinstance(profile, dict) else None
    if not isinstance(user_id, int) or isinstance(user_id, bool):
        return None
    return SignedInUser(user_id=user_id, name=name if isinstance(name, str) else "")


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
