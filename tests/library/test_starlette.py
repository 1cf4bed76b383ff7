"""The Starlette middleware: a visitor's browser, an app in process, and the emulator."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from podio import ConfigurationError, FileStore
from podio.starlette import MemoryVisitors, PodioMiddleware, is_own_path
from podio_emulator import ids
from tests.library.conftest import World
from tests.library.signing_in import FROM_HERE, SETTINGS, granted, signed_in, site, visitor


async def test_visitors_sign_in_each_for_themselves(open_world: World) -> None:
    app = site(open_world)
    async with visitor(app) as ada, visitor(app) as grace, visitor(app) as signed_out_visitor:
        back = await signed_in(open_world, ada)
        assert (back.status_code, back.headers["location"]) == (303, "/")
        await signed_in(open_world, grace, mail=ids.GRACE_MAIL)
        assert (await ada.get("/who")).text == ids.ADA_MAIL
        assert (await grace.get("/who")).text == ids.GRACE_MAIL
        assert (await signed_out_visitor.get("/maybe")).text == "False"
        assert "set-cookie" not in (await signed_out_visitor.get("/maybe")).headers
        assert (await ada.get("/who")).headers["vary"] == "Cookie"


async def test_a_page_that_needs_a_session_leads_to_podio_and_back_to_itself(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        back = await signed_in(open_world, ada, "/who?x=1")
        assert back.headers["location"] == "/who?x=1"
        assert (await ada.get(back.headers["location"])).text == ids.ADA_MAIL
        posted = await ada.post("/who")
        assert posted.status_code == 200
    async with visitor(site(open_world)) as signed_out_visitor:
        response = await signed_out_visitor.post("/who")
        assert (response.status_code, "Sign in" in response.text) == (401, True)


async def test_the_visitors_cookie_holds_no_token_and_is_out_of_scripts_reach(open_world: World) -> None:
    tokens: list[str] = []

    async def noting(request: httpx2.Request) -> None:
        tokens.append(request.headers.get("authorization", "").partition(" ")[2])

    app = site(open_world, http_client=open_world.http(event_hooks={"request": [noting]}))
    async with visitor(app) as ada:
        begun = await ada.get("/sign-in")
        back = await ada.get(await granted(open_world, begun.headers["location"]))
        await ada.get("/who")
        cookies = begun.headers.get_list("set-cookie") + back.headers.get_list("set-cookie")
        live_cookies = [cookie for cookie in cookies if "Max-Age=0" not in cookie and '""' not in cookie]
        assert len(live_cookies) == 2
        assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in live_cookies)
        used = [token for token in tokens if token]
        assert used
        assert not any(token in str(cookies) for token in used)
        assert [name for name in ada.cookies if "attempt" in name] == []
        assert begun.headers["cache-control"] == back.headers["cache-control"] == "no-store"


async def test_with_tls_the_cookies_are_bound_to_the_host_and_to_tls(open_world: World) -> None:
    app = site(open_world, redirect_url="https://site.example/callback")
    async with visitor(app, "https://site.example") as ada:
        back = await signed_in(open_world, ada)
        cookie = next(
            header for header in back.headers.get_list("set-cookie") if header.startswith("__Host-podio_visitor=")
        )
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert (await ada.get("/who")).text == ids.ADA_MAIL


async def test_an_answer_that_this_browser_did_not_request_signs_nobody_in(open_world: World) -> None:
    app = site(open_world)
    async with visitor(app) as mallory, visitor(app) as ada:
        planted = await granted(open_world, (await mallory.get("/sign-in")).headers["location"])
        for address in (
            planted,
            "/callback",
            "/callback?code=x",
            "/callback?state=%zz",
            "/callback?code=x&state=y",
        ):
            response = await ada.get(address)
            assert response.status_code == 400
            assert response.headers["content-type"].startswith("text/plain")
        assert (await ada.get("/maybe")).text == "False"
        # It was Mallory's own, and still is.
        assert (await mallory.get(planted)).status_code == 303
        assert (await mallory.get(planted)).status_code == 400


async def test_a_denial_leaves_an_earlier_session_as_it_is(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        await signed_in(open_world, ada)
        denied = await signed_in(open_world, ada, answer="deny")
        assert denied.status_code == 403
        assert "denied" in denied.text
        assert (await ada.get("/who")).text == ids.ADA_MAIL


async def test_two_tabs_can_sign_in_at_once(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        first, second = [(await ada.get("/sign-in")).headers["location"] for _ in range(2)]
        assert (await ada.get(await granted(open_world, first))).status_code == 303
        assert (await ada.get(await granted(open_world, second))).status_code == 303


async def test_a_new_sign_in_has_a_new_cookie_and_ends_the_old_session(open_world: World) -> None:
    app = site(open_world)
    async with visitor(app) as ada, visitor(app) as thief:
        await signed_in(open_world, ada)
        thief.cookies.update(ada.cookies)
        assert (await thief.get("/maybe")).text == "True"
        await signed_in(open_world, ada)
        assert (await thief.get("/maybe")).text == "False"
        assert (await ada.get("/maybe")).text == "True"


@pytest.mark.parametrize("damage", [lambda value: value[:-1], lambda value: "A" + value, lambda value: "x.y"])
async def test_a_cookie_that_we_did_not_sign_is_nobodys(open_world: World, damage: Any) -> None:
    app = site(open_world)
    async with visitor(app) as ada, visitor(app) as forger:
        await signed_in(open_world, ada)
        forger.cookies.set("podio_visitor", damage(ada.cookies["podio_visitor"]))
        assert (await forger.get("/maybe")).text == "False"


async def test_sign_out_is_a_post_of_the_sites_own_pages_and_revokes(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        await signed_in(open_world, ada)
        assert (await ada.get("/sign-out")).status_code == 405
        for headers in (
            {},
            {"Origin": "http://evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Origin": "null"},
        ):
            assert (await ada.post("/sign-out", headers=headers)).status_code == 403
        assert (await ada.get("/maybe")).text == "True"
        visitor_cookie = ada.cookies["podio_visitor"]
        assert (await ada.post("/sign-out", headers=FROM_HERE)).status_code == 303
        assert "podio_visitor" not in ada.cookies
        ada.cookies.set("podio_visitor", visitor_cookie)
        assert (await ada.get("/maybe")).text == "False"
        assert "POST /oauth/grant/invalidate" in await open_world.requests()


async def test_a_visitors_requests_renew_once_and_a_restart_forgets_nobody(open_world: World, tmp_path: Path) -> None:
    options = {"store_for": lambda visitor: FileStore(tmp_path / f"{visitor}.json", clock=open_world.clock)}
    async with visitor(site(open_world, **options)) as ada:
        await signed_in(open_world, ada)
        cookies = dict(ada.cookies)
    open_world.clock.now += 30_000
    async with visitor(site(open_world, **options)) as ada, visitor(site(open_world, **options)) as again:
        for browser in (ada, again):
            browser.cookies.update(cookies)
        answers = await asyncio.gather(*(browser.get("/who") for browser in (ada, again, ada)))
        assert [answer.text for answer in answers] == [ids.ADA_MAIL] * 3
    assert (await open_world.requests()).count("POST /oauth/token") == 2
    name = cookies["podio_visitor"].partition(".")[0]
    # Whoever reads the directory does not learn the cookie.
    assert name not in str(list(tmp_path.iterdir()))


async def test_requests_of_one_visitor_renew_once_in_memory_too(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        await signed_in(open_world, ada)
        open_world.clock.now += 30_000
        answers = await asyncio.gather(*(ada.get("/who") for _ in range(4)))
        assert [answer.text for answer in answers] == [ids.ADA_MAIL] * 4
    assert (await open_world.requests()).count("POST /oauth/token") == 2


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\nb"])
async def test_the_way_back_never_leads_elsewhere(open_world: World, to: str) -> None:
    assert not is_own_path(to)
    async with visitor(site(open_world)) as ada:
        begun = await ada.get("/choose", params={"to": to})
        back = await ada.get(await granted(open_world, begun.headers["location"]))
        assert back.headers["location"] == "/"


async def test_a_route_may_choose_where_to_come_back_to(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        begun = await ada.get("/choose", params={"to": "/maybe"})
        back = await ada.get(await granted(open_world, begun.headers["location"]))
        assert (await ada.get(back.headers["location"])).text == "True"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"cookie_secret": "short"}, "cookie_secret"),
        ({"redirect_url": "/callback"}, "redirect_url"),
        ({"redirect_url": "https://site.example/callback?x=1"}, "redirect_url"),
        ({"sign_in_path": "sign-in"}, "sign_in_path"),
        ({"home": "//evil.example"}, "home"),
        ({"client_secret": ""}, "client_secret"),
        ({"api_url": "http://api.example"}, "api_url"),
    ],
)
async def test_a_wrong_option_is_named(open_world: World, options: dict[str, str], named: str) -> None:
    settings: dict[str, Any] = {**SETTINGS, "http_client": open_world.http(), **options}
    with pytest.raises(ConfigurationError, match=named):
        PodioMiddleware(Starlette(), **settings)


def test_memory_drops_the_visitor_that_was_seen_longest_ago() -> None:
    visitors = MemoryVisitors(limit=2)
    first, second = visitors("a"), visitors("b")
    assert visitors("a") is first
    visitors("c")
    assert visitors("a") is first
    assert visitors("b") is not second
