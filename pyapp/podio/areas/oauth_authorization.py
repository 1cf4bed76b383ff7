"""OAuth authorization: a method for each operation that Podio documents.

Made by ``python -m tools.operations`` of its table: edit that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from podio.areas.calls import Area, Params

if TYPE_CHECKING:
    from podio.json_types import GrantedScopeJSON, TokenJSON


class OauthAuthorization(Area):
    """OAuth authorization (https://developers.podio.com/doc/oauth-authorization)."""

    async def invalidate_grant(self, *, body: Any = None, params: Params | None = None) -> None:
        """End the grant that the token in use belongs to.

        `Podio.sign_out` does this and forgets the session, too.

        See "Invalidate grant", https://developers.podio.com/doc/oauth-authorization/invalidate-grant-7997965
        """
        path = "/oauth/grant/invalidate"
        await self._caller.request("POST", path, params=params, body=body)

    async def get_scope(self, *, params: Params | None = None) -> list[GrantedScopeJSON]:
        """Return what the token in use may do.

        See "Get scope", https://developers.podio.com/doc/oauth-authorization/get-scope-342360687
        """
        path = "/oauth/scope"
        return cast("list[GrantedScopeJSON]", await self._caller.request("GET", path, params=params))

    async def get_access_token(self, *, form: Mapping[str, str], params: Params | None = None) -> TokenJSON:
        """Trade a grant for a token.

        `Podio` signs in and renews by itself: this is for a token of one's own. The answer holds credentials.

        See "Get access token", https://developers.podio.com/doc/oauth-authorization/get-access-token-22359
        """
        path = "/oauth/token"
        return cast("TokenJSON", await self._caller.request_form(path, form=form, params=params))

    async def invalidate_tokens(self, *, body: Any = None, params: Params | None = None) -> None:
        """End all tokens of the user.

        See "Invalidate tokens", https://developers.podio.com/doc/oauth-authorization/invalidate-tokens-7997943
        """
        path = "/oauth/token/invalidate"
        await self._caller.request("POST", path, params=params, body=body)

    async def get_access_token_v2(self, *, body: Any = None, params: Params | None = None) -> TokenJSON:
        """Trade a grant for a token.

        `Podio` signs in and renews by itself: this is for a token of one's own. The answer holds credentials.

        See "Get access token (v2)", https://developers.podio.com/doc/oauth-authorization/get-access-token-22359
        """
        path = "/oauth/token/v2"
        return cast("TokenJSON", await self._caller.request("POST", path, params=params, body=body))
