"""A request and its errors; a download, which goes nowhere that a server must not be sent to."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podio import FileHosts, Podio, errors
from podio._file_addresses import is_loopback, literal, places_of
from podio._http_exchange import exchange
from podio.session import MemoryStore
from tests.unit.podio.fakes import Clock, Page, session_of

API = "https://api.example"
EMULATOR = "http://127.0.0.1:8001"
WITHIN = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://a.localhost/",
    "https://127\u30020\u30020\u30021/",
    "https://0/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fe80::1]/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://[fc00::1]/",
]
ODD = [
    "https://0177.0.0.1/",
    "https://１２７.0.0.1/",
    "https://127.0.0.1\\@cdn.example/",
    "https://cdn.example\\@127.0.0.1/",
    "https://u:p@cdn.example/",
    "http://cdn.example/",
    "ftp://cdn.example/",
    "https://[/",
    "https:///x",
    "https://cdn.example:0/",
    "https://cdn.example/\x00",
]


def downloading(handle: Callable[[httpx2.Request], httpx2.Response], **options: Any) -> Podio:
    store, clock = MemoryStore(), Clock()
    store.set(session_of("first", clock.now + 3600), "client")
    return Podio(
        client_id="workbench",
        session_store=store,
        http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(handle)),
        clock=clock.option,
        **{"api_url": API, **options},
    )


@pytest.mark.parametrize("address", WITHIN + ODD)
async def test_no_link_leads_to_this_machine_or_a_private_network(address: str) -> None:
    podio = downloading(lambda _: pytest.fail("it was fetched"))
    for file in ({"link": address}, {"link": address, "hosted_by": "other", "file_id": 5}):
        with pytest.raises(errors.ConfigurationError):
            await downloading(lambda _: pytest.fail("it was fetched")).download_file(file)
    with pytest.raises(errors.ConfigurationError):
        await podio.download_thumbnail({"thumbnail_link": address}, "tiny")


@pytest.mark.parametrize("address", [address for address in WITHIN + ODD if address != "https:///x"])
async def test_no_redirect_leads_there_either_at_whichever_hop(address: str) -> None:
    async def run(way: list[str]) -> None:
        hosts: list[str] = []

        def handle(request: httpx2.Request) -> httpx2.Response:
            hosts.append(str(request.url))
            return httpx2.Response(302, headers=[(b"location", way[len(hosts) - 1].encode())])

        podio = downloading(handle)
        with pytest.raises(errors.InvalidResponse) as caught:
            await podio.download_file(5)
        assert len(hosts) == len(way)
        assert caught.value.status == 302
        hosts.clear()
        with pytest.raises(errors.InvalidResponse):
            await anext(podio.stream_file(5))

    await run([address])
    await run(["https://cdn.example/", "/further", address])


def test_this_machine_is_where_files_are_when_the_api_is_here() -> None:
    places = places_of(EMULATOR, (), None)
    for address in ("http://127.0.0.1:8001/x", "http://localhost:9000/", "https://127.0.0.1/", "https://cdn.example/"):
        assert places.refusal(address) is None
    for address in ("http://10.0.0.1/", "https://169.254.169.254/", "http://cdn.example/"):
        assert places.refusal(address) is not None
    assert places.refusal("http://127.0.0.1:8001/x", before="https://cdn.example/") == "leaves https"


async def test_the_hosts_of_downloads_can_be_named() -> None:
    places = places_of(API, ("files.podio.com",), ("CDN.example", "10.0.0.1"))
    for address in ("https://cdn.example/", "https://files.podio.com/", f"{API}/x", "https://10.0.0.1/"):
        assert places.refusal(address) is None
    assert "file_hosts" in str(places.refusal("https://other.example/"))
    podio = downloading(lambda _: httpx2.Response(200, content=b"x"), file_hosts=FileHosts(allowed=()))
    with pytest.raises(errors.ConfigurationError, match="file_hosts"):
        await podio.download_file({"link": "https://cdn.example/"})


@given(number=st.integers(0, 2**32 - 1), data=st.data())
def test_an_ipv4_address_is_known_in_every_spelling(number: int, data: st.DataObject) -> None:
    parts = data.draw(st.integers(1, 4))
    split = [number >> (8 * (3 - position)) & 255 for position in range(parts - 1)]
    split.append(number & (256 ** (5 - parts) - 1))
    host = ".".join(data.draw(st.sampled_from(["{}", "{:#x}", "0{:o}"])).format(part) for part in split)
    assert int(literal(host) or -1) == number or (number == 0 and str(literal(host)) == "0.0.0.0")
    assert str(literal(host)) == socket.inet_ntoa(socket.inet_aton(host))


@given(st.text(max_size=30))
def test_no_text_makes_looking_at_a_host_fail(host: str) -> None:
    literal(host)
    is_loopback(host)
    places_of(API, (), None).refusal(f"https://{host}/")


@pytest.mark.skipif(sys.platform == "emscripten", reason="a page has no sockets")
async def test_a_name_that_leads_to_this_machine_gets_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    received = bytearray()

    serving: list[asyncio.Task[Any] | None] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        received.extend(await reader.read(1000))
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        resolve = socket.getaddrinfo

        def rebound(host: Any, *arguments: Any, **options: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host
            return resolve("127.0.0.1" if name == "files.example" else host, *arguments, **options)

        monkeypatch.setattr(socket, "getaddrinfo", rebound)
        store, clock = MemoryStore(), Clock()
        store.set(session_of("first", clock.now + 3600), "client")
        for named in (None, ["files.example"]):
            async with Podio(
                client_id="workbench",
                session_store=store,
                api_url=API,
                clock=clock.option,
                file_hosts=FileHosts(allowed=named),
            ) as podio:
                with pytest.raises((errors.InvalidResponse, errors.ConnectionFailed)) as caught:
                    await podio.download_file({"link": f"https://files.example:{port}/secret"})
            if named is None:
                assert isinstance(caught.value, errors.InvalidResponse)
                assert (caught.value.method, caught.value.path) == ("GET", f"https://files.example:{port}")
                assert received == b""
            else:
                assert isinstance(caught.value, errors.ConnectionFailed)  # it goes there, and finds no TLS
        await asyncio.gather(*filter(None, serving))


# What an error carries


async def test_an_error_carries_the_call_and_what_the_answer_said_of_it() -> None:
    page = Page()
    headers = {
        "X-Podio-Request-Id": "0123abcd",
        "X-Rate-Limit-Limit": "1000",
        "X-Rate-Limit-Remaining": "0",
        "Retry-After": "30",
        "Set-Cookie": "session=secret",
    }
    page.fake.answers = [httpx2.Response(420, headers=headers)]
    with pytest.raises(errors.RateLimited) as caught:
        await page.podio.request("post", "/item/app/12/filter", params={"token": "secret"}, body={})
    error = caught.value
    assert (error.method, error.path, error.status) == ("POST", "/item/app/12/filter", 420)
    assert error.request_id == "0123abcd"
    assert error.headers == {
        "retry-after": "30",
        "x-rate-limit-limit": "1000",
        "x-rate-limit-remaining": "0",
        "x-podio-request-id": "0123abcd",
    }
    page.fake.answers = [httpx2.Response(200, headers=headers)]
    with pytest.raises(errors.InvalidResponse) as empty:
        await page.podio.request("GET", "/item/12")
    assert (empty.value.path, empty.value.status, empty.value.request_id) == ("/item/12", 200, "0123abcd")
    page.fake.answers = [httpx2.ReadError("gone")]
    with pytest.raises(errors.ConnectionFailed) as lost:
        await page.podio.request("DELETE", "/item/12")
    assert (lost.value.method, lost.value.path, lost.value.status) == ("DELETE", "/item/12", None)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/user/mail_verification/123456", "/user/mail_verification/…"),
        ("/calendar/ics/5/abcdef/", "/calendar/ics/5/…/"),
        ("/calendar/app/7/ics/5/12345/", "/calendar/app/7/ics/5/…/"),
        ("/org/admin-orgs/ada@example.com".replace("@", "%40"), "/org/admin-orgs/…"),
        ("/item/app/12/external_id/Q7wX-9", "/item/app/12/external_id/…"),
        ("/item/12/value/v2", "/item/12/value/v2"),
    ],
)
async def test_the_path_of_an_error_shows_no_credential_and_no_name(path: str, shown: str) -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(404, json={})]
    with pytest.raises(errors.NotFound) as caught:
        await page.podio.request("GET", path)
    assert caught.value.path == shown


async def test_a_lost_connection_is_raised_without_the_http_librarys_error_in_its_context() -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("gone", request=request)

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(handle)) as http:
        with pytest.raises(errors.ConnectionFailed) as caught:
            await exchange(http, http.build_request("GET", API), auth=None)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


# Only the library's errors leave it

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals() | st.dates() | st.binary(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=6,
)
TEXT = st.text(st.characters(codec=None), max_size=20)  # half characters as well
HEADER = st.sampled_from(
    [
        b"retry-after",
        b"location",
        b"content-type",
        b"content-encoding",
        b"content-length",
        b"www-authenticate",
        b"x-rate-limit-limit",
        b"x-rate-limit-remaining",
        b"x-podio-request-id",
        b"set-cookie",
    ]
)


@settings(max_examples=300)
@given(
    method=st.sampled_from(["GET", "POST", "delete"]) | TEXT,
    path=st.just("/item/1") | TEXT.map(lambda text: f"/{text}") | st.none(),
    params=st.none() | st.dictionaries(TEXT, TEXT | st.integers() | st.floats() | st.none() | st.dates(), max_size=3),
    body=JSON,
    status=st.integers(200, 599),
    headers=st.lists(st.tuples(HEADER, st.binary(max_size=30) | st.sampled_from([b"gzip", b"\xc2\xb2"])), max_size=4),
    content=st.binary(max_size=40) | st.sampled_from([b'{"error": NaN}', b'"\\ud800"', b"[" * 2000, b"1" * 5000]),
    download=st.booleans(),
)
@example("GET", "/item/1", None, None, 301, [(b"location", b""), (b"set-cookie", b"\x80")], b"", False)
async def test_nothing_but_the_librarys_errors_leaves_it(
    method: str, path: Any, params: Any, body: Any, status: int, headers: Any, content: bytes, download: bool
) -> None:
    async def once() -> Any:
        yield content

    def handle(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, headers=headers, content=once())

    podio = downloading(handle)
    with contextlib.suppress(errors.PodioError):
        if download:
            await podio.download_file({"link": f"https://cdn.example{path}"})
        else:
            await podio.request(method, path, params=params, body=body)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"body": {"due": date(2026, 1, 1)}}, "date is not JSON serializable"),
        ({"body": {"amount": Decimal(1)}}, "Decimal is not JSON serializable"),
        ({"body": {"amount": float("nan")}}, "NaN"),
        ({"body": {"title": "\ud800"}}, "half a character"),
        ({"params": {"title": "\ud800"}}, "half a character"),
        ({"params": {"a" * 70_000: 1}}, "too long"),
        ({"method": "GE T"}, "method"),
        ({"path": "/\ud800"}, "half a character"),
        ({"path": 5}, "int"),
    ],
)
async def test_what_can_not_be_sent_is_the_callers_mistake_in_words(options: dict[str, Any], words: str) -> None:
    page = Page()
    with pytest.raises(errors.ConfigurationError, match=words):
        await page.podio.request(**{"method": "POST", "path": "/item/1", **options})
    assert page.fake.seen == []


async def test_a_password_of_half_a_character_is_the_callers_mistake() -> None:
    page = Page()
    with pytest.raises(errors.ConfigurationError, match="client_secret"):
        Podio("password", client_id="x", client_secret="s\ud800", allow_secret_in_page=True)

    podio = Podio(
        "password",
        client_id="x",
        client_secret="s",
        http_client=page.fake.client(),
        allow_secret_in_page=True,
    )
    with pytest.raises(errors.ConfigurationError, match="half a character"):
        await podio.authenticate_with_credentials("ada", "p\ud800")
    with pytest.raises(errors.ConfigurationError, match="half a character"):
        await podio.verify_second_factor("n", otp="\ud800")


@pytest.mark.parametrize("value", ["²", "٣", "-1", "1e3", "99999999999"])
async def test_a_wait_that_is_no_number_of_seconds_is_passed_over(value: str) -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(420, headers=[(b"retry-after", value.encode())])]
    with pytest.raises(errors.RateLimited) as caught:
        await page.podio.request("GET", "/item/1")
    assert caught.value.retry_after is None
