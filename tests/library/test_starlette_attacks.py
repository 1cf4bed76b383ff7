"""What attackers and neighbouring hosts try at a site whose visitors sign in by the middleware."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from podio import AuthorizationError, ConfigurationError, FileStore
from podio._pending_requests import MOST_PENDING, SLOTS
from podio._site_addresses import SiteAddresses
from podio.starlette import PodioMiddleware
from podio_emulator import ids
from tests.library.conftest import World
from tests.library.signing_in import FROM_HERE, SETTINGS, SITE, granted, signed_in, site, visitor

TLS_SITE = "https://site.example"
ATTEMPT = "podio_visitor_attempt_"


def header_size(browser: httpx2.AsyncClient) -> int:
    return sum(len(f"{name}={value}; ") for name, value in browser.cookies.items())


def attempts(browser: httpx2.AsyncClient) -> list[str]:
    return [name for name in browser.cookies if ATTEMPT in name]


@pytest.mark.parametrize("origin", [SITE, TLS_SITE])
async def test_with_tls_no_neighbouring_host_can_set_or_keep_any_of_the_cookies(open_world: World, origin: str) -> None:
    async with visitor(site(open_world, redirect_url=f"{origin}/callback"), origin) as ada:
        begun = await ada.get("/sign-in")
        back = await ada.get(await granted(open_world, begun.headers["location"]))
        out = await ada.post("/sign-out", headers={"Origin": origin})
        cookies = [cookie for answer in (begun, back, out) for cookie in answer.headers.get_list("set-cookie")]
        assert len(cookies) == 4, "each is set and deleted"
        for cookie in cookies:
            parts = cookie.split("; ")
            assert "Path=/" in parts
            assert "HttpOnly" in parts
            assert not [part for part in parts if part.lower().startswith("domain")]
            # A browser takes the prefix with Secure and this path only, for a deletion as well.
            assert cookie.startswith("__Host-") == ("Secure" in parts) == (origin == TLS_SITE)
        assert dict(ada.cookies) == {}


@pytest.mark.parametrize(
    "name",
    [
        "podio_visitor_attempt_0",
        "__Secure-podio_visitor_attempt_0",
        "\xa0{}",
        "\x85{}",
        "\x1f{}",
        '"{}"',
        "__host-podio_visitor_attempt_0",
    ],
)
async def test_a_neighbouring_host_signs_nobody_in_as_somebody_else(open_world: World, name: str) -> None:
    app = site(open_world, redirect_url=f"{TLS_SITE}/callback")
    async with visitor(app, TLS_SITE) as mallory, visitor(app, TLS_SITE) as ada:
        planted = await granted(open_world, (await mallory.get("/sign-in")).headers["location"])
        (cookie,) = attempts(mallory)
        # What a browser sends along for a cookie that a neighbouring host may set: any but the prefix itself.
        tossed = f"{name.format(cookie)}={mallory.cookies[cookie]}".encode("latin-1")
        response = await ada.get(planted, headers=[(b"cookie", tossed)])
        assert response.status_code == 400
        assert "podio_visitor=" not in response.headers.get("set-cookie", "")


async def test_of_two_cookies_of_one_name_none_counts_and_no_sign_in_goes_round(open_world: World) -> None:
    async with visitor(site(open_world)) as ada, visitor(site(open_world)) as mallory:
        await signed_in(open_world, ada)
        await signed_in(open_world, mallory, mail=ids.GRACE_MAIL)
        mine, theirs = (browser.cookies["podio_visitor"] for browser in (ada, mallory))
        both = {"Cookie": f"podio_visitor={theirs}; podio_visitor={mine}"}
        assert (await ada.get("/maybe", headers=both)).text == "False"
        for address in ("/who", "/sign-in"):
            answer = await ada.get(address, headers=both)
            assert (answer.status_code, "cookies" in answer.text) == (400, True)


@pytest.mark.parametrize("address", ["/sign-in", "/who", "/choose?to=/maybe", f"/who?x={'y' * 300}"])
async def test_forced_sign_ins_leave_a_header_that_servers_take(open_world: World, address: str) -> None:
    async with visitor(site(open_world)) as ada:
        for _ in range(60):
            location = (await ada.get(address)).headers["location"]
        assert len(attempts(ada)) == MOST_PENDING
        assert header_size(ada) < 7000 if "yyy" in address else header_size(ada) < 3000
        assert (await ada.get(await granted(open_world, location))).status_code == 303
        assert len(attempts(ada)) == MOST_PENDING - 1


async def test_sign_ins_forced_at_once_leave_a_header_that_servers_take(open_world: World) -> None:
    app = site(open_world)
    async with visitor(app) as ada:
        answers = []
        for _ in range(60):
            async with visitor(app) as request:
                answers.append(await request.get("/sign-in"))
        for answer in answers:
            ada.cookies.extract_cookies(answer)
        assert len(attempts(ada)) <= SLOTS
        assert header_size(ada) < 7000
        await ada.get("/sign-in")
        assert len(attempts(ada)) <= MOST_PENDING


async def test_the_newest_of_many_sign_ins_can_all_be_finished(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        starts = []
        for _ in range(MOST_PENDING + 1):
            starts.append((await ada.get("/sign-in")).headers["location"])
            open_world.clock.now += 1
        answers = [await ada.get(await granted(open_world, start)) for start in starts]
        assert [answer.status_code for answer in answers] == [400] + [303] * MOST_PENDING


async def test_cookies_of_old_sign_ins_make_room(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        for _ in range(3):
            await ada.get("/sign-in")
        open_world.clock.now += 1000
        await ada.get("/sign-in")
        assert len(attempts(ada)) == 1


@pytest.mark.parametrize("first", ["grant", "deny"])
async def test_a_request_is_answered_once_though_its_cookie_comes_again(open_world: World, first: str) -> None:
    async with visitor(site(open_world)) as ada:
        start = (await ada.get("/sign-in")).headers["location"]
        cookies = dict(ada.cookies)
        await ada.get(await granted(open_world, start, answer=first))
        signed_in_as = dict(ada.cookies)
        ada.cookies.update(cookies)
        # Another code for the same state: whoever has the address can get one.
        again = await granted(open_world, start, mail=ids.GRACE_MAIL)
        answer = await ada.get(again)
        assert answer.status_code == 400
        assert "podio_visitor=" not in answer.headers.get("set-cookie", "")
        assert ada.cookies.get("podio_visitor") == signed_in_as.get("podio_visitor")


async def test_of_two_answers_at_once_one_counts(open_world: World) -> None:
    app = site(open_world)
    async with visitor(app) as ada, visitor(app) as clone:
        start = (await ada.get("/sign-in")).headers["location"]
        clone.cookies.update(dict(ada.cookies))
        answers = [await granted(open_world, start) for _ in range(2)]
        responses = await asyncio.gather(ada.get(answers[0]), clone.get(answers[1]))
        assert sorted(answer.status_code for answer in responses) == [303, 400]


async def test_looking_at_the_callback_by_head_uses_nothing_up(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        address = await granted(open_world, (await ada.get("/sign-in")).headers["location"])
        await ada.head(address)
        assert (await ada.get(address)).status_code == 303


async def test_a_cookie_counts_under_its_own_name_only(open_world: World, tmp_path: Path) -> None:
    """Two parts of one site, each with a Podio of its own, may share the secret and the directory."""

    shared = {"store_for": lambda who: FileStore(tmp_path / f"{who}.json", clock=open_world.clock)}
    one, other = site(open_world, **shared), site(open_world, cookie_name="other", **shared)
    async with visitor(one) as ada, visitor(other) as thief:
        await signed_in(open_world, ada)
        thief.cookies.set("other", ada.cookies["podio_visitor"])
        assert (await thief.get("/maybe")).text == "False"
        thief.cookies.set("podio_visitor", ada.cookies["podio_visitor"])
        assert (await thief.get("/maybe")).text == "False"
        # The same for a request: one for another client, or of another part, is none.
        start = await granted(open_world, (await ada.get("/sign-in")).headers["location"])
        for name in attempts(ada):
            thief.cookies.set(name.replace("podio_visitor", "other"), ada.cookies[name])
        assert (await thief.get(start)).status_code == 400


@pytest.mark.parametrize("change", [{"scope": "space_1:read"}, {"authorize_url": "https://podio.example/authorize"}])
async def test_a_request_that_was_made_for_another_podio_is_not_answered(
    open_world: World, change: dict[str, str]
) -> None:
    async with visitor(site(open_world)) as ada, visitor(site(open_world, **change)) as later:
        address = await granted(open_world, (await ada.get("/sign-in")).headers["location"])
        later.cookies.update(dict(ada.cookies))
        assert (await later.get(address)).status_code == 400


async def test_the_callbacks_address_is_no_referrer_whatever_the_site_answers(open_world: World) -> None:
    """A page that links out or loads something would reveal the code and the state to others."""

    def careless(request: Request, error: AuthorizationError) -> Response:
        return HTMLResponse("<img src=x>", 400, headers={"Referrer-Policy": "unsafe-url", "Cache-Control": "public"})

    async with visitor(site(open_world, on_refused=careless)) as ada:
        response = await ada.get("/callback?code=secret&state=y")
        begun = await ada.get("/sign-in")
        back = await ada.get(await granted(open_world, begun.headers["location"]))
        out = await ada.post("/sign-out", headers=FROM_HERE)
        led = await ada.get("/who")
        for answer in (response, begun, back, out, led):
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"


async def test_pages_of_a_signed_in_visitor_are_kept_nowhere_unless_the_app_says_so(open_world: World) -> None:
    async def cached(request: Request) -> Response:
        await request.state.podio.is_authenticated()
        return PlainTextResponse("x", headers={"Cache-Control": "private, max-age=60"})

    app = site(open_world)
    app.router.routes.append(Route("/cached", cached))
    app.router.routes.append(Route("/public", lambda request: PlainTextResponse("x")))
    async with visitor(app) as ada:
        assert "cache-control" not in (await ada.get("/maybe")).headers
        await signed_in(open_world, ada)
        for address, expected in (("/maybe", "no-store"), ("/who", "no-store"), ("/cached", "private, max-age=60")):
            answer = await ada.get(address)
            assert (answer.headers["cache-control"], answer.headers["vary"]) == (expected, "Cookie")
        assert "cache-control" not in (await ada.get("/public")).headers


async def test_only_what_is_navigated_to_is_led_to_podio(open_world: World) -> None:
    async with visitor(site(open_world)) as ada:
        for mode in ("cors", "no-cors", "same-origin"):
            answer = await ada.get("/who", headers={"Sec-Fetch-Mode": mode})
            assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
        assert (await ada.get("/who", headers={"Sec-Fetch-Mode": "navigate"})).status_code == 303


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/who?next=%2F%2Fevil", "/who?next=%2F%2Fevil"),
        ("/files/a%2Fb%20c", "/files/a%2Fb%20c"),
        ("//evil.example/who", "/"),
        ("/files/..%5C..%5Cevil", "/files/..%5C..%5Cevil"),
        (f"/files/{'x' * 500}", "/"),
    ],
)
async def test_a_sign_in_leads_back_to_the_page_as_the_browser_requested_it(
    open_world: World, address: str, back: str
) -> None:
    async def files(request: Request) -> Response:
        await request.state.podio.request("GET", "/user/status")
        raise AssertionError("unreachable")

    app = site(open_world)
    app.router.routes.append(Route("/files/{name:path}", files))
    app.router.routes.append(Route("/{name:path}", files))
    async with visitor(app) as ada:
        answer = await signed_in(open_world, ada, f"{SITE}{address}")
        assert answer.headers["location"] == back


@pytest.mark.parametrize("to", ["/sign-in", "/sign-in?x=1", "/callback#x", "/sign-out", "/\ud800", f"/{'ä' * 300}"])
async def test_a_sign_in_leads_back_to_no_address_of_its_own_and_to_none_too_long(open_world: World, to: str) -> None:
    async def choose(request: Request) -> Response:
        return request.scope["podio.middleware"].sign_in(to)

    app = site(open_world)
    app.router.routes.append(Route("/lead", choose))
    async with visitor(app) as ada:
        assert (await signed_in(open_world, ada, "/lead")).headers["location"] == "/"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"home": "/sign-in"}, "home"),
        ({"sign_in_path": "/callback"}, "must differ"),
        ({"redirect_url": "https://ada@site.example/callback"}, "redirect_url"),
        ({"cookie_name": "a b"}, "cookie_name"),
        ({"cookie_name": "a;b"}, "cookie_name"),
        ({"response_type": "token"}, "response_type"),
    ],
)
def test_an_option_that_would_lead_round_in_circles_is_refused(options: dict[str, str], named: str) -> None:
    settings: dict[str, Any] = {**SETTINGS, **options}
    with pytest.raises(ConfigurationError, match=named):
        PodioMiddleware(Starlette(), **settings)


@pytest.mark.parametrize(
    ("redirect_url", "origin"),
    [
        ("https://Site.Example/callback", "https://site.example"),
        ("https://site.example:443/callback", "https://site.example"),
        ("http://site.example:80/callback", "http://site.example"),
        ("https://site.example:8443/callback", "https://site.example:8443"),
        ("http://[::1]:8080/callback", "http://[::1]:8080"),
        ("https://bücher.example/callback", "https://xn--bcher-kva.example"),
    ],
)
def test_the_sites_origin_is_written_as_a_browser_writes_it(redirect_url: str, origin: str) -> None:
    addresses = SiteAddresses(redirect_url=redirect_url, sign_in_path="/in", sign_out_path="/out", home="/")
    assert addresses.origin == origin


async def socket_of(app: Any, headers: list[tuple[bytes, bytes]]) -> list[dict[str, Any]]:
    """Open a WebSocket and return what came back."""
    scope = {
        "type": "websocket",
        "path": "/socket",
        "raw_path": b"/socket",
        "query_string": b"",
        "headers": headers,
        "scheme": "ws",
        "subprotocols": [],
    }
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        messages.append(message)

    await app(scope, receive, send)
    return messages


@pytest.mark.parametrize("behind_a_proxy", [False, True])
@pytest.mark.parametrize(
    ("origins", "is_open"),
    [
        ([], True),
        (["{}"], True),
        (["https://evil.example"], False),
        (["{}.evil.example"], False),
        (["https://other.site.example"], False),
        (["{}:8443"], False),
        (["null"], False),
        ([""], False),
        (["{}", "https://evil.example"], False),
    ],
)
async def test_a_web_socket_is_for_pages_of_the_site(
    open_world: World, origins: list[str], is_open: bool, behind_a_proxy: bool
) -> None:
    async def socket(connection: WebSocket) -> None:
        name = str(await connection.state.podio.is_authenticated())
        await connection.accept()
        await connection.send_text(name)
        await connection.close()

    own = TLS_SITE if behind_a_proxy else SITE
    app = site(open_world, redirect_url=f"{own}/callback")
    app.router.routes.append(WebSocketRoute("/socket", socket))
    async with visitor(app, own) as ada:
        await signed_in(open_world, ada)
        cookie = "; ".join(f"{name}={value}" for name, value in ada.cookies.items()).encode()
    headers = [(b"origin", origin.format(own).encode()) for origin in origins]
    messages = await socket_of(app, [(b"cookie", cookie), *headers])
    if is_open:
        assert [message["type"] for message in messages] == ["websocket.accept", "websocket.send", "websocket.close"]
        assert messages[1]["text"] == "True"
    else:
        assert [(message["type"], message["code"]) for message in messages] == [("websocket.close", 1008)]
