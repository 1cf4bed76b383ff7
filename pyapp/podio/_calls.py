"""A client's calls of Podio's API: the session's token goes with them, and waits for a renewal where it must."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx2

from podio._authentication import AuthorizationScheme, SessionAuth, TokenAuth
from podio._boundary import sealed_class
from podio._call import Call, check_method
from podio._endpoints import endpoint
from podio._http_exchange import ours
from podio._operation_paths import template_of
from podio._responses import read_response
from podio._retry_policy import Limits, reads_only
from podio._sender import Sender
from podio._signed_in_user import USER_STATUS, FirstLookup, SessionHolder, user_of
from podio.errors import ConfigurationError, PodioError

Query = Mapping[str, str | int | float | bool | None]


@sealed_class()
class Calls:
    """Makes calls with the session's token.

    Args:
        sender: Sends them.
        session: Holds the session.
        first_lookup: Learns whose a session is before its first call; None where no renewal can change the user.
        api_url: Podio's API.
        scheme: The scheme of the Authorization header.
        api_key: Puts the API key on a call that wants it; None where there is no secret.
    """

    def __init__(
        self,
        sender: Sender,
        session: SessionHolder,
        *,
        first_lookup: FirstLookup | None,
        api_url: str,
        scheme: AuthorizationScheme,
        api_key: httpx2.Auth | None,
    ) -> None:
        self._sender = sender
        self._session = session
        self._first_lookup = first_lookup
        self._api_url = api_url
        self._scheme: AuthorizationScheme = scheme
        self._api_key = api_key

    @property
    def limits(self) -> Limits | None:
        """What Podio's newest response says of the hourly limit; None where it says nothing, as in a page."""
        return self._sender.limits

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Query | None = None,
        body: Any = None,
        basic_auth: bool = False,
        repeatable: bool | None = None,
        renews: bool = True,
    ) -> Any:
        """Make a call of Podio's API and return its response's JSON value; None for a response without one.

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
            renews: Whether it waits for a renewal, and begins one, when the token has expired. A call that nobody waits
                for is not worth a sign-in: it fails as `Unauthorized` then.

        Raises:
            ConfigurationError: for a method or path that is none, a body that JSON can't hold, a client that was
                closed, and `basic_auth` without a client secret.
            NotAuthenticated: without a session.
            RenewalError: when the session expired and was not renewed.
            APIError: when Podio answers with an error.
            InvalidResponse: when the response is not Podio's.
            ConnectionFailed: when there is none; `may_have_been_sent` says whether a write may have happened.
        """
        call = self._call(method, path, params=params, json=body, repeatable=repeatable)
        if basic_auth:
            if self._api_key is None:
                raise ConfigurationError("basic_auth needs client_secret, which a client flow does not have.")
            return await self._sender.value_of(call, auth=self._api_key)
        if call.method == "GET" and path.rstrip("/") == USER_STATUS:
            if self._first_lookup is not None and not params and call.repeatable:
                return await self._first_lookup.status()
            value = await self._sender.value_of(call, auth=SessionAuth(self._session, self._scheme))
            if (user := user_of(value)) is not None:
                await self._session.identified(user)
            return value
        return read_response(await self.send(call, renews=renews), method=call.method)

    async def request_bytes(
        self,
        method: str,
        path: str,
        *,
        params: Query | None = None,
        body: Any = None,
        repeatable: bool | None = None,
    ) -> bytes:
        """Make a call and return its response's content as it came, decoded by nobody.

        For a response that is not JSON (a file, a calendar, a vCard), and for a large one that is decoded into
        something smaller: `podio.model.read_item_columns`. The arguments are those of `request`.

        Raises:
            PodioError: as `request` does, but that nothing is said of what the content is.
        """
        call = self._call(method, path, params=params, json=body, repeatable=repeatable, accept="*/*")
        return (await self.send(call)).content

    async def request_form(self, path: str, *, form: Mapping[str, str], params: Query | None = None) -> Any:
        """Post a form and return the response's JSON value.

        Raises:
            PodioError: as `request` does.
        """
        return read_response(await self.send(self._call("POST", path, params=params, form=form)), method="POST")

    async def send(self, call: Call, *, with_token: bool = True, renews: bool = True) -> httpx2.Response:
        """Send a call that is none of a plain operation, and return its response, read whole and none of an error.

        Args:
            call: The call; its address is for the caller to answer for.
            with_token: Whether the session's token goes with it.
            renews: Whether it waits for a renewal, and begins one, when the token has expired.

        Raises:
            PodioError: as `request` does.
        """
        auth = await self._auth_for(call, with_token=with_token, renews=renews)
        return await self._sender.response_to(call, auth=auth)

    @contextlib.asynccontextmanager
    async def stream_call(self, call: Call, *, with_token: bool = True) -> AsyncIterator[httpx2.Response]:
        """Send a call as `send` does and yield its response unread.

        Raises:
            PodioError: as `request` does.
        """
        auth = await self._auth_for(call, with_token=with_token)
        response = await self._sender.response_to(call, auth=auth, stream=True)
        failure: PodioError | None = None
        try:
            yield response
        except httpx2.HTTPError as error:
            failure = ours(error, response.request)
        finally:
            await response.aclose()
        if failure is not None:
            raise failure

    def _call(self, method: str, path: str, *, repeatable: bool | None = None, **options: Any) -> Call:
        address = endpoint(self._api_url, path)
        method = check_method(method)
        repeatable = reads_only(method, path) if repeatable is None else repeatable
        return Call(method=method, address=address, template=template_of(path), repeatable=repeatable, **options)

    async def _auth_for(self, call: Call, *, with_token: bool, renews: bool = True) -> httpx2.Auth | None:
        if not with_token:
            return None
        if not renews and (session := await self._session.load()) is not None:
            return TokenAuth(session.token, self._scheme)
        if self._first_lookup is not None:
            await self._first_lookup.done()
        return SessionAuth(self._session, self._scheme, one_shot=call.one_shot)
