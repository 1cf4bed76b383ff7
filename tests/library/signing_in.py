"""A site whose visitors sign in by the middleware, and their browsers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from podio import Clock
from podio.starlette import PodioMiddleware, sign_in
from podio_emulator import ids
from tests.library.conftest import CONFIDENTIAL_CLIENT, World

SITE = "http://site.example"
SECRET = "cookie-secret-of-thirty-two-characters"
SETTINGS = {**CONFIDENTIAL_CLIENT, "cookie_secret": SECRET, "redirect_url": f"{SITE}/callback"}
FROM_HERE = {"Origin": SITE}


async def who(request: Request) -> Response:
    status = await request.state.podio.request("GET", "/user/status")
    return PlainTextResponse(status["user"]["mail"])


async def maybe(request: Request) -> Response:
    return PlainTextResponse(str(await request.state.podio.is_authenticated()))


async def choose(request: Request) -> Response:
    return sign_in(request, request.query_params["to"])


def site(world: World, **options: Any) -> Starlette:
    settings: dict[str, Any] = {
        **SETTINGS,
        "api_url": world.url,
        "authorize_url": f"{world.url}/oauth/authorize",
        "token_url": f"{world.url}/oauth/token",
        "http_client": world.http(),
        "clock": Clock(now=world.clock),
        **options,
    }
    return Starlette(
        routes=[
            Route("/who", who, methods=["GET", "POST"]),
            Route("/maybe", maybe),
            Route("/choose", choose),
        ],
        middleware=[Middleware(PodioMiddleware, **settings)],
    )


@asynccontextmanager
async def visitor(app: Starlette, origin: str = SITE) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=origin) as browser:
        yield browser


async def granted(world: World, address: str, mail: str = ids.ADA_MAIL, answer: str = "grant") -> str:
    """Sign in on Podio's page and return the address that the browser is sent back to."""
    async with world.http() as browser:
        page = await browser.get(address)
        action = re.search(r'<form method="post" action="([^"]+)"', page.text)
        assert action, page.text
        form = {"username": mail, "password": ids.PASSWORD, "answer": answer}
        return str((await browser.post(unescape(action[1]), data=form)).headers["location"])


async def signed_in(world: World, browser: httpx2.AsyncClient, start: str = "/sign-in", **who: str) -> httpx2.Response:
    begun = await browser.get(start)
    assert begun.status_code == 303
    return await browser.get(await granted(world, begun.headers["location"], **who))
