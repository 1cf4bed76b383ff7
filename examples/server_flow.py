"""A site whose visitors sign in with Podio (the server flow) and see their organizations.

Set these, then run ``python examples/server_flow.py`` with ``podio-client``, ``starlette`` and ``uvicorn`` installed:

- ``PODIO_CLIENT_ID``, ``PODIO_CLIENT_SECRET``: the API key, from https://podio.com/settings/api
- ``COOKIE_SECRET``: 32 random characters or more (``python -c "import secrets; print(secrets.token_hex())"``)
- ``PUBLIC_URL``: where the site is reached; http://localhost:8080 if left out. The API key's domain must be this one.
- ``SESSIONS``: a directory for the sessions, or the address of a Redis (``rediss://…``) for several machines, with
  ``podio-client[redis]`` installed; in memory if left out
- ``PODIO_API_URL``, ``PODIO_AUTHORIZE_URL``, ``PODIO_TOKEN_URL``: another Podio, such as the emulator
"""

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from podio import APIError, AuthorizationError, ConnectionFailed, SessionStore
from podio.starlette import FileVisitors, PodioMiddleware

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
}


def page(title: str, *paragraphs: str, status: int = 200) -> HTMLResponse:
    """Return a page; the paragraphs are HTML already."""
    content = "\n".join(paragraphs)
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><h1>{escape(title)}</h1>{content}</html>",
        status_code=status,
        headers=POLICY,
    )


async def home(request: Request) -> HTMLResponse:
    """Show who is signed in, or the way to sign in."""
    podio = request.state.podio
    if not await podio.is_authenticated():
        return page("Welcome", '<p><a href="/sign-in">Sign in with Podio</a></p>')
    status = await podio.request("GET", "/user/status")
    return page(
        f"Hello, {status['profile']['name']}",
        '<p><a href="/organizations">Your organizations</a></p>',
        '<form method="post" action="/sign-out"><button>Sign out</button></form>',
    )


async def organizations(request: Request) -> HTMLResponse:
    """Show the visitor's organizations; whoever is not signed in is led to Podio and back here."""
    try:
        found = await request.state.podio.organizations.get_all()
    except (APIError, ConnectionFailed) as error:
        return page("Podio has a problem", f"<p>{escape(str(error))}</p>", status=502)
    names = "".join(f"<li>{escape(organization['name'])}</li>" for organization in found)
    return page("Your organizations", f"<ul>{names}</ul>", '<p><a href="/">Back</a></p>')


def refused(request: Request, error: AuthorizationError) -> HTMLResponse:
    """Say why a sign-in did not come about. The words come from outside: they are shown as text."""
    return page("You are not signed in", f"<p>{escape(str(error))}</p>", '<p><a href="/">Back</a></p>', status=403)


def setting(name: str) -> str:
    """Return a setting of the environment, or end the program with a word on what is missing."""
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"Set {name} first: see the top of {Path(__file__).name}.")
    return value


def visitors_stores(sessions: str | None, at_the_end: AsyncExitStack) -> Callable[[str], SessionStore] | None:
    """Return what makes a visitor's store; what it opens is closed at the end."""
    if sessions is None:
        return None
    if not sessions.startswith(("redis://", "rediss://")):
        return FileVisitors(sessions)
    import redis.asyncio

    from podio.redis import RedisStore

    database = redis.asyncio.Redis.from_url(sessions, socket_timeout=5, socket_connect_timeout=5)
    at_the_end.push_async_callback(database.aclose)
    return lambda visitor: RedisStore(database, visitor)


def make_app(public_url: str) -> Starlette:
    """Return the site as an ASGI app."""
    at_the_end = AsyncExitStack()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with at_the_end:
            yield

    signing_in = Middleware(
        PodioMiddleware,
        client_id=setting("PODIO_CLIENT_ID"),
        client_secret=setting("PODIO_CLIENT_SECRET"),
        cookie_secret=setting("COOKIE_SECRET"),
        redirect_url=f"{public_url}/callback",
        store_for=visitors_stores(os.environ.get("SESSIONS"), at_the_end),
        on_refused=refused,
        api_url=os.environ.get("PODIO_API_URL", "https://api.podio.com"),
        authorize_url=os.environ.get("PODIO_AUTHORIZE_URL", "https://podio.com/oauth/authorize"),
        token_url=os.environ.get("PODIO_TOKEN_URL", "https://api.podio.com/oauth/token"),
    )
    return Starlette(
        routes=[Route("/", home), Route("/organizations", organizations)],
        middleware=[signing_in],
        lifespan=lifespan,
    )


def main() -> None:
    """Serve the site on this machine; what stands before it does the TLS."""
    public_url = os.environ.get("PUBLIC_URL", "http://localhost:8080").rstrip("/")
    # Without the access log: the callback's address holds Podio's code.
    uvicorn.run(make_app(public_url), host="127.0.0.1", port=urlsplit(public_url).port or 8080, access_log=False)


if __name__ == "__main__":
    main()
